"""What stands in one cell, as people and spreadsheets write it. Pure."""

import math
import re
from datetime import date, datetime, time

from offers import cpr
from offers.days import parts_of_day

# What a spreadsheet or a CSV file gives.
Cell = str | int | float | bool | date | time | None

FIRST_YEAR, LAST_YEAR = 1900, 2100
LONGEST_SHOWN = 80
_NUMBER = re.compile(r"[-−+]?[0-9]+(?:[.,][0-9]+)?")
_YES = {"ja", "j", "x", "1", "sand", "true", "yes"}
_NO = {"nej", "n", "0", "falsk", "false", "no"}


class CellError(Exception):
    """The cell cannot be used; the text is a Danish sentence that says what to do."""


def shown(text: str) -> str:
    """Return what may be shown of a text out of a file: not all of it, and no CPR number."""
    return cut(cpr.removed(text))


def cut(text: str) -> str:
    """Return the beginning of a text, on one line."""
    text = " ".join(text.split())
    return text if len(text) <= LONGEST_SHOWN else f"{text[:LONGEST_SHOWN]}…"


def text_of(cell: Cell) -> str:
    """Return a cell as text, as it would be typed: 7 for 7.0, ja for true, 3.2.2027 for a day."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "ja" if cell else "nej"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime | date):
        return f"{cell.day}.{cell.month}.{cell.year}"
    if isinstance(cell, time):
        return f"{cell:%H.%M}"
    return "\n".join(line.rstrip() for line in str(cell).splitlines()).strip()


def day_of(cell: Cell) -> date | None:
    """Return the day: a spreadsheet's own, or written as `parts_of_day` reads it; raises CellError."""
    if isinstance(cell, datetime):
        return _sensible(cell.year, cell.month, cell.day)
    if isinstance(cell, date):
        return _sensible(cell.year, cell.month, cell.day)
    text = text_of(cell)
    if not text:
        return None
    if found := parts_of_day(text):
        return _sensible(*found)
    raise CellError(f"“{shown(text)}” er ikke en dato. Skriv fx 3.2.2027 eller 3. februar 2027.")


def _sensible(year: int, month: int, day: int) -> date:
    """Return the day if there is one, and it is not of another age; raises CellError."""
    try:
        found = date(year, month, day)
    except ValueError:
        raise CellError(f"Dagen {day}.{month}.{year} findes ikke. Ret datoen.") from None
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise CellError(f"Året {year} kan ikke passe. Skriv et år fra {FIRST_YEAR} til {LAST_YEAR}.")
    return found


def number_of(cell: Cell) -> float | None:
    """Return a number, with a decimal comma or point; “år” behind it does no harm. Raises CellError."""
    if isinstance(cell, int | float) and not isinstance(cell, bool) and math.isfinite(cell):
        return float(cell)
    text = text_of(cell).removesuffix("år").strip()
    if not text:
        return None
    if isinstance(cell, date | time | bool) or len(text) > 30 or not _NUMBER.fullmatch(text):
        raise CellError(f"“{shown(text)}” er ikke et tal. Skriv fx 12 eller 12,5.")
    return float(text.replace(",", ".").replace("−", "-"))


def whole_of(cell: Cell) -> int | None:
    """Return a whole number; raises CellError."""
    number = number_of(cell)
    if number is not None and not number.is_integer():
        raise CellError(f"“{shown(text_of(cell))}” er ikke et helt tal. Skriv fx 12.")
    return None if number is None else int(number)


def answer_of(cell: Cell) -> bool | None:
    """Return a yes or a no, and None for nothing; raises CellError."""
    text = text_of(cell).casefold()
    if text and text not in _YES | _NO:
        raise CellError(f"“{shown(text)}” er hverken ja eller nej. Skriv ja eller nej.")
    return text in _YES if text else None


def pieces(text: str, signs: str = ";\n") -> list[str]:
    """Return the parts of a text between `signs`; what stands in brackets is never parted.

    >>> pieces("70 20 12 01 (dag; nat); 112")
    ['70 20 12 01 (dag; nat)', '112']
    """
    found, depth = [""], 0
    for char in text:
        depth = max(0, depth + (char == "(") - (char == ")"))
        if char in signs and not depth:
            found.append("")
        else:
            found[-1] += char
    return [part.strip() for part in found if part.strip()]
