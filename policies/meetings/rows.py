"""What a file of meetings says, line by line, before anybody looks at the database. Pure."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time
from typing import Any, Self

from offers import cpr
from offers.days import parts_of_day

# Two years of meetings of a large municipality are a few hundred.
MOST = 2000
MOST_BYTES = 2_000_000
FIRST_YEAR, LAST_YEAR = 1970, 2100
LONGEST_UID = 255
LONGEST_SHOWN = 80

_CLOCK = re.compile(r"(?:kl\.?\s*)?([0-9]{1,2})(?:[.:]([0-9]{2}))?(?:[.:]00)?", re.IGNORECASE)


class FileError(Exception):
    """The file as a whole cannot be used; the text is a Danish sentence that says what to do."""


class LineError(Exception):
    """One line cannot be used; the text is a Danish sentence that says what to do."""


@dataclass(frozen=True)
class Row:
    """One meeting as the file tells it: `values` has the fields that the file speaks of, and no others."""

    line: int
    values: Mapping[str, Any]
    committee: str = ""  # as it is named there; empty when it is not
    uid: str = ""
    said: str = ""  # what the file calls the meeting

    def packed(self) -> dict[str, Any]:
        """Return the row as JSON can hold it."""
        values = {
            name: value.isoformat() if isinstance(value, date | time) else value
            for name, value in self.values.items()
        }
        return {**vars(self), "values": values}

    @classmethod
    def unpacked(cls, packed: Mapping[str, Any]) -> Self:
        """Return the row that was packed."""
        values = dict(packed["values"])
        for name, kind in (("held_on", date), ("starts_at", time), ("ends_at", time)):
            if values.get(name) is not None:
                values[name] = kind.fromisoformat(values[name])
        return cls(**{**packed, "values": values})


@dataclass(frozen=True)
class Refused:
    """A line that cannot be used, and the sentence that says why and what to do."""

    line: int
    reason: str
    said: str = field(default="")


def day_of(text: str) -> date:
    """Return the day that is written as `parts_of_day` reads it; raises LineError."""
    found = parts_of_day(text)
    if found is None:
        raise LineError(f"“{shown(text)}” er ikke en dato. Skriv fx 3.2.2027 eller 3. februar 2027.")
    try:
        return sensible(date(*found))
    except ValueError:
        raise LineError(f"Dagen “{shown(text)}” findes ikke. Ret datoen.") from None


def sensible(day: date) -> date:
    """Return `day` if a meeting may be on it; raises LineError."""
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise LineError(f"Året {day.year} kan ikke passe. Skriv et år fra {FIRST_YEAR} til {LAST_YEAR}.")
    return day


def clock_of(text: str) -> time | None:
    """Return the time that is written as 16, 16.30 or 16:30; None for nothing. Raises LineError."""
    if not text:
        return None
    found = _CLOCK.fullmatch(text)
    hour, minute = (int(found[1]), int(found[2] or 0)) if found else (24, 0)
    if hour > 23 or minute > 59:
        raise LineError(f"“{shown(text)}” er ikke et klokkeslæt. Skriv fx 16.30.")
    return time(hour, minute)


def place_of(text: str) -> str:
    """Return the place on one line; raises LineError for what may be a CPR number."""
    if cpr.find(text):
        raise LineError("Der står måske et CPR-nummer i stedet. Fjern det, og hent filen igen.")
    return " ".join(text.split())


def shown(text: str) -> str:
    """Return what may be shown of a text out of the file: not all of it, and no CPR number."""
    text = " ".join(cpr.removed(text).split())
    return text if len(text) <= LONGEST_SHOWN else f"{text[:LONGEST_SHOWN]}…"
