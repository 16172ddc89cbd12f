"""What taking records would change: what the source has changed since last, and no editor has.

For each column three values are compared: what was taken last (its hash), what stands here, and what the
source says now. What both have changed is a conflict: it is kept and told, unless one asks to overwrite.
"""

import hashlib
import json
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import F

from offers.exchange.cells import shown
from offers.exchange.checking import Checker
from offers.exchange.columns import Raw
from offers.exchange.keys import free_key
from offers.exchange.names import Names
from offers.exchange.parts import ContactColumn, HoursColumn
from offers.exchange.plan import CHANGED, NEW, REFUSED, UNCHANGED, Step
from offers.exchange.sheets import OFFERS, ORGANISATIONS, VENUES, Sheet
from offers.harvest.taken import Taken
from offers.models import ImportRun, SourceRecord
from offers.permissions import Who

KINDS = {
    OFFERS.slug: ("offer", SourceRecord.Kind.OFFER),
    ORGANISATIONS.slug: ("organisation", SourceRecord.Kind.ORGANISATION),
    VENUES.slug: ("venue", SourceRecord.Kind.VENUE),
}
# Whoever may run a command on the server may do what it does.
OPERATOR = Who(lambda _permission: True)
DELETED = "En redaktør har slettet den her. Den bliver ikke lavet igen uden --overwrite."
KEPT = "Beholdt: {heading} er rettet her. Her: {ours}. Kilden: {theirs}."
GONE = "Kilden har taget det af, og det er ikke her."
PUBLIC = "Tilbuddet er offentligt og står, som det er. Kilden har rettet: {headings}. Brug --publish."
AGREED = "En kontakt, som en person har sagt ja til, er beholdt: {ours}."
# A row gets them when it is made, and keeps them.
ONLY_NEW = {"uuid", "slug"}


@dataclass
class Merge:
    """One record beside what there is: the step, and what is to be remembered of the source."""

    taken: Taken
    step: Step
    record: SourceRecord
    # What the record was, to see whether it has to be stored.
    was: tuple[Any, ...] = ()
    notes: list[str] = field(default_factory=list)

    def told(self, owner: str) -> tuple[Any, ...]:
        """Return what the record tells: what was taken, when it was changed, and where it is."""
        return self.record.taken, self.record.modified, getattr(self.record, f"{owner}_id")


class Merger:
    """Compares records of one kind, some at a time."""

    def __init__(self, source: str, sheet: Sheet, *, overwrite: bool, publish: bool):
        """Whether the source wins where an editor has changed the same, and may change what is public."""
        self.source, self.sheet = source, sheet
        self.overwrite, self.publish = overwrite, publish
        self.owner, self.kind = KINDS[sheet.slug]
        self.checker, self.names = Checker(sheet, OPERATOR), Names()
        self.slugs: set[str] = set(sheet.model._base_manager.values_list("slug", flat=True))
        self.made: set[UUID] = set()
        self.line = 0

    def merged(self, several: list[Taken]) -> list[Merge]:
        """Return what each of the records would do. A few queries for all of them."""
        records = {
            one.key: one
            for one in SourceRecord.objects.filter(
                source=self.source, kind=self.kind, key__in=[taken.key for taken in several]
            ).annotate(run_state=F("run__state"))
        }
        model = self.sheet.model
        by_uuid = {one.uuid: one for one in model._base_manager.filter(uuid__in=[t.uuid for t in several])}
        known = [getattr(one, f"{self.owner}_id") for one in records.values()]
        rows = model._base_manager.in_bulk([key for key in known if key])
        keys = sorted({*rows, *(row.pk for row in by_uuid.values())})
        apart = {column.name: column.stored(keys) for column in self.sheet.apart} if keys else {}
        return [
            self._one(taken, records.get(taken.key), rows, by_uuid.get(taken.uuid), apart)
            for taken in several
        ]

    def _one(self, taken: Taken, record: SourceRecord | None, rows: dict, twin: Any, apart: dict) -> Merge:
        """Return what one record would do."""
        self.line += 1
        if record is None:
            record = SourceRecord(source=self.source, kind=self.kind, key=taken.key)
        row = rows.get(getattr(record, f"{self.owner}_id")) or twin
        merge = Merge(taken, Step(self.line, UNCHANGED, taken.name), record, notes=list(taken.notes))
        merge.was = merge.told(self.owner)
        merge.step.warnings = merge.notes
        if taken.refusal:
            self._refuse(merge, [taken.refusal])
        elif row is None and taken.is_gone:
            merge.notes.append(GONE)
        elif row is None and self._is_deleted(record) and not self.overwrite:
            self._refuse(merge, [DELETED])
        elif row is None:
            self._make(merge)
        else:
            self._change(merge, row, apart)
        return merge

    def _is_deleted(self, record: SourceRecord) -> bool:
        """Whether the record was here; one whose import was undone was not."""
        return bool(record.pk) and getattr(record, "run_state", None) != ImportRun.State.UNDONE

    def _refuse(self, merge: Merge, sentences: list[str]) -> None:
        """Let the record do nothing, and say why."""
        merge.step.kind, merge.step.values = REFUSED, {}
        merge.step.errors = [("", sentence) for sentence in sentences]

    def _make(self, merge: Merge) -> None:
        """Let the record become a row."""
        if merge.taken.uuid in self.made:
            self._refuse(merge, ["Id'et står to gange hos kilden."])
            return
        row, values = self.sheet.model(), dict(merge.taken.values)
        wish = values.get("slug") or ""
        is_free = wish and wish not in self.slugs
        values["slug"] = wish if is_free else free_key(self.sheet, wish or merge.taken.name, self.slugs)
        values["uuid"] = str(merge.taken.uuid)
        merge.step.kind = NEW
        for name, value in values.items():
            column: Any = self.sheet.column(name)
            before = [] if column.is_apart else column.of(row)
            if before != value:
                merge.step.values[name] = (before, value)
        self._check(merge, row)
        if merge.step.kind == NEW:
            self.made.add(merge.taken.uuid)
            self.slugs.add(values["slug"])
            merge.record.taken = marks(self.sheet, merge.taken)

    def _change(self, merge: Merge, row: Any, apart: dict) -> None:
        """Let the row become what the source has changed; what an editor has changed stays."""
        step, last = merge.step, merge.record.taken
        step.key, theirs = row.pk, marks(self.sheet, merge.taken)
        self.checker.before(row)
        for name in theirs:
            value = merge.taken.values[name]
            column: Any = self.sheet.column(name)
            ours = apart[name][row.pk] if column.is_apart else column.of(row)
            wanted = _wanted(column, ours, value)
            if mark(column, ours) == mark(column, wanted):
                continue  # the same already
            if theirs[name] == last.get(name):
                theirs[name] = last[name]  # only an editor has changed it
            elif last.get(name) in _untouched(column, ours) or self.overwrite:
                step.values[name] = (ours, wanted)
                merge.notes += self._agreed(column, wanted)
            else:
                merge.notes.append(self._kept(column, ours, value))
                theirs[name] = last.get(name, "")
        if step.values and self.checker.was_public and not self.publish:
            headings = ", ".join(self.sheet.column(name).heading for name in step.values)
            merge.notes.append(PUBLIC.format(headings=headings))
            step.values, theirs = {}, {}
        if step.values:
            step.kind = CHANGED
            self._check(merge, row)
        if step.kind != REFUSED:
            merge.record.taken = last | theirs

    def _kept(self, column: Any, ours: Raw, theirs: Raw) -> str:
        """Return the sentence on what an editor and the source have both changed."""
        told = [shown(column.said(raw, self.names)) or "(tomt)" for raw in (ours, theirs)]
        return KEPT.format(heading=f"“{column.heading}”", ours=told[0], theirs=told[1])

    def _agreed(self, column: Any, raw: Raw) -> list[str]:
        """Return the sentence on what persons have agreed to; none where there is no such contact."""
        agreed = _agreed(column, raw)
        return [AGREED.format(ours=shown(column.said(agreed, self.names)))] if agreed else []

    def _check(self, merge: Merge, row: Any) -> None:
        """Refuse the record when the row would break a rule."""
        for column in self.sheet.own:
            if column.name in merge.step.values:
                column.put(row, merge.step.values[column.name][1])
        faults = self.checker.after(row, set(merge.step.values), set())
        if faults:
            self._refuse(merge, [f"{heading}: {text}" if heading else text for heading, text in faults])


def marks(sheet: Sheet, taken: Taken) -> dict[str, str]:
    """Return a short hash of each column as it was taken."""
    return {
        name: mark(sheet.column(name), value)
        for name, value in taken.values.items()
        if name not in ONLY_NEW
    }


def _wanted(column: Any, ours: Raw, theirs: Raw) -> Raw:
    """Return what a column is to hold when the source wins."""
    return column.with_agreed(ours, theirs) if isinstance(column, ContactColumn) else theirs


def _agreed(column: Any, raw: Raw) -> Raw:
    """Return the contacts that persons have agreed to."""
    return [one for one in raw if any(one[3:])] if isinstance(column, ContactColumn) else []


def _untouched(column: Any, ours: Raw) -> set[str]:
    """Return what a column was when it was taken, if nobody has done more to it than write down a yes."""
    if agreed := _agreed(column, ours):
        return {mark(column, ours), mark(column, [one for one in ours if one not in agreed])}
    return {mark(column, ours)}


def mark(column: Any, raw: Raw) -> str:
    """Return a short hash of what a column says to whoever reads it."""
    if isinstance(raw, str):
        raw = raw.replace("\r\n", "\n").strip()
    elif isinstance(column, ContactColumn):
        raw = [one[:2] for one in raw]
    elif isinstance(column, HoursColumn) or column.is_apart:
        raw = sorted(raw, key=repr)
    elif isinstance(raw, int) and not isinstance(raw, bool):
        raw = float(raw)
    return hashlib.sha256(json.dumps(raw, ensure_ascii=True).encode()).hexdigest()[:16]
