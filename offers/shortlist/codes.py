"""What a list is: codes of offers in an order, and the day it was made, as an address tells them. Pure.

An address is typed, copied and cut off by people. Whatever stands in it, what can be read is kept, and what
cannot is told in a sentence that says what to do.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from urllib.parse import urlencode

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from offers import cpr

# As many as one hands to a person; the QR code of so many can still be read from paper.
MOST = 30
# `Offer.code` has at most so many signs.
LONGEST_CODE = 12
# No list is older: a day before it is a slip of the finger.
EARLIEST = date(2020, 1, 1)

CPR_SENTENCE = format_lazy("{} {}", cpr.REMOVED, _("Skriv kun tilbuddenes koder."))
TWICE = _("Nogle tilbud stod der mere end én gang. Her står de én gang.")
TOO_MANY = format_lazy(
    _("En liste kan have {most} tilbud. Her er de {most} første. Resten kan stå på en liste for sig."),
    most=MOST,
)
UNREADABLE = _("Noget i adressen er ikke koder på tilbud. Det er udeladt. Bed om at få linket igen.")
NO_DAY = _("Datoen i adressen kan ikke læses, så vi kan ikke se, hvad der er nyt. Listen gælder stadig.")
FUTURE = _(
    "Datoen i adressen er ikke kommet endnu, så vi kan ikke se, hvad der er nyt. Listen gælder stadig."
)

_BETWEEN = re.compile(r"[\s,;+]+")
_CODE = re.compile(rf"[\w.-]{{1,{LONGEST_CODE}}}")
_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)


@dataclass(frozen=True)
class Shortlist:
    """Codes of offers, none twice in whatever letter case, and the day the list was made, if told."""

    codes: tuple[str, ...] = ()
    day: date | None = None

    def __contains__(self, code: str) -> bool:
        """Whether an offer stands on the list."""
        return code.casefold() in (one.casefold() for one in self.codes)

    @property
    def is_full(self) -> bool:
        """Whether there is no room for another."""
        return len(self.codes) >= MOST

    @property
    def query(self) -> str:
        """The list as a query string; one of nothing is empty, since a day alone says nothing."""
        if not self.codes:
            return ""
        pairs = {"tilbud": " ".join(self.codes)} | ({"dato": self.day.isoformat()} if self.day else {})
        return urlencode(pairs)

    def with_code(self, code: str) -> "Shortlist":
        """Return the list with one more at its end."""
        return self if code in self else replace(self, codes=(*self.codes, code))

    def without(self, code: str) -> "Shortlist":
        """Return the list without one."""
        return replace(self, codes=tuple(one for one in self.codes if one != code))

    def moved(self, code: str, step: int) -> "Shortlist":
        """Return the list with one moved `step` places down, or up when negative; the ends are the ends."""
        rest = [one for one in self.codes if one != code]
        place = max(0, self.codes.index(code) + step)
        return replace(self, codes=(*rest[:place], code, *rest[place:]))

    def made(self, day: date) -> "Shortlist":
        """Return the same list as made on another day."""
        return replace(self, day=day)


@dataclass(frozen=True)
class Reading:
    """What an address tells: the list, what there was no room for, and sentences about what is wrong."""

    shortlist: Shortlist
    rest: Shortlist
    faults: tuple[str | Promise, ...]


def read(texts: Iterable[str], day: str, today: date) -> Reading:
    """Return the list of `texts`, codes with spaces or commas between, and `day` (ISO). Never raises."""
    text = " ".join(texts).replace("\0", " ")
    faults: list[str | Promise] = []
    if cpr.MARK in text or cpr.MARK in day or cpr.find(text):
        faults.append(CPR_SENTENCE)
        text = cpr.removed(text)
    parts = [part for part in _BETWEEN.split(text) if part]
    codes = [part for part in parts if _CODE.fullmatch(part)]
    if len(codes) < len(parts):
        faults.append(UNREADABLE)
    first: dict[str, str] = {}
    for code in codes:
        first.setdefault(code.casefold(), code)
    once = tuple(first.values())
    if len(once) < len(codes):
        faults.append(TWICE)
    if len(once) > MOST:
        faults.append(TOO_MANY)
    made, wrong = read_day(day.strip(), today)
    faults += [wrong] if wrong and cpr.MARK not in day else []
    return Reading(Shortlist(once[:MOST], made), Shortlist(once[MOST:], made), tuple(faults))


def read_day(text: str, today: date) -> tuple[date | None, str | Promise]:
    """Return the day that `text` (ISO) tells, or none and why not; no reason when it is empty."""
    if not text:
        return None, ""
    try:
        day = date.fromisoformat(text) if _DAY.fullmatch(text) else None
    except ValueError:
        day = None
    if day is None or day < EARLIEST:
        return None, NO_DAY
    return (None, FUTURE) if day > today else (day, "")
