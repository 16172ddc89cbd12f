"""Meetings in a table: a CSV file with a heading, as Excel and LibreOffice write it. Pure."""

import csv
import io
from collections.abc import Callable, Iterator
from typing import Any

from policies.meetings.rows import (
    MOST,
    FileError,
    LineError,
    Refused,
    Row,
    clock_of,
    day_of,
    place_of,
    shown,
)

COLUMNS = ("dato", "start", "slut", "sted", "dagsorden", "referat", "status", "udvalg")
STATUSES = {"": "planlagt", "planlagt": "planlagt", "aflyst": "aflyst"}
# What stands between the columns; where the heading has several, the first of these.
SIGNS = (";", "\t", ",")


def rows_of(text: str) -> list[Row | Refused]:
    """Return what each line says; empty lines are passed over. Raises FileError."""
    lines = _lines(text)
    _, heading = next(lines, (0, []))
    names = [name.strip().casefold() for name in heading]
    while names and not names[-1]:  # a sign at the end of each line makes an empty column
        names.pop()
    _check(names)
    rows: list[Row | Refused] = []
    for number, cells in lines:
        if len(rows) == MOST:
            raise FileError(f"Filen har flere end {MOST} møder. Del den i flere filer.")
        try:
            rows.append(_row(number, names, cells))
        except LineError as error:
            rows.append(Refused(number, str(error)))
    return rows


def _lines(text: str) -> Iterator[tuple[int, list[str]]]:
    """Yield the cells of each line that holds something, with its number; raises FileError."""
    heading = text.lstrip().partition("\n")[0]
    sign = next((sign for sign in SIGNS if sign in heading), ";")
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=sign, strict=True)
    number = 1
    while True:
        try:
            cells = [cell.strip() for cell in next(reader)]
        except StopIteration:
            return
        except csv.Error:
            sentence = f"Linje {number} kan ikke læses. Se efter, om et anførselstegn mangler."
            raise FileError(sentence) from None
        if any(cells):
            yield number, cells
        number = reader.line_num + 1


def _check(names: list[str]) -> None:
    """Raise FileError unless the heading names our columns, each at most once, and the day."""
    known = ", ".join(COLUMNS)
    if "dato" not in names:
        raise FileError(f"Kolonnen “dato” mangler. Skriv kolonnernes navne i første linje: {known}.")
    for name in names:
        if name not in COLUMNS:
            raise FileError(
                f"Kolonnen “{shown(name)}” kender vi ikke. Slet den, eller kald den et af: {known}."
            )
        if names.count(name) > 1:
            raise FileError(f"Kolonnen “{name}” står der to gange. Slet den ene.")


def _row(number: int, names: list[str], cells: list[str]) -> Row:
    """Return what one line says; raises LineError."""
    if any(cells[len(names) :]):
        raise LineError(
            "Linjen har flere felter end overskriften. Sæt anførselstegn om tekst med skilletegn."
        )
    if len(cells) < len(names):
        raise LineError(
            "Linjen har færre felter end overskriften. Skriv et skilletegn for hvert tomt felt."
        )
    said = dict(zip(names, cells, strict=False))
    values: dict[str, Any] = {"held_on": day_of(said["dato"])}
    readers: dict[str, tuple[str, Callable[[str], Any]]] = {
        "start": ("starts_at", clock_of),
        "slut": ("ends_at", clock_of),
        "sted": ("place", place_of),
        "dagsorden": ("agenda_url", str),
        "referat": ("minutes_url", str),
        "status": ("status", _status),
    }
    for name, (field, read) in readers.items():
        if name in said:
            values[field] = read(said[name])
    return Row(line=number, values=values, committee=said.get("udvalg", ""))


def _status(text: str) -> str:
    """Return the status of that name; raises LineError."""
    try:
        return STATUSES[text.casefold()]
    except KeyError:
        raise LineError(f"Status “{shown(text)}” kender vi ikke. Skriv planlagt eller aflyst.") from None
