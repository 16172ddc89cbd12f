"""What a table would do to the rows there are, worked out before anything is done."""

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from offers.danish import fold
from offers.duplicates import Known, marks
from offers.exchange.cells import Cell, CellError, cut, shown, text_of
from offers.exchange.checking import Checker
from offers.exchange.columns import Column, FieldColumn, IdColumn, Raw
from offers.exchange.keys import Keys
from offers.exchange.names import Names
from offers.exchange.reading import Table, where
from offers.exchange.sheets import Sheet
from offers.models import Venue
from offers.models.tracked import ROWS_AT_A_TIME
from offers.permissions import Who

NEW, CHANGED, UNCHANGED, REFUSED = "ny", "ændret", "uændret", "afvist"
# Every so many rows the plan tells how far it is.
TOLD_EVERY = 100


@dataclass
class Step:
    """What is done with one row: `values` has before and after for each column that changes."""

    line: int
    kind: str
    name: str
    key: int | None = None
    values: dict[str, tuple[Raw, Raw]] = field(default_factory=dict)
    errors: list[tuple[str, str]] = field(default_factory=list)  # column, sentence
    warnings: list[str] = field(default_factory=list)

    def packed(self, sheet: Sheet, names: Names) -> dict[str, Any]:
        """Return what is shown of the step, as JSON can hold it: of each change heading, before, after."""
        changes = [
            [column.heading, *(cut(column.said(raw, names)) for raw in self.values[column.name])]
            for column in sheet.all
            if column.name in self.values and not isinstance(column, IdColumn)
        ]
        return {
            "line": self.line,
            "kind": self.kind,
            "name": shown(self.name),
            "changes": changes,
            "errors": self.errors,
            "warnings": self.warnings,
        }


@dataclass
class Plan:
    """What is done with each row."""

    steps: list[Step]

    def of(self, kind: str) -> list[Step]:
        """Return the steps of one kind."""
        return [step for step in self.steps if step.kind == kind]

    @property
    def may_be_done(self) -> bool:
        """Whether no row is refused, and some row does something: all or nothing."""
        return not self.of(REFUSED) and bool(self.of(NEW) or self.of(CHANGED))

    @property
    def mark(self) -> str:
        """A short text that is the same for the same plan, and for no other."""
        told = [(step.line, step.kind, step.key, sorted(step.values.items())) for step in self.steps]
        return hashlib.sha256(json.dumps(told).encode()).hexdigest()


def plan(table: Table, sheet: Sheet, person: Who, told: Callable[[int], None] = lambda _: None) -> Plan:
    """Return what the table would do when `person` hands it in; `told` hears how many rows are done."""
    planner = _Planner(table, sheet, person)
    steps = []
    for number in range(len(table.lines)):
        steps.append(planner.step(number))
        if not (number + 1) % TOLD_EVERY:
            told(number + 1)
    _warn_of_names_twice(steps)
    return Plan(steps)


class _Planner:
    """The rows of a table beside those there are."""

    def __init__(self, table: Table, sheet: Sheet, person: Who):
        """Read all cells, and the rows that they are about."""
        self.table, self.sheet, self.names = table, sheet, Names()
        self.met: dict[Any, Raw] = {}
        self.read = [self._read(line) for line in table.lines]
        self.keys = Keys(sheet, [values for values, _ in self.read], [line.number for line in table.lines])
        found = sorted({key for key in self.keys.found if key})
        self.apart: dict[str, dict[int, Raw]] = {
            column.name: column.stored(found) for column in sheet.apart if column in table.columns
        }
        self.checker = Checker(sheet, person)
        self.known = Known(sheet.model) if None in self.keys.found else None
        self.loaded: dict[int, Any] = {}

    def _read(self, line: Any) -> tuple[dict[str, Raw], list[tuple[str, str]]]:
        """Return what each cell of a line says, and what is wrong."""
        values: dict[str, Raw] = {}
        errors = [(where(self.table, place), text) for place, text in line.faults]
        faulty = {place for place, _ in line.faults}
        for place, (column, cell) in enumerate(zip(self.table.columns, line.cells, strict=True)):
            if place in faulty:
                continue
            try:
                values[column.name] = self._said(column, cell)
            except CellError as error:
                errors.append((where(self.table, place), str(error)))
        return values, errors

    def _said(self, column: Column, cell: Cell) -> Raw:
        """Return what a cell says; many rows say the same of hours and needs. Raises CellError."""
        if not column.is_apart:
            return column.read(cell, self.names)
        known = (column.name, cell)
        if known not in self.met:
            self.met[known] = column.read(cell, self.names)
        return self.met[known]

    def _row(self, key: int | None) -> Any:
        """Return the row of that key; a new one for None. Loads rows as they come in the table."""
        if key is None:
            return self.sheet.model()
        if key not in self.loaded:
            self.loaded = self.sheet.model._base_manager.in_bulk(self.keys.near(key, ROWS_AT_A_TIME))
        return self.loaded[key]

    def step(self, number: int) -> Step:
        """Return what is done with one row."""
        line, (said, errors) = self.table.lines[number], self.read[number]
        key, problem = self.keys.found[number], self.keys.problems[number]
        row = self._row(key)
        before_check = self.checker.before(row) if key else []
        name = text_of(said.get(self.sheet.name) or getattr(row, self.sheet.name))
        step = Step(line.number, NEW if key is None else UNCHANGED, name, key, errors=list(errors))
        step.errors += [(heading, text) for heading, text in (problem, *before_check) if text]
        self._compare(step, row, {**said, **self.keys.made[number]})
        if step.values or key is None:
            step.errors += self.checker.after(row, set(step.values), {h for h, _ in step.errors})
            step.kind = CHANGED if key else NEW
        if step.errors:
            step.kind = REFUSED
        elif key is None:
            step.warnings = self._alike(row, step)
        return step

    def _compare(self, step: Step, row: Any, said: dict[str, Raw]) -> None:
        """Give the row what the table says, and note what changes by that."""
        for column in self.sheet.columns:
            if column.name not in said:
                continue
            after = said[column.name]
            own = isinstance(column, FieldColumn)
            before = column.of(row) if own else self.apart[column.name].get(step.key or 0, [])  # type: ignore[attr-defined]
            if own and after in (None, "") and not (column.field.null or column.field.blank):  # type: ignore[attr-defined]
                after = before  # nothing is said, and something has to stand there
            if column.same(before, after):
                continue
            if own:
                column.put(row, after)  # type: ignore[attr-defined]
            try:
                after = column.settled(before, after)
            except CellError as error:
                step.errors.append((where(self.table, self.table.columns.index(column)), str(error)))
                continue
            step.values[column.name] = (before, after)

    def _alike(self, row: Any, step: Step) -> list[str]:
        """Return what a new row looks like, of what there is or what stood in the table before it."""
        if self.known is None:
            return []
        is_venue = self.sheet.model is Venue
        phones = [value for value, *_ in step.values.get("@telefon", ([], []))[1]]
        found = marks(
            getattr(row, self.sheet.name),
            phones,
            "" if is_venue else row.url,
            f"{row.street} {row.postcode}" if is_venue and row.street else "",
            getattr(row, "cvr", ""),
        )
        return [
            f"Ligner “{shown(name)}”, som allerede er her: {' og '.join(what)} er ens."
            for _, name, what in self.known.like(found)
        ]


def _warn_of_names_twice(steps: list[Step]) -> None:
    """Warn of new rows of a table that have the same name."""
    seen: dict[str, int] = {}
    for step in steps:
        if step.kind == NEW:
            first = seen.setdefault(fold(step.name), step.line)
            if first != step.line:
                step.warnings.append(f"Hedder det samme som række {first} i filen.")
