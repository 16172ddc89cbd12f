"""Numbers that may be somebody's CPR number: found, so that they are refused and never shown. Pure.

A CPR number is six digits of a date of birth, day, month and year, and four more (the Act on the Civil
Registration System, § 3). The check digit is not looked at: numbers given since 2007 need not have it.
"""

import re

# What stands between the parts as people write them, invisible signs included: “01 01 90 - 1234”.
_SIGNS = r"[\W_]{0,3}"
# Looked for at each digit, since what is no date may overlap with one.
_NUMBER = re.compile(rf"(?<!\d)(?=((\d\d){_SIGNS}(\d\d){_SIGNS}(\d\d){_SIGNS}\d{{4}})(?!\d))")
# February has 29 days in a year of unknown century.
_DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)

REFUSED = (
    "Skriv ikke CPR-nummer her. Vi har fjernet det og gemmer det ikke. "
    "Skriv i stedet, hvad du har brug for hjælp til."
)


def find(text: str) -> list[tuple[int, int]]:
    """Return where in `text` a number begins and ends that may be a CPR number: a date and four digits."""
    found: list[tuple[int, int]] = []
    for match in _NUMBER.finditer(text):
        if _is_date(*map(int, match.groups()[1:])) and (not found or match.start() >= found[-1][1]):
            found.append(match.span(1))
    return found


def removed(text: str) -> str:
    """Return `text` without what may be CPR numbers. Idempotent; linear for all but malicious texts."""
    while spans := find(text):
        for start, end in reversed(spans):
            text = f"{text[:start]} {text[end:]}"
        text = text.strip()
    return text


def _is_date(day: int, month: int, year: int) -> bool:
    """Return whether there is such a day in some century."""
    if not 1 <= month <= 12 or not 1 <= day <= _DAYS[month - 1]:
        return False
    return not (day == 29 and month == 2 and year % 4)
