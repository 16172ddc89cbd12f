"""Days as Danes write them: 3.2.2027, 3/2 2027, 2027-02-03, 3. februar 2027, den 3. feb. 2027. Pure."""

import re

MONTHS = (
    "januar",
    "februar",
    "marts",
    "april",
    "maj",
    "juni",
    "juli",
    "august",
    "september",
    "oktober",
    "november",
    "december",
)
# One needs so many letters to tell a month from the others.
SHORTEST = 3
_NUMBERS = re.compile(r"([0-9]{1,2})[./-] ?([0-9]{1,2})(?:[./-] ?| )([0-9]{4})")
_ISO = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})(?:[T ]00:00(?::00)?)?")
# Behind the number stands a full stop, or an ending: “den 3die”, “2den”, “1ste”, “21nde”.
_NAMED = re.compile(
    r"(?:d\. ?|den )?([0-9]{1,2})(?:\.|ste|den|die|dje|de|e?nde|te)?(?: |-|(?<=\.))"
    r"([a-z]+)\.?,?[ -]([0-9]{4})",
    re.IGNORECASE,
)


def parts_of_day(text: str) -> tuple[int, int, int] | None:
    """Return the year, month and day that a text says, whether or not there is such a day; None for no day.

    >>> parts_of_day("Den 3. februar 2026"), parts_of_day("3/2 2026"), parts_of_day("3. februar")
    ((2026, 2, 3), (2026, 2, 3), None)
    """
    text = " ".join(text.split())
    if found := _ISO.fullmatch(text):
        return int(found[1]), int(found[2]), int(found[3])
    if found := _NUMBERS.fullmatch(text):
        return int(found[3]), int(found[2]), int(found[1])
    found = _NAMED.fullmatch(text)
    month = month_of(found[2]) if found else None
    return (int(found[3]), month, int(found[1])) if found and month else None


def month_of(word: str) -> int | None:
    """Return the number of a month, by its name or the first letters of it; None for no month.

    >>> month_of("Februar"), month_of("febr"), month_of("sept"), month_of("ma"), month_of("march")
    (2, 2, 9, None, None)
    """
    fitting = [number for number, name in enumerate(MONTHS, 1) if name.startswith(word.casefold())]
    return fitting[0] if len(word) >= SHORTEST and fitting else None
