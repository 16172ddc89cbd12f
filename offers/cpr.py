"""Numbers that may be somebody's CPR number: found, so that they are refused and never shown. Pure.

A CPR number is six digits of a date of birth, day, month and year, and four more (the Act on the Civil
Registration System, § 3). The check digit is not looked at: numbers given since 2007 need not have it.
Who has no such number is given a replacement number: 60 is added to the day (erstatningspersonnummer).

In doubt a number is refused: a date with four digits behind it looks the same, and costs a sentence.
"""

import re

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

# Stands where a number was hidden; nobody types it, and it is no sign of an address of ours.
MARK = "█"

# What stands between the parts as people write them, invisible signs included: “01 01 90 - 1234”. A run of
# signs is taken whole or not at all, so that a long one is read once.
_SIGNS = r"[\W_]*+"
_BEFORE_LAST = rf"{_SIGNS}(?:(?:cpr|person|nummer|nr){_SIGNS}){{0,4}}+"
# “12 34” after a space, “12-34” when a hyphen stands before it, too: “01.02.26 14.30” is a time of day.
_PAIRS = r"(?P<sign>[\W_]++)\d\d(?:\s++|(?P=sign))\d\d"
_SHORT_YEAR = (
    rf"(\d\d){_SIGNS}(\d\d){_SIGNS}(\d\d)(?:{_BEFORE_LAST}\d{{4}}|[\W_]++\d(?:[\W_]++\d){{3}}|{_PAIRS})"
)
# Since 1900 the seventh digit tells the century; so “01.02.2026 1400” is a day and a time.
_LONG_YEAR = rf"\d\d{_SIGNS}\d\d{_SIGNS}(?:19\d\d{_BEFORE_LAST}[0-49]|20\d\d{_BEFORE_LAST}[4-9])\d{{3}}"
_SPACED = r"\d(?:[\W_]++\d){9}"
# Looked for at each digit, since what is no date may overlap with one; but not in a number of another
# country, “+49 30 …”.
_NUMBER = re.compile(rf"(?<!\d)(?<!\+\d\d )(?=({_SHORT_YEAR}|{_LONG_YEAR}|{_SPACED})(?!\d))", re.IGNORECASE)
_DIGIT = re.compile(r"\d")
# February has 29 days in a year of unknown century.
_DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_REPLACEMENT = 60

REMOVED = _("Skriv ikke CPR-nummer her. Vi har fjernet det og gemmer det ikke.")
REFUSED = format_lazy("{} {}", REMOVED, _("Skriv i stedet, hvad du har brug for hjælp til."))


def find(text: str) -> list[tuple[int, int]]:
    """Return where in `text` a number begins and ends that may be a CPR number: a date and four digits."""
    found: list[tuple[int, int]] = []
    for match in _NUMBER.finditer(text):
        if (not found or match.start() >= found[-1][1]) and _begins_with_date(match[1]):
            found.append(match.span(1))
    return found


def hidden(text: str) -> str:
    """Return `text` with the mark in the place of what may be CPR numbers. Idempotent, linear.

    Where taking away one would leave another, as of numbers inside numbers, all digits go.
    """
    spans = find(text)
    ends = [0, *(end for _, end in spans)]
    starts = [*(start for start, _ in spans), len(text)]
    left = MARK.join(text[end:start] for end, start in zip(ends, starts, strict=True))
    return _DIGIT.sub(MARK, left) if spans and find(left) else left


def removed(text: str) -> str:
    """Return `text` without what may be CPR numbers, and without the mark. Idempotent, linear."""
    left = hidden(text).replace(MARK, " ")
    return text if left == text else left.strip()


def _begins_with_date(number: str) -> bool:
    """Return whether the first six or eight of ten or twelve digits are such a day in some century."""
    digits = "".join(_DIGIT.findall(number))
    day, month, year = int(digits[:2]), int(digits[2:4]), int(digits[-6:-4])
    if day > _REPLACEMENT:
        day -= _REPLACEMENT
    if not 1 <= month <= 12 or not 1 <= day <= _DAYS[month - 1]:
        return False
    return not (day == 29 and month == 2 and year % 4)
