"""Does what a plan says, all of it or nothing; and takes it back again, all of it or nothing.

What is done is written down as entries: the key of the row, whether the row was made, and before and after
of each column that changed. Rows are written many at a time, with the columns worked out of others.
"""

import hashlib
import json
from collections.abc import Iterable
from typing import Any

from django.db import models
from django.db.models import ProtectedError
from django.db.models.deletion import Collector

from offers.exchange.cells import shown
from offers.exchange.columns import FieldColumn, Raw
from offers.exchange.plan import CHANGED, NEW, Plan, Step
from offers.exchange.sheets import Sheet
from offers.fields import DerivedField, EverField
from offers.history.record import recording
from offers.models import Closure, ContactPoint, OpeningHours
from offers.models.tracked import ROWS_AT_A_TIME, RevisionField, batched

# Key, whether it was made, and for each column what stood there before and after.
# of a row that was made, the mark of all its columns stands in their place.
Entry = tuple[int, bool, Any]
# So many names are told of rows that hinder.
MOST_NAMED = 5


class HinderedError(Exception):
    """It cannot be done, and nothing was; the text is a Danish sentence that says why."""


def apply(plan: Plan, sheet: Sheet, *, by: Any = None, why: str = "") -> list[Entry]:
    """Do what the plan says, and return the entries that undo it; a version is kept of each row.

    Raises HinderedError when a row is not any more what the plan took it for, and IntegrityError when
    somebody else was quicker; nothing is done then.
    """
    with recording(by=by, why=why) as kept:
        changed = [(step.key or 0, False, step.values) for step in plan.of(CHANGED)]
        rows = _unchanged(sheet, changed, side=0)
        kept.watch(*rows.values())
        _write(sheet, rows, changed, side=1)
        made = _make(sheet, plan.of(NEW))
        kept.add(*(sheet.model(pk=key) for key, *_ in made))
        return [*changed, *made]


def undo(sheet: Sheet, entries: Iterable[Any], *, by: Any = None, why: str = "") -> None:
    """Take back what the entries say; raises HinderedError when anything of it was changed since."""
    entries = list(entries)
    with recording(by=by, why=why) as kept:
        made = [entry for entry in entries if entry[1]]
        for some in batched(made, ROWS_AT_A_TIME):
            rows = _unchanged(sheet, some, side=1)
            _refuse_used(sheet, rows)
            kept.watch(*rows.values())
        changed = [entry for entry in entries if not entry[1]]
        rows = _unchanged(sheet, changed, side=1)
        kept.watch(*rows.values())
        _write(sheet, rows, changed, side=0)
        try:
            for keys in batched([key for key, *_ in made], ROWS_AT_A_TIME):
                sheet.model._base_manager.filter(pk__in=keys).delete()
        except ProtectedError:
            raise HinderedError(
                "Noget af det, filen lagde til, bruges nu af andre. Intet er fortrudt."
            ) from None


def _unchanged(sheet: Sheet, entries: list[Any], side: int) -> dict[int, Any]:
    """Return the rows of entries, locked, when all are as they say; raises HinderedError.

    `side` says what they have to be: 0 for before, 1 for after.
    """
    keys = [key for key, *_ in entries]
    rows: dict[int, Any] = {}
    for some in batched(keys, ROWS_AT_A_TIME):
        rows |= {row.pk: row for row in sheet.model._base_manager.select_for_update().filter(pk__in=some)}
    apart = {column.name: column.stored(keys) for column in sheet.apart} if keys else {}
    other = []
    for key, is_made, values in entries:
        if key in rows:
            now = {column.name: column.of(rows[key]) for column in sheet.own}
            now |= {name: stored[key] for name, stored in apart.items()}
            is_same = (
                values == _mark(sheet, now)
                if is_made
                else all(sheet.column(name).same(now[name], sides[side]) for name, sides in values.items())
            )
            if not is_same:
                other.append(getattr(rows[key], sheet.name))
    gone = len(entries) - len(rows)
    if other or gone:
        names = ", ".join(f"“{shown(name)}”" for name in other[:MOST_NAMED])
        more = f" og {len(other) - MOST_NAMED} mere" if len(other) > MOST_NAMED else ""
        deleted = f" {gone} er slettet." if gone else ""
        since = f" Det er: {names}{more}." if other else ""
        raise HinderedError(f"Nogle rækker er ændret siden af andre.{since}{deleted} Intet er gemt.")
    return rows


def _write(sheet: Sheet, rows: dict[int, Any], entries: list[Any], side: int) -> None:
    """Give rows that are there what the entries say on one side."""
    fields: set[str] = set()
    for key, _, values in entries:
        for name, sides in values.items():
            column = sheet.column(name)
            if isinstance(column, FieldColumn):
                column.put(rows[key], sides[side])
                fields.add(name)
    if rows:
        _save(sheet.model, list(rows.values()), fields)
    _store_apart(sheet, {key: values for key, _, values in entries}, side)


def _save(model: Any, rows: list[Any], fields: set[str]) -> None:
    """Save fields of rows that are there, and those that follow from them. One statement for 500 rows."""
    own = model._meta.concrete_fields
    follow = {
        field.name
        for field in own
        if isinstance(field, RevisionField)
        or getattr(field, "auto_now", False)
        or (isinstance(field, DerivedField | EverField) and fields & set(field.sources))
    }
    if not fields | follow:
        return
    # `bulk_update` would leave out what is worked out when a row is saved.
    model._base_manager.bulk_create(
        rows,
        batch_size=ROWS_AT_A_TIME,
        update_conflicts=True,
        unique_fields=["id"],
        update_fields=sorted(fields | follow),
    )


def _make(sheet: Sheet, steps: list[Step]) -> list[Entry]:
    """Make the new rows, and return their entries. Many at a time: each has a dozen parts."""
    entries: list[Entry] = []
    for some in batched(steps, ROWS_AT_A_TIME):
        rows = []
        for step in some:
            row = sheet.model()
            for column in sheet.own:
                if column.name in step.values:
                    column.put(row, step.values[column.name][1])
            rows.append(row)
        sheet.model._base_manager.bulk_create(rows)
        keys = [row.pk for row in rows]
        _store_apart(sheet, {key: step.values for key, step in zip(keys, some, strict=True)}, 1)
        apart = {column.name: column.stored(keys) for column in sheet.apart}
        for row in rows:
            now = {column.name: column.of(row) for column in sheet.own}
            now |= {name: stored[row.pk] for name, stored in apart.items()}
            entries.append((row.pk, True, _mark(sheet, now)))
    return entries


def _mark(sheet: Sheet, values: dict[str, Raw]) -> str:
    """Return a short text that is the same for the same columns, and for no other.

    What no table shows counts where it has parts: its id never changes.
    """
    shown_names = {column.name for column in sheet.columns}
    values = {
        name: value
        for name, value in values.items()
        if name in shown_names or (value and isinstance(value, list))
    }
    told = json.dumps(values, sort_keys=True, default=str)
    return hashlib.sha256(told.encode()).hexdigest()[:32]


def _store_apart(sheet: Sheet, by_key: dict[int, dict[str, Any]], side: int) -> None:
    """Store what stands in other tables."""
    for column in sheet.apart:
        values = {key: sides[column.name][side] for key, sides in by_key.items() if column.name in sides}
        if values:
            column.store(values)


def _refuse_used(sheet: Sheet, rows: dict[int, Any]) -> None:
    """Raise HinderedError when others have built on rows that were made: they would go, too."""
    links = {column.relation.remote_field.through for column in sheet.apart if hasattr(column, "relation")}
    ours: set[Any] = {sheet.model, Closure, ContactPoint, OpeningHours, *links}
    collector = Collector(using="default", origin=sheet.model)
    try:
        collector.collect(list(rows.values()))
    except (ProtectedError, models.RestrictedError):
        raise HinderedError(
            "Noget af det, filen lagde til, bruges nu af andre. Intet er fortrudt."
        ) from None
    others = {model for model in collector.data if model not in ours}
    others |= {rows.model for rows in collector.fast_deletes if rows.model not in ours and rows.exists()}
    if others:
        what = ", ".join(sorted(str(model._meta.verbose_name_plural) for model in others))
        raise HinderedError(f"Andre har siden knyttet {what} til det, filen lagde til. Intet er fortrudt.")
