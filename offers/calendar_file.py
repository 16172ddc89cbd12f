"""Files for people's calendars (iCalendar, RFC 5545): how one begins, and the dates of an offer."""

from collections.abc import Iterable
from datetime import UTC, date, datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext
from icalendar import Calendar, Event, Timezone

from offers.models import Offer, StartDate

# The clock in Denmark, by the rule of directive 2000/84/EC. What icalendar makes of the time zone itself
# lists every change since 1970, and has those of spring an hour late.
DANISH_TIME = """BEGIN:VTIMEZONE
TZID:Europe/Copenhagen
BEGIN:DAYLIGHT
DTSTART:19960331T020000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
TZNAME:CEST
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
END:DAYLIGHT
BEGIN:STANDARD
DTSTART:19961027T030000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
TZNAME:CET
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
END:STANDARD
END:VTIMEZONE
"""


def empty_calendar(name: str, kind: str, *, with_clock: bool) -> Calendar:
    """Return a calendar without events: its `name`, what `kind` of ours it is, and the Danish clock."""
    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", f"-//{settings.SITE_NAME}//{kind}//DA")
    calendar.add("x-wr-calname", name)
    if with_clock:
        calendar.add_component(Timezone.from_ical(DANISH_TIME))
    return calendar


def calendar_file(offer: Offer, start_dates: Iterable[StartDate]) -> bytes:
    """Return the file, with an event for each of `start_dates` and the time zone that they need.

    The same data give the same bytes. `offer` is loaded with its venues.
    """
    start_dates = list(start_dates)
    with_clock = any(start.starts_at for start in start_dates)
    calendar = empty_calendar(offer.title, "tilbud", with_clock=with_clock)
    for start in start_dates:
        calendar.add_component(_event(offer, start))
    return calendar.to_ical()


def calendar_of(name: str, offers: Iterable[Offer], day: date) -> bytes:
    """Return the dates from `day` on of several offers; the clock is always in it: no file may be empty.

    The offers are loaded with their venues and start dates.
    """
    calendar = empty_calendar(name, "opstart", with_clock=True)
    for offer in offers:
        for start in offer.start_dates_from(day):
            calendar.add_component(_event(offer, start))
    return calendar.to_ical()


def _event(offer: Offer, start: StartDate) -> Event:
    """Return the event of one date; without a time it takes the day. How long it lasts is not known."""
    changed = max(offer.updated_at, start.updated_at).astimezone(UTC).replace(microsecond=0)
    event = Event()
    event.add("uid", f"{offer.uuid}-{start.pk}@{urlsplit(settings.BASE_URL).hostname}")
    # Without a METHOD, this is when the event was last changed (RFC 5545, 3.8.7.2).
    event.add("dtstamp", changed)
    event.add("last-modified", changed)
    event.add("summary", gettext("Begynder: {title}").format(title=offer.title))
    event.add("dtstart", _moment(start))
    if description := _description(start):
        event.add("description", description)
    venues = [venue for venue in offer.venues.all() if venue.is_disclosable]
    if len(venues) == 1 == len(offer.venues.all()):
        event.add("location", ", ".join(filter(None, (venues[0].public_name, venues[0].address))))
    event.add("url", settings.BASE_URL + offer.get_absolute_url())
    return event


def _moment(start: StartDate):
    """Return when it begins: a day, or a time of the clock on the wall in Denmark."""
    if start.starts_at is None:
        return start.starts_on
    return datetime.combine(start.starts_on, start.starts_at, timezone.get_default_timezone())


def _description(start: StartDate) -> str:
    """Return what else there is to know about one date."""
    until = ""
    if start.apply_by:
        until = gettext("Tilmeld dig senest {day}.").format(day=date_format(start.apply_by))
    return " ".join(filter(None, (until, start.note)))
