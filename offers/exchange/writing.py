"""Tables to take out: as a spreadsheet or as CSV, and an empty one with an explanation of its columns."""

from collections.abc import Iterator
from datetime import date
from io import BytesIO
from typing import Any

from django.db.models import QuerySet
from openpyxl import Workbook
from openpyxl.utils import get_column_letter

from offers.exchange.cells import Cell
from offers.exchange.columns import ChoiceColumn, Column, FieldColumn
from offers.exchange.names import Names
from offers.exchange.sheets import Sheet
from offers.models.tracked import ROWS_AT_A_TIME, batched
from offers.spreadsheet import bold, day, safe

EXPLANATION = "Forklaring"
_WIDE, _NARROW = 40, 16
_RULES = (
    "Skriv i arket til venstre. Første række er overskrifter. Lad dem stå.",
    "En tom celle tømmer feltet. En kolonne, du sletter, lader feltet stå, som det er.",
    "Nøgle og kode siger, hvilken række det er. Lad dem stå, når du retter, og tomme for det nye.",
    "Skriv aldrig CPR-numre. Filen bliver afvist.",
    "Skriv værdier, ikke formler.",
)


def table(sheet: Sheet, columns: list[Column], rows: QuerySet, *, plain: bool) -> Iterator[list[Cell]]:
    """Yield the cells of each row; all are text when `plain`. Reads 500 rows at a time."""
    names = Names()
    for keys in batched(list(rows.values_list("pk", flat=True)), ROWS_AT_A_TIME):
        apart: Any = {column.name: column.stored(keys) for column in columns if column.is_apart}  # type: ignore[attr-defined]
        by_key = sheet.model._base_manager.in_bulk(keys)
        for key in keys:
            cells: list[Cell] = []
            for column in columns:
                own = isinstance(column, FieldColumn)
                raw = column.of(by_key[key]) if own else apart[column.name][key]  # type: ignore[attr-defined]
                cells.append(column.said(raw, names) if plain else column.cell(raw, names))
            yield cells


def workbook(sheet: Sheet, columns: list[Column], rows: QuerySet) -> bytes:
    """Return a spreadsheet (.xlsx) with the rows, and a second sheet that explains the columns."""
    book = Workbook(write_only=True)
    page: Any = book.create_sheet(sheet.title)
    page.freeze_panes = "A2"
    for number, column in enumerate(columns, 1):
        width = _WIDE if column.name in {"title", "name", "summary", "description"} else _NARROW
        page.column_dimensions[get_column_letter(number)].width = width
    page.append([bold(page, column.heading) for column in columns])
    for cells in table(sheet, columns, rows, plain=False):
        page.append([day(page, cell) if isinstance(cell, date) else safe(cell) for cell in cells])
    _explain(book.create_sheet(EXPLANATION), columns)
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def _explain(page: Any, columns: list[Column]) -> None:
    """Say what each column is for, and what may stand in it."""
    for letter, width in zip("ABC", (28, 70, 60), strict=True):
        page.column_dimensions[letter].width = width
    for rule in _RULES:
        page.append([safe(rule)])
    page.append([])
    page.append(
        [bold(page, heading) for heading in ("Kolonne", "Hvad der skal stå", "Du kan vælge mellem")]
    )
    for column in columns:
        choices = "; ".join(column.labels.values()) if isinstance(column, ChoiceColumn) else ""
        page.append([safe(column.heading), safe(column.help), safe(choices)])
