"""The table for people as a spreadsheet (.xlsx), written row by row; a second sheet says what it is."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import IO, Any

from django.conf import settings
from openpyxl import Workbook
from openpyxl.packaging.core import DocumentProperties
from openpyxl.utils import get_column_letter
from openpyxl.writer.excel import ExcelWriter

from offers.archive import STEADY, SteadyZip
from offers.hsds.api import LICENCE
from offers.hsds.records import Service
from offers.hsds.table import HEADINGS, Cell, table
from offers.spreadsheet import bold, day, safe

_WIDE, _NARROW = 40, 16
WIDE = {"Tilbud", "Kort fortalt", "Organisation", "Sådan får du hjælpen", "Steder"}


def write(file: IO[bytes], services: Iterable[Service]) -> None:
    """Write the spreadsheet to `file`: the same services give the same bytes."""
    book = Workbook(write_only=True)
    moment = datetime(*STEADY)
    book.properties = DocumentProperties(
        creator=settings.SITE_NAME, title="Tilbud", description=LICENCE[1], created=moment, modified=moment
    )
    page: Any = book.create_sheet("Tilbud")
    page.freeze_panes = "A2"
    for number, heading in enumerate(HEADINGS, 1):
        width = _WIDE if heading in WIDE else _NARROW
        page.column_dimensions[get_column_letter(number)].width = width
    rows = table(services)
    page.append([bold(page, str(heading)) for heading in next(rows)])
    last = 1
    for last, row in enumerate(rows, 2):  # noqa: B007 (how many there are is seen at the end)
        page.append([_cell(page, cell) for cell in row])
    page.auto_filter.ref = f"A1:{get_column_letter(len(HEADINGS))}{last}"
    _about(book.create_sheet("Om tallene"))
    ExcelWriter(book, SteadyZip(file)).save()


def _cell(page: Any, cell: Cell) -> Any:
    """Return a cell; an empty one holds nothing at all."""
    return day(page, cell) if isinstance(cell, date) else None if cell == "" else safe(cell)


def _about(page: Any) -> None:
    """Say where the rows are from, and what one may do with them."""
    page.column_dimensions["A"].width = 24
    page.column_dimensions["B"].width = 80
    name, url = LICENCE
    for heading, text in (
        ("Kilde", f"{settings.SITE_NAME}, {settings.BASE_URL}"),
        ("Licens", f"{name}: Du må bruge det, når du skriver kilden. {url}"),
        ("Mere om data", f"{settings.BASE_URL}/data/"),
        ("Yngste og ældste alder", "Begge er med. Et tomt felt: Vi kender ingen grænse."),
        ("Sidst kontrolleret", "Dagen, hvor nogen sidst så efter, om det passer."),
    ):
        page.append([bold(page, heading), safe(text)])
