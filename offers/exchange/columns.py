"""A column of a table: how its cells are read, what of a row it holds, and how that is written.

What a column holds is kept as JSON can (`Raw`), so that a record of an import can be kept and undone.
"""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date
from typing import Any, ClassVar
from uuid import UUID

from django.db import models

from offers.exchange.cells import (
    Cell,
    CellError,
    answer_of,
    day_of,
    number_of,
    pieces,
    shown,
    text_of,
    whole_of,
)
from offers.exchange.names import Names
from offers.models.tracked import ROWS_AT_A_TIME

Raw = Any
EVERYWHERE = ("hele landet", "alle", "alle kommuner")


@dataclass(frozen=True)
class Column:
    """One column; `name` is the field or the relation it is about, and a name of its own otherwise."""

    name: str
    heading: str
    help: str = ""
    # What else the heading may be called.
    also: Collection[str] = field(default=())
    # Whether it is stored in other tables than the row's own.
    is_apart: ClassVar[bool] = False
    # Whether numbers in it may look like a CPR number.
    is_free_of_cpr = False

    def read(self, cell: Cell, names: Names) -> Raw:
        """Return what the cell says; raises CellError."""
        raise NotImplementedError

    def said(self, raw: Raw, names: Names) -> str:
        """Return what stands in a cell, as text."""
        raise NotImplementedError

    def cell(self, raw: Raw, names: Names) -> Cell:
        """Return what stands in a spreadsheet's cell: days and numbers as such."""
        return self.said(raw, names)

    def same(self, before: Raw, after: Raw) -> bool:
        """Whether two values are the same to whoever reads them."""
        return before == after

    def settled(self, before: Raw, after: Raw) -> Raw:
        """Return `after` with what a cell does not tell taken from `before`."""
        return after


@dataclass(frozen=True)
class FieldColumn(Column):
    """A field of the row itself."""

    field: models.Field = field(default_factory=models.TextField)
    default: Raw = ""

    def of(self, row: models.Model) -> Raw:
        """Return what the row has."""
        value = getattr(row, self.field.attname)
        return value.isoformat() if isinstance(value, date) else value

    def put(self, row: models.Model, raw: Raw) -> None:
        """Give the row a value."""
        is_day = isinstance(self.field, models.DateField) and raw
        setattr(row, self.field.attname, date.fromisoformat(raw) if is_day else raw)

    def said(self, raw: Raw, names: Names) -> str:
        """Return the value as it would be typed."""
        return text_of(self.cell(raw, names)) if not isinstance(raw, float) else str(raw).replace(".", ",")

    def cell(self, raw: Raw, names: Names) -> Cell:
        """Return the value; a day as a day."""
        is_day = isinstance(self.field, models.DateField) and raw
        return date.fromisoformat(raw) if is_day else raw


class TextColumn(FieldColumn):
    """Words."""

    def read(self, cell: Cell, names: Names) -> Raw:
        """Return the words; an address gets the scheme that nobody types."""
        text = text_of(cell)
        # Django's name for a text is a string of one line; Excel counts a row's height by its lines.
        if not isinstance(self.field, models.TextField):
            text = " ".join(text.split())
        if isinstance(self.field, models.URLField) and text and "://" not in text:
            text = f"https://{text}"
        wants_digits = self.field.max_length == 4 and text.isdigit()  # a spreadsheet takes away the zero
        return text.zfill(4) if wants_digits else text


class IdColumn(FieldColumn):
    """The id that others know a row by."""

    def of(self, row: models.Model) -> Raw:
        """Return it as text."""
        return str(super().of(row))

    def put(self, row: models.Model, raw: Raw) -> None:
        """Give the row its id."""
        super().put(row, UUID(raw))


class DayColumn(FieldColumn):
    """A day."""

    def read(self, cell: Cell, names: Names) -> Raw:
        """Return the day as ISO 8601; raises CellError."""
        day = day_of(cell)
        return day.isoformat() if day else None


class NumberColumn(FieldColumn):
    """A whole number, or one with decimals."""

    @property
    def is_free_of_cpr(self) -> bool:  # type: ignore[override]
        """Decimals of a place on earth are long."""
        return isinstance(self.field, models.FloatField)

    def read(self, cell: Cell, names: Names) -> Raw:
        """Return the number; raises CellError."""
        return number_of(cell) if self.is_free_of_cpr else whole_of(cell)


class AnswerColumn(FieldColumn):
    """Yes or no; nothing where nobody knows."""

    def read(self, cell: Cell, names: Names) -> Raw:
        """Return the answer; raises CellError."""
        return answer_of(cell)

    def said(self, raw: Raw, names: Names) -> str:
        """Return ja, nej or nothing."""
        return "" if raw is None else text_of(bool(raw))

    cell = said


class ChoiceColumn(FieldColumn):
    """One of a few values, each with a label."""

    @property
    def labels(self) -> dict[str, str]:
        """The labels by their values."""
        return {str(value): str(label) for value, label in self.field.flatchoices}

    def read(self, cell: Cell, names: Names) -> Raw:
        """Return the value of a label or of the value itself; raises CellError."""
        text = text_of(cell)
        for value, label in self.labels.items():
            if text.casefold() in (value.casefold(), label.casefold()):
                return value
        if not text:
            return None
        listed = ", ".join(self.labels.values())
        raise CellError(f"“{shown(text)}” kender vi ikke. Skriv et af: {listed}.")

    def said(self, raw: Raw, names: Names) -> str:
        """Return the label."""
        return self.labels.get(str(raw), str(raw or ""))

    cell = said


class LinkColumn(FieldColumn):
    """Another row, by its name."""

    def read(self, cell: Cell, names: Names) -> Raw:
        """Return the key of the row that is named; raises CellError."""
        text = text_of(cell)
        return names.find(self.model, text) if text else None

    @property
    def model(self) -> type[models.Model]:
        """Whose rows are named."""
        model: Any = self.field.related_model
        return model

    def said(self, raw: Raw, names: Names) -> str:
        """Return the name."""
        return "" if raw is None else names.say(self.model, raw)

    cell = said


@dataclass(frozen=True)
class LinksColumn(Column):
    """Several other rows, by their names: a relation of many to many."""

    owner: Any = None  # the model
    is_apart: ClassVar[bool] = True

    @property
    def relation(self) -> Any:
        """The field."""
        return self.owner._meta.get_field(self.name)

    def read(self, cell: Cell, names: Names) -> Raw:
        """Return the keys of the rows that are named, each once; raises CellError."""
        model, found = self.relation.related_model, set()
        for text in pieces(text_of(cell)):
            if self.name == "municipalities" and text.casefold() in EVERYWHERE:
                continue
            # A name may have a comma in it; only what is no name is a list with commas.
            listed = [text] if names.knows(model, text) or "," not in text else pieces(text, ",")
            found |= {names.find(model, one) for one in listed}
        return sorted(found)

    def said(self, raw: Raw, names: Names) -> str:
        """Return the names, with semicolons."""
        return "; ".join(sorted(names.say(self.relation.related_model, key) for key in raw))

    def stored(self, keys: list[int]) -> dict[int, Raw]:
        """Return what is stored for each of the rows `keys`. A query for each 500 rows."""
        found: dict[int, Raw] = {key: [] for key in keys}
        here, there = self.relation.m2m_column_name(), self.relation.m2m_reverse_name()
        through = self.relation.remote_field.through._base_manager
        for place in range(0, len(keys), ROWS_AT_A_TIME):
            some = {f"{here}__in": keys[place : place + ROWS_AT_A_TIME]}
            for row, other in through.filter(**some).values_list(here, there):
                found[row].append(other)
        return {key: sorted(raw) for key, raw in found.items()}

    def store(self, values: dict[int, Raw]) -> None:
        """Let each row have what `values` says, and no more."""
        here, there = self.relation.m2m_column_name(), self.relation.m2m_reverse_name()
        through = self.relation.remote_field.through
        keys = list(values)
        for place in range(0, len(keys), ROWS_AT_A_TIME):
            some = {f"{here}__in": keys[place : place + ROWS_AT_A_TIME]}
            through._base_manager.filter(**some).delete()
        rows = [through(**{here: key, there: other}) for key, raw in values.items() for other in raw]
        through._base_manager.bulk_create(rows, batch_size=ROWS_AT_A_TIME)
