"""Opening hours as a reader wants them: what is open, on which days, from when to when."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby

from django.utils.translation import gettext

from offers.models import OpeningHours
from offers.models.opening import MIDNIGHT, Weekday
from offers.moments import clock
from offers.validity import covers


@dataclass
class Week:
    """The week of one channel at one venue: for each run of equal days, the hours of those days."""

    channel: str
    venue: str
    days: list[tuple[str, list[str]]] = field(default_factory=list)


def weeks(hours: Iterable[OpeningHours], at: date | None = None) -> list[Week]:
    """Return the weeks that apply on the day `at` (default: today), days with equal hours together."""
    valid = [row for row in hours if covers(row.valid_from, row.valid_until, at)]
    valid.sort(key=lambda row: (row.channel, row.venue_id or 0, row.weekday, row.opens))
    return [_week(list(rows)) for _, rows in groupby(valid, key=lambda row: (row.channel, row.venue_id))]


def _week(rows: list[OpeningHours]) -> Week:
    """Return the week of rows that share channel and venue."""
    by_day: dict[int, list[str]] = {day.value: [] for day in Weekday}
    for row in rows:
        by_day[row.weekday].append(interval(row))
    days = [
        (_run_name([Weekday(day) for day, _ in run]), intervals)
        for intervals, run in (
            (key, list(group)) for key, group in groupby(by_day.items(), key=lambda item: item[1])
        )
        if intervals
    ]
    return Week(
        channel=rows[0].get_channel_display(),
        venue=rows[0].venue.public_name if rows[0].venue else "",
        days=days,
    )


def _run_name(run: list[Weekday]) -> str:
    """Return the name of a run of days: “mandag”, “mandag–torsdag”, “alle dage”."""
    if len(run) == len(Weekday):
        return gettext("alle dage")
    return str(run[0].label) if len(run) == 1 else f"{run[0].label}–{run[-1].label}"


def interval(row: OpeningHours) -> str:
    """Return the hours of one row with its note: “kl. 11–18”, “kl. 9.30–15 (efter aftale)”."""
    closes = gettext("24") if row.closes == MIDNIGHT else clock(row.closes)
    span = gettext("kl. {opens}–{closes}").format(opens=clock(row.opens), closes=closes)
    hours = gettext("Døgnet rundt") if row.is_round_the_clock else span
    return f"{hours} ({row.note})" if row.note else hours
