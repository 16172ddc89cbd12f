"""Opening hours as people write them: “man-tor 9-15.30, fre 9-12”, “døgnåbent”. Pure.

The hours of a channel stand in one text, and what `written` writes `read` reads back: after the hours may
stand a note in round brackets, a venue as “@nøgle”, and the days they apply in square ones:
“man 9-12 (efter aftale) @sundhedshuset [1.1.2027–30.6.2027]”.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, time
from itertools import groupby, pairwise

from offers.exchange.cells import CellError, day_of, shown

DAYS = ("man", "tir", "ons", "tor", "fre", "lør", "søn")
WORKDAYS, ALL_DAYS, WEEKEND = range(5), range(7), range(5, 7)
MIDNIGHT = time(0, 0)
HINT = "Skriv fx “man-tor 9-15.30, fre 9-12”, “døgnåbent” eller “lukket”."

_DAY_NAMES = (
    r"ma(?:n(?:dage?)?)?|ti(?:rs?(?:dage?)?)?|on(?:s(?:dage?)?)?|to(?:rs?(?:dage?)?)?|fr(?:e(?:dage?)?)?"
)
_DAY_NAMES += r"|l[øo]r?(?:dage?)?|s[øo]n?(?:dage?)?"
_TOKENS = re.compile(
    r"\s*(?:"
    r"(?P<note>\((?:[^()]|\([^()]*\))*\))"
    r"|(?P<valid>\[[^\]]*\])"
    r"|@(?P<venue>[a-z0-9-]+)"
    r"|(?P<round>d[øo]gnåbent?|d[øo]gnet\s+rundt|hele\s+d[øo]gnet|24\s*/\s*7|24\s+timer)"
    r"|(?P<closed>lukket)"
    r"|(?P<all>alle\s+dage|hver\s+dag|dagligt)|(?P<work>(?:alle\s+)?hverdage?)|(?P<weekend>weekend(?:er)?)"
    rf"|(?P<day>{_DAY_NAMES})(?![a-zæøå])\.?"
    r"|(?P<clock>[0-9]{1,2}(?:[.:][0-9]{2})?(?![0-9]))"
    r"|(?P<to>[-–—]|til(?![a-zæøå])|frem\s+til)"
    r"|(?P<and>[,;&+/]|og(?![a-zæøå])|\n)"
    r"|(?P<skip>kl(?:okken)?\.?|:|(?:fra|om|i)(?![a-zæøå])|\.)"
    r")",
    re.IGNORECASE,
)


@dataclass(frozen=True, order=True)
class Interval:
    """Hours of one day; `closes` at or before `opens` is the next day, as in `OpeningHours`."""

    weekday: int
    opens: time
    closes: time
    venue: str = ""  # its slug
    valid_from: date | None = None
    valid_until: date | None = None
    note: str = ""


def read(text: str) -> list[Interval]:
    """Return the hours, in the order of the week; without days they are Monday to Friday's.

    Raises CellError.
    """
    reader = _Reader(text)
    found = sorted(reader.intervals(), key=_order)
    for one, next_one in pairwise(found):
        if _key(one) == _key(next_one):
            raise CellError(
                f"Tiden {DAYS[one.weekday]} {clock(one.opens)} står der to gange. Slet den ene."
            )
    return found


def _key(one: Interval) -> tuple:
    """Return what no two intervals of a channel may share."""
    return (one.weekday, one.opens, one.venue, one.valid_from)


def _order(one: Interval) -> tuple:
    """Return the place of an interval in the week."""
    return (one.weekday, one.opens, one.venue, one.valid_from or date.min, one.closes)


class _Reader:
    """Reads days, then hours, then days again."""

    def __init__(self, text: str):
        """Cut the text into words that have a meaning here; raises CellError."""
        self.text, self.tokens, place = text, [], 0
        while text[place:].strip():
            found = _TOKENS.match(text, place)
            if not found:
                raise self.fault()
            if found.lastgroup != "skip":
                self.tokens.append((str(found.lastgroup), str(found[str(found.lastgroup)])))
            place = found.end()
        self.place = 0

    def fault(self) -> CellError:
        """Return the error that says how to write it."""
        return CellError(f"Tiderne “{shown(self.text)}” kan ikke læses. {HINT}")

    def next_is(self, *kinds: str) -> bool:
        """Whether the next word is of one of these kinds."""
        return self.place < len(self.tokens) and self.tokens[self.place][0] in kinds

    def take(self, *kinds: str) -> str:
        """Return the next word, which has to be of one of these kinds; raises CellError."""
        if not self.next_is(*kinds):
            raise self.fault()
        self.place += 1
        return self.tokens[self.place - 1][1]

    def intervals(self) -> Iterator[Interval]:
        """Yield all that is said; raises CellError."""
        while self.place < len(self.tokens):
            days, named = self.days()
            if self.next_is("closed"):
                self.take("closed")
            else:
                while True:
                    yield from self.hours(days if named or not self.next_is("round") else list(ALL_DAYS))
                    if not (self.next_is("and") and self._clock_follows()):
                        break
                    self.take("and")
            while self.next_is("and"):
                self.take("and")

    def _clock_follows(self) -> bool:
        """Whether hours stand behind the next word, so that they are of the same days."""
        return self.place + 1 < len(self.tokens) and self.tokens[self.place + 1][0] == "clock"

    def days(self) -> tuple[list[int], bool]:
        """Return the days that come next, and whether any are named."""
        groups = {"all": ALL_DAYS, "work": WORKDAYS, "weekend": WEEKEND}
        found: list[int] = []
        while self.next_is("day", *groups):
            kind = self.tokens[self.place][0]
            if kind in groups:
                self.take(kind)
                found += groups[kind]
            else:
                first = last = _weekday(self.take("day"))
                if self.next_is("to"):
                    self.take("to")
                    last = _weekday(self.take("day"))
                found += [(first + step) % 7 for step in range((last - first) % 7 + 1)]
            while self.next_is("and"):
                self.take("and")
        return (list(dict.fromkeys(found)), True) if found else (list(WORKDAYS), False)

    def hours(self, days: list[int]) -> list[Interval]:
        """Return the hours that come next, one for each day; raises CellError."""
        if self.next_is("round"):
            self.take("round")
            opens = closes = MIDNIGHT
        else:
            opens = self.clock(self.take("clock"), ends=False)
            self.take("to")
            closes = self.clock(self.take("clock"), ends=True)
            if opens == closes != MIDNIGHT:
                raise CellError("Åbner og lukker er det samme. Skriv “døgnåbent” for hele døgnet.")
        one = Interval(0, opens, closes)
        while self.next_is("note", "valid", "venue"):
            if self.next_is("note"):
                one = replace(one, note=self.take("note")[1:-1].strip())
            elif self.next_is("venue"):
                one = replace(one, venue=self.take("venue"))
            else:
                start, _, end = self.take("valid")[1:-1].replace("-", "–").partition("–")
                one = replace(one, valid_from=day_of(start.strip()), valid_until=day_of(end.strip()))
        if one.valid_from and one.valid_until and one.valid_until < one.valid_from:
            raise CellError("“Gælder til” må ikke ligge før “gælder fra”.")
        return [replace(one, weekday=day) for day in days]

    def clock(self, text: str, *, ends: bool) -> time:
        """Return a time of day; 24 is midnight where hours end. Raises CellError."""
        hour, minute = map(int, (text.replace(":", ".") + ".0").split(".")[:2])
        if ends and (hour, minute) == (24, 0):
            return MIDNIGHT
        if hour > 23 or minute > 59:
            raise CellError(f"“{shown(text)}” er ikke et klokkeslæt. {HINT}")
        return time(hour, minute)


def _weekday(name: str) -> int:
    """Return the number of a day by its first letters."""
    start = name.casefold().replace("lo", "lø").replace("so", "sø")[:2]
    return [day[:2] for day in DAYS].index(start)


def written(intervals: Iterable[Interval]) -> str:
    """Return hours as text that `read` reads back; days with the same hours stand together."""
    by_day: dict[int, list[str]] = {day: [] for day in ALL_DAYS}
    for one in sorted(intervals, key=_order):
        by_day[one.weekday].append(_span(one))
    parts = []
    for spans, run in groupby(by_day.items(), key=lambda item: item[1]):
        days = [day for day, _ in run]
        if spans:
            name = DAYS[days[0]] if len(days) == 1 else f"{DAYS[days[0]]}-{DAYS[days[-1]]}"
            parts += [f"{name} {span}" for span in spans]
    return ", ".join(parts)


def _span(one: Interval) -> str:
    """Return the hours of one interval, and what is said of them."""
    if one.opens == one.closes == MIDNIGHT:
        text = "døgnåbent"
    else:
        text = f"{clock(one.opens)}-{'24' if one.closes == MIDNIGHT else clock(one.closes)}"
    if one.note:
        text += f" ({one.note})"
    if one.venue:
        text += f" @{one.venue}"
    if one.valid_from or one.valid_until:
        ends = [
            f"{day.day}.{day.month}.{day.year}" if day else "" for day in (one.valid_from, one.valid_until)
        ]
        text += f" [{'–'.join(ends)}]"
    return text


def clock(moment: time) -> str:
    """Return a time as Danes write it: 9.30, and 11 for the full hour."""
    return f"{moment.hour}.{moment.minute:02}" if moment.minute else str(moment.hour)
