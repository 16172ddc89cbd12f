"""A file that is handed in becomes a table of cells, or is refused with a sentence. Knows no database.

Nothing is unpacked before its size is known, macros are never read, and a formula is not worked out.
"""

import csv
import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from offers import cpr
from offers.csv_file import decoded, unguarded
from offers.exchange.cells import Cell, pieces, shown, text_of
from offers.exchange.columns import Column
from offers.exchange.sheets import SHEETS, Sheet
from offers.exchange.writing import EXPLANATION
from offers.spreadsheet import LONGEST_CELL

MOST_BYTES = 10_000_000
# Of a spreadsheet when it is unpacked: it is packed text, and a bomb swells a thousandfold.
MOST_UNPACKED, MOST_PARTS = 60_000_000, 2_000
MOST_ROWS, MOST_COLUMNS = 10_000, 100
MANY = f"{MOST_ROWS:,}".replace(",", ".")  # as people here write it
# So many empty lines in a row end a table; a spreadsheet may have a million of them.
EMPTY_LINES = 1_000
SIGNS = ";\t,"
_OLD_EXCEL, _ZIP = b"\xd0\xcf\x11\xe0", b"PK\x03\x04"

NO_TABLE = "Filen er hverken et regneark eller CSV. Gem den som Excel (.xlsx) eller CSV, og vælg den igen."
TOO_LARGE = f"Filen er større end {MOST_BYTES // 1_000_000} MB. Del den i flere filer."
SWELLS = (
    "Regnearket fylder for meget, når det pakkes ud. Slet billeder og tomme ark, eller gem det som CSV."
)
BROKEN = "Regnearket kan ikke læses. Åbn det, gem det igen som Excel (.xlsx), og vælg den nye fil."
OLD = (
    "Filen er et gammelt regneark (.xls), eller den har en adgangskode. Gem den som .xlsx uden adgangskode."
)
OPEN_DOCUMENT = "Filen er et OpenDocument-regneark. Gem den som Excel (.xlsx) eller CSV, og vælg den igen."
FORMULA = "Cellen har en formel. Kopiér den, og sæt den ind som værdi."
CUT = "Teksten fylder en hel celle i Excel og er nok skåret over. Brug CSV, eller skriv den kortere."


class FileError(Exception):
    """The file as a whole cannot be used; the text is a Danish sentence that says what to do."""


@dataclass(frozen=True)
class Line:
    """One row of the table: its number in the file, and a cell for each column."""

    number: int
    cells: tuple[Cell, ...]
    # What is wrong with a cell before anybody looks at what it says, by the place of the column.
    faults: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True)
class Table:
    """What a file holds."""

    name: str  # of the sheet; empty for CSV
    columns: tuple[Column, ...]
    lines: tuple[Line, ...]


def read(content: bytes, sheet: Sheet) -> Table:
    """Return the table of `sheet` that the file holds; raises FileError."""
    if len(content) > MOST_BYTES:
        raise FileError(TOO_LARGE)
    if content.startswith(_OLD_EXCEL):
        raise FileError(OLD)
    name, lines = _spreadsheet(content, sheet) if content.startswith(_ZIP) else ("", _text(content))
    heading = next(lines, None)
    if heading is None:
        raise FileError("Filen er tom. Hent skabelonen, og skriv i den.")
    columns, places = _columns(heading.cells, sheet)
    found: list[Line] = []
    for line in lines:
        if len(found) == MOST_ROWS:
            raise FileError(f"Filen har flere end {MANY} rækker. Del den i flere filer.")
        found.append(_narrowed(line, places))
    if not found:
        raise FileError("Der er kun overskrifter i filen. Skriv mindst en række.")
    table = Table(name, columns, tuple(found))
    _refuse_cpr(table)
    return table


def _columns(heading: tuple[Cell, ...], sheet: Sheet) -> tuple[tuple[Column, ...], list[int]]:
    """Return the columns that the heading names, and their places; raises FileError."""
    found: list[Column] = []
    places = []
    for place, cell in enumerate(heading):
        if not text_of(cell):
            continue
        column = sheet.heads(cell)
        if column is None:
            said = shown(text_of(cell))
            raise FileError(
                f"Kolonnen “{said}” kender vi ikke. Slet den, eller brug overskrifterne fra skabelonen."
            )
        if column in found:
            raise FileError(f"Kolonnen “{column.heading}” står der to gange. Slet den ene.")
        found.append(column)
        places.append(place)
    if not {column.name for column in found} & {*sheet.keys, sheet.name}:
        known = " eller ".join(sheet.column(name).heading for name in (*sheet.keys, sheet.name))
        raise FileError(f"Der mangler en kolonne, der siger, hvad rækken handler om: {known}.")
    return tuple(found), places


def _narrowed(line: Line, places: list[int]) -> Line:
    """Return a line with the cells at `places` only; what stands in no column is a fault."""
    cells = tuple(line.cells[place] if place < len(line.cells) else None for place in places)
    faults = [(places.index(place), text) for place, text in line.faults if place in places]
    left = [cell for place, cell in enumerate(line.cells) if place not in places and text_of(cell)]
    if left:
        faults.append(
            (0, "Rækken har mere, end der er overskrifter til. Sæt anførselstegn om tekst med skilletegn.")
        )
    return Line(line.number, cells, tuple(faults))


def _refuse_cpr(table: Table) -> None:
    """Raise FileError when any cell may have a CPR number; it says where, and never what."""
    for line in table.lines:
        for column, cell in zip(table.columns, line.cells, strict=True):
            if not isinstance(cell, str) or (column.is_free_of_cpr and len(cell) < 30):
                continue
            # Two telephone numbers below each other are no birthday.
            parts = pieces(cell) if column.name.startswith("@") else [cell]
            if any(cpr.find(part) for part in parts):
                where = f"arket “{shown(table.name)}”, " if table.name else ""
                raise FileError(
                    f"Der står måske et CPR-nummer i {where}række {line.number}, “{column.heading}”. "
                    "Filen er afvist, og intet er gemt. Fjern nummeret, og vælg filen igen."
                )


# -- CSV -------------------------------------------------------------------------------------------


def _text(content: bytes) -> Iterator[Line]:
    """Yield the lines of a CSV file that hold something; raises FileError."""
    text = decoded(content)
    if text is None or content.startswith((b"%PDF", b"{\\rtf", b"<")):
        raise FileError(NO_TABLE)
    heading = text.lstrip().partition("\n")[0]
    sign = max(SIGNS, key=heading.count) if any(sign in heading for sign in SIGNS) else ";"
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=sign, strict=True)
    number = 1
    while True:
        try:
            cells = [unguarded(cell.strip()) for cell in next(reader)]
        except StopIteration:
            return
        except csv.Error:
            sentence = f"Linje {number} kan ikke læses. Se efter, om et anførselstegn mangler."
            raise FileError(sentence) from None
        if len(cells) > MOST_COLUMNS and any(cells[MOST_COLUMNS:]):
            raise FileError(f"Linje {number} har flere end {MOST_COLUMNS} felter. {NO_TABLE}")
        if any(cells):
            yield Line(number, tuple(cells))
        number = reader.line_num + 1


# -- Spreadsheets ----------------------------------------------------------------------------------


def _spreadsheet(content: bytes, sheet: Sheet) -> tuple[str, Iterator[Line]]:
    """Return the name of the sheet that is read, and its lines; raises FileError."""
    _look_inside(content)
    try:
        book = load_workbook(io.BytesIO(content), read_only=True, keep_links=False, keep_vba=False)
        page = _page(book, sheet)
    except FileError:
        raise
    except Exception:
        raise FileError(BROKEN) from None
    return page.title, _rows(page)


def _look_inside(content: bytes) -> None:
    """Raise FileError unless it is a spreadsheet of a bearable size, without declarations of its own."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
            names = {part.filename for part in parts}
            if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
                raise FileError(SWELLS)
            if "xl/workbook.xml" not in names:
                raise FileError(OPEN_DOCUMENT if "content.xml" in names else NO_TABLE)
            for part in parts:
                if part.filename.endswith((".xml", ".rels")) and b"<!DOCTYPE" in archive.read(part)[:2000]:
                    raise FileError(BROKEN)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError):
        raise FileError(BROKEN) from None


def _page(book: Any, sheet: Sheet) -> Any:
    """Return the sheet to read: the one of that name, or the only one; raises FileError."""
    pages = [page for page in book.worksheets if page.title != EXPLANATION]
    named = [page for page in pages if page.title.casefold() == sheet.title.casefold()]
    others = {other.title.casefold() for other in SHEETS.values()}
    if not named and len(pages) == 1 and pages[0].title.casefold() not in others:
        named = pages
    if not named:
        raise FileError(f"Regnearket har intet ark, der hedder “{sheet.title}”. Kald arket det.")
    return named[0]


def _rows(page: Any) -> Iterator[Line]:
    """Yield the rows of a sheet that hold something; raises FileError."""
    page.reset_dimensions()
    empty = 0
    rows = page.iter_rows(max_col=MOST_COLUMNS)
    number = 0
    while True:
        number += 1
        try:
            row = next(rows)
        except StopIteration:
            return
        except Exception:
            raise FileError(BROKEN) from None
        if not any(cell.value not in (None, "") for cell in row):
            empty += 1
            if empty > EMPTY_LINES:
                return
            continue
        empty = 0
        faults = [(place, text) for place, cell in enumerate(row) if (text := _fault(cell))]
        yield Line(number, tuple(_value(cell) for cell in row), tuple(faults))


def _value(cell: Any) -> Cell:
    """Return what a cell holds; of a formula nothing."""
    if cell.data_type in {"f", "e"}:
        return None
    return unguarded(cell.value) if isinstance(cell.value, str) else cell.value


def _fault(cell: Any) -> str:
    """Return what is wrong with a cell; nothing when nothing is."""
    if cell.data_type == "f":
        return FORMULA
    if cell.data_type == "e":
        return f"Cellen viser en fejl ({shown(str(cell.value))}). Skriv værdien."
    if isinstance(cell.value, str) and len(cell.value) >= LONGEST_CELL:
        return CUT
    return ""


def where(table: Table, place: int) -> str:
    """Return the name of a column in the file: its letter in a spreadsheet, and its heading."""
    heading = table.columns[place].heading
    return f"{heading} ({get_column_letter(place + 1)})" if table.name else heading
