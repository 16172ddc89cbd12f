"""Meetings as people follow them: a calendar to subscribe to (RFC 5545), and an Atom feed (RFC 4287).

`committee` is the one whose meetings they are, or None for all. The same data give the same bytes.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from icalendar import Calendar, Event

from offers.calendar_file import empty_calendar
from offers.feeds import Entry, Feed, in_seconds, paragraphs
from offers.moments import clock
from policies.models import Committee, Meeting

# Meetings are planned a year at a time: to look once a day is enough (RFC 7986, 5.7).
LOOK_AGAIN = timedelta(days=1)


def name_of(committee: Committee | None) -> str:
    """Return what the feed is called."""
    if committee is None:
        return gettext("Møder i udvalg og råd")
    return gettext("{committee}: møder").format(committee=committee.name)


def page_of(committee: Committee | None) -> str:
    """Return the whole address of the page that shows the same."""
    path = committee.get_absolute_url() if committee else reverse("policies:calendar")
    return settings.BASE_URL + path


def address(kind: str, committee: Committee | None = None) -> str:
    """Return the whole address of a feed; `kind` is `atom` or `ics`."""
    if committee is None:
        return settings.BASE_URL + reverse(f"policies:calendar-{kind}")
    return settings.BASE_URL + reverse(f"policies:meetings-{kind}", args=[committee.slug])


def calendar(meetings: Iterable[Meeting], committee: Committee | None) -> bytes:
    """Return the meetings as a calendar; the time zone is always in it, since no calendar may be empty."""
    made: Calendar = empty_calendar(name_of(committee), "kalender", with_clock=True)
    made.add("refresh-interval", LOOK_AGAIN, parameters={"VALUE": "DURATION"})
    made.add("x-published-ttl", "P1D")
    for meeting in meetings:
        made.add_component(_event(meeting))
    return made.to_ical()


def _event(meeting: Meeting) -> Event:
    """Return one meeting as an event; without a time it takes the day."""
    changed = in_seconds(meeting.updated_at)
    event = Event()
    event.add("uid", f"{meeting.uuid}@{urlsplit(settings.BASE_URL).hostname}")
    # Without a METHOD, this is when the event was last changed (RFC 5545, 3.8.7.2).
    event.add("dtstamp", changed)
    event.add("last-modified", changed)
    event.add("sequence", meeting.sequence)
    event.add("status", "CANCELLED" if meeting.is_cancelled else "CONFIRMED")
    event.add("summary", meeting.title())
    zone = timezone.get_default_timezone()
    if meeting.starts_at is None:
        event.add("dtstart", meeting.held_on)
    else:
        event.add("dtstart", datetime.combine(meeting.held_on, meeting.starts_at, zone))
        if meeting.ends_at:
            event.add("dtend", datetime.combine(meeting.held_on, meeting.ends_at, zone))
    if meeting.place:
        event.add("location", meeting.place)
    if papers := _papers(meeting):
        event.add("description", "\n".join(papers))
    event.add("url", settings.BASE_URL + meeting.get_absolute_url())
    return event


def feed(committee: Committee | None) -> Feed:
    """Return the feed that tells of the meetings."""
    author = committee.authority.name if committee else ""
    return Feed(name_of(committee), address("atom", committee), page_of(committee), author)


def entry(meeting: Meeting) -> Entry:
    """Return one meeting as an entry. Reads `committee`."""
    return Entry(
        title=f"{meeting.title()}, {meeting.day()}",
        page=settings.BASE_URL + meeting.get_absolute_url(),
        html=_in_words(meeting),
        name=meeting.uuid.urn,
        changed=meeting.updated_at,
    )


def _in_words(meeting: Meeting) -> str:
    """Return what the entry of one meeting says, as HTML."""
    told = [meeting.day()]
    if meeting.starts_at:
        told.append(gettext("kl. {clock}").format(clock=clock(meeting.starts_at)))
    if meeting.place:
        told.append(meeting.place)
    lines = [", ".join(told) + ".", *_papers(meeting)]
    if meeting.is_cancelled:
        lines.insert(0, gettext("Mødet er aflyst."))
    return paragraphs(lines)


def _papers(meeting: Meeting) -> list[str]:
    """Return where the papers of the meeting can be read, one a line."""
    found = []
    if meeting.agenda_url:
        found.append(gettext("Dagsorden: {address}").format(address=meeting.agenda_url))
    if meeting.minutes_url:
        found.append(gettext("Referat: {address}").format(address=meeting.minutes_url))
    return found
