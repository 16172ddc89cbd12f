"""Cells of spreadsheets (.xlsx), without formulas and without signs that the files cannot hold."""

from datetime import date
from typing import Any

from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font

from offers.csv_file import harmless

# Excel itself takes no more in a cell.
LONGEST_CELL = 32_767


def safe(cell: Any) -> Any:
    """Return a cell that no spreadsheet takes for a formula, without signs that its files cannot hold."""
    if not isinstance(cell, str):
        return cell
    return harmless(ILLEGAL_CHARACTERS_RE.sub("", cell))[:LONGEST_CELL]


def bold(page: Any, text: str) -> Any:
    """Return a heading."""
    cell = WriteOnlyCell(page, value=text)
    cell.font = Font(bold=True)
    return cell


def day(page: Any, value: date) -> Any:
    """Return a day that is shown as Danes write it."""
    cell = WriteOnlyCell(page, value=value)
    cell.number_format = "d\\.m\\.yyyy"
    return cell
