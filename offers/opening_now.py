"""Whether an offer is open now, until when, or when it opens, in words.

Which intervals begin on which day is the rule of `offers.search.opening`, so that a card, a page and the
filter “Åbent nu” say the same. All times are those of the clock on the wall in Denmark: on the two nights
when it is changed, an hour is missing or comes twice, and the hours still hold by the clock.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import cached_property
from itertools import chain
from typing import Any, Protocol

import numpy as np
from django.utils import timezone
from django.utils.translation import gettext

from offers.listed import Hours
from offers.models import OpeningHours
from offers.models.opening import Channel
from offers.moments import said_date, when
from offers.search.around import ordinal
from offers.search.opening import (
    CLOSURES_COLUMNS,
    HOURS_COLUMNS,
    MINUTES_OF_DAY,
    NO_LIMIT,
    begins,
    minutes,
    public_holidays,
)

# How many days ahead one looks for the next opening: first, and where that finds none.
NEAR, FAR = 15, 366
# Open so long without a break is round the clock, in minutes.
ALWAYS = 7 * MINUTES_OF_DAY


class Opens(Protocol):
    """What has hours: an offer with its rows, or a card."""

    pk: int
    closed_on_public_holidays: bool | None
    opening_hours: Any
    closures: Any


@dataclass(frozen=True)
class Span:
    """Open without a break from `opens` to `closes`, in minutes since day 0 of `date.toordinal`.

    `row` are the hours that hold now, or first, and `day` is the day on which they begin.
    """

    opens: int
    closes: int
    row: OpeningHours | Hours
    day: int


@dataclass(frozen=True)
class Line:
    """How one channel stands: what it is called, and the words for it."""

    name: str
    words: str
    is_open: bool


@dataclass(frozen=True)
class Opening:
    """How an offer with known hours stands at the minute `now`.

    `span` is what is open now or next by any channel, `parts` the same for each channel and venue.
    """

    offer: Opens
    now: int
    span: Span | None
    parts: dict[tuple[str, int | None], Span | None]

    @property
    def is_open(self) -> bool:
        """Whether anything of it is open, as the filter “Åbent nu” has it."""
        return self._is_open(self.span)

    @property
    def wait(self) -> float:
        """How many minutes until it opens: 0 when it is open, infinite when nobody knows."""
        return max(self.span.opens - self.now, 0) if self.span else float("inf")

    @cached_property
    def short(self) -> str:
        """A few words for a card: “Åbent nu”, “Åbner kl. 16 (telefon)”."""
        if not self.is_open and (closed := self._closed_words(with_reason=False)):
            return closed
        words = gettext("Åbent nu") if self.is_open else self._opens_words(self.span)
        known = {channel for channel, _ in self.parts}
        first = {channel for (channel, _), span in self.parts.items() if self._is_first(span)}
        if not first or first == known:
            return words
        return f"{words} ({', '.join(_lowered(one) for one in Channel if one in first)})"

    @property
    def lines(self) -> list[Line]:
        """What a page says: a line for each channel, or one without a name when all are alike."""
        lines = [
            Line(self._name(*part), self._words(span), self._is_open(span))
            for part, span in self.parts.items()
        ]
        alike = len({line.words for line in lines}) == 1
        return [replace(lines[0], name="")] if alike else lines

    @cached_property
    def note(self) -> str:
        """A warning when nobody has said whether it is open on the public holiday in question."""
        known = self.offer.closed_on_public_holidays is not None
        if known or self.span is None or self._is_always(self.span):
            return ""
        on_holiday = self.span.day in public_holidays(date.fromordinal(self.span.day).year)
        return gettext("Kan være lukket på helligdage") if on_holiday else ""

    def _is_open(self, span: Span | None) -> bool:
        return span is not None and span.opens <= self.now

    def _is_always(self, span: Span) -> bool:
        return self._is_open(span) and span.closes - self.now >= ALWAYS

    def _is_first(self, span: Span | None) -> bool:
        """Whether a part is open now, or opens when the first one does."""
        return span is not None and (
            self._is_open(span) or bool(self.span and span.opens == self.span.opens)
        )

    def _name(self, channel: str, venue: int | None) -> str:
        """Return what a part is called: “Telefon”, or “Fremmøde, Huset” where there are several places."""
        name = str(Channel(channel).label)
        if sum(other == channel for other, _ in self.parts) == 1 or venue is None:
            return name
        rows = self.offer.opening_hours.all()
        names = (row.venue.public_name for row in rows if row.venue and row.venue_id == venue)
        return f"{name}, {next(names)}"

    def _words(self, span: Span | None) -> str:
        """Return the whole sentence for one part."""
        if span is None or not self._is_open(span):
            said = [self._closed_words(), self._opens_words(span) if span else ""]
            return ". ".join(filter(None, said)) or gettext("Lukket nu")
        if self._is_always(span):
            return gettext("Åbent døgnet rundt")
        closes = when(span.closes, self.now, closes=True)
        return gettext("Åbent nu, lukker {when}").format(when=closes) + _noted(span)

    def _opens_words(self, span: Span | None) -> str:
        if span is None:
            return gettext("Lukket nu")
        return gettext("Åbner {when}").format(when=when(span.opens, self.now)) + _noted(span)

    def _closed_words(self, *, with_reason: bool = True) -> str:
        """Return why and until when it is closed today, if a closure or a public holiday is the reason."""
        today = date.fromordinal(self.now // MINUTES_OF_DAY)
        closure = _closed_until(self.offer, today)
        if closure is None:
            closed = self.offer.closed_on_public_holidays and today.toordinal() in public_holidays(
                today.year
            )
            return gettext("Lukket i dag (helligdag)") if closed else ""
        last, reason = closure
        said = gettext("Lukket i dag")
        if last != today:
            said = gettext("Lukket til og med {date}").format(date=said_date(last, today.toordinal()))
        return f"{said} ({reason})" if reason and with_reason else said


def openings(offers: Iterable[Opens], moment: datetime | None = None) -> dict[int, Opening]:
    """Return how each of `offers` stands at `moment` (default: now), by key; no entry without known hours.

    Costs no query when hours and closures were loaded with them.
    """
    local = timezone.localtime(moment)
    found = _look(list(offers), local, NEAR)
    unknown = [one.offer for one in found.values() if None in one.parts.values()]
    return found | _look(unknown, local, FAR)


def _look(offers: list[Any], local: datetime, days_ahead: int) -> dict[int, Opening]:
    """Return how `offers` stand at the local time, looking so many days ahead."""
    today = local.toordinal()
    now = today * MINUTES_OF_DAY + 60 * local.hour + local.minute
    parts: dict[int, dict[tuple[str, int | None], list[Span]]] = {}
    for number, row in _rows(offers):
        if row.valid_until is None or row.valid_until >= local.date():
            parts.setdefault(number, {}).setdefault((row.channel, row.venue_id), [])
    for number, span in _intervals(offers, np.arange(today - 1, today + days_ahead)):
        if span.closes > now:
            part = (span.row.channel, span.row.venue_id)
            parts.setdefault(number, {}).setdefault(part, []).append(span)
    return {
        offers[number].pk: Opening(
            offers[number],
            now,
            _first(chain.from_iterable(mine.values())),
            {part: _first(spans) for part, spans in mine.items()},
        )
        for number, mine in parts.items()
    }


def _rows(offers: list[Any]) -> list[tuple[int, OpeningHours]]:
    """Return the hours of all `offers`, each with the number of its offer, by channel and weekday."""
    order = {channel.value: number for number, channel in enumerate(Channel)}
    rows = [(number, row) for number, offer in enumerate(offers) for row in offer.opening_hours.all()]
    return sorted(rows, key=lambda pair: (pair[0], order[pair[1].channel], pair[1].weekday))


def _intervals(offers: list[Any], days: np.ndarray) -> Iterator[tuple[int, Span]]:
    """Yield every interval that begins on one of `days`, with the number of its offer."""
    rows = _rows(offers)
    hours = [
        (
            number,
            row.weekday,
            *minutes(row.opens, row.closes),
            ordinal(row.valid_from) or NO_LIMIT,
            ordinal(row.valid_until) or NO_LIMIT,
        )
        for number, row in rows
    ]
    closures = [
        (number, row.starts_on.toordinal(), row.ends_on.toordinal())
        for number, offer in enumerate(offers)
        for row in offer.closures.all()
    ]
    begun = begins(
        np.array(hours, np.int64).reshape(-1, HOURS_COLUMNS),
        np.array(closures, np.int64).reshape(-1, CLOSURES_COLUMNS),
        np.array([bool(offer.closed_on_public_holidays) for offer in offers], bool),
        days,
    )
    for at, column in zip(*(axis.tolist() for axis in np.nonzero(begun)), strict=True):
        day = int(days[column])
        midnight, (_, _, opens, closes, _, _) = day * MINUTES_OF_DAY, hours[at]
        number, row = rows[at]
        yield number, Span(midnight + opens, midnight + closes, row, day)


def _first(spans: Iterable[Span]) -> Span | None:
    """Return the first of `spans`, none of them over, with all that follows without a break."""
    to_come = sorted(spans, key=lambda span: span.opens)
    if not to_come:
        return None
    closes = to_come[0].closes
    for span in to_come:
        if span.opens > closes:
            break
        closes = max(closes, span.closes)
    return replace(to_come[0], closes=closes)


def _lowered(channel: Channel) -> str:
    """Return what a channel is called inside a sentence; what is all in capitals (SMS) stays."""
    label = str(channel.label)
    return label if label.isupper() else label.lower()


def _noted(span: Span) -> str:
    """Return the note of the hours in question, as in “ (efter aftale)”."""
    return f" ({span.row.note})" if span.row.note else ""


def _closed_until(offer: Opens, today: date) -> tuple[date, str] | None:
    """Return the last day of the closure around `today`, with those that follow at once, and its reason."""
    last, reason = None, ""
    for row in sorted(offer.closures.all(), key=lambda row: row.starts_on):
        if last is None and row.starts_on <= today <= row.ends_on:
            last, reason = row.ends_on, row.reason
        elif last is not None and row.starts_on <= last + timedelta(days=1):
            last = max(last, row.ends_on)
    return None if last is None else (last, reason)
