"""Meetings as people follow them: a calendar to subscribe to (RFC 5545), and an Atom feed (RFC 4287).

`committee` is the one whose meetings they are, or None for all. The same data give the same bytes.
"""

import re
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit
from uuid import NAMESPACE_URL, uuid5

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import format_html_join
from django.utils.translation import get_language, gettext
from icalendar import Calendar, Event

from offers.calendar_file import empty_calendar
from offers.moments import clock
from policies.models import Committee, Meeting

# Meetings are planned a year at a time: to look once a day is enough (RFC 7986, 5.7).
LOOK_AGAIN = timedelta(days=1)
# A feed that has told nothing yet was last changed then: its readers need a time, and the same each time.
NEVER = datetime(1970, 1, 1, tzinfo=UTC)
_UNREADABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def changed_at(meetings: Iterable[Meeting]) -> datetime | None:
    """Return when one of the meetings was last changed, in whole seconds; None when there are none."""
    return max((meeting.updated_at.replace(microsecond=0) for meeting in meetings), default=None)


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
    changed = meeting.updated_at.astimezone(UTC).replace(microsecond=0)
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


def atom(meetings: Iterable[Meeting], committee: Committee | None) -> bytes:
    """Return the meetings as a feed: one entry each, which is told again when the meeting is changed."""
    here = address("atom", committee)
    feed = _Feed(
        title=_readable(name_of(committee)),
        link=page_of(committee),
        description=None,
        language=get_language(),
        author_name=_readable(committee.authority.name if committee else settings.SITE_NAME),
        feed_url=here,
        feed_guid=uuid5(NAMESPACE_URL, here).urn,
    )
    for meeting in meetings:
        feed.add_item(
            title=_readable(f"{meeting.title()}, {meeting.day()}"),
            link=settings.BASE_URL + meeting.get_absolute_url(),
            description=_in_words(meeting),
            unique_id=meeting.uuid.urn,
            updateddate=meeting.updated_at.astimezone(UTC).replace(microsecond=0),
        )
    return feed.writeString("utf-8").encode()


class _Feed(Atom1Feed):
    """An Atom feed that also knows when nothing has been told."""

    def latest_post_date(self) -> datetime:
        """Return when an entry was last changed; Django would say “now” of a feed without entries."""
        return max((item["updateddate"] for item in self.items), default=NEVER)


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
    return format_html_join("", "<p>{}</p>", ((_readable(line),) for line in lines))


def _papers(meeting: Meeting) -> list[str]:
    """Return where the papers of the meeting can be read, one a line."""
    found = []
    if meeting.agenda_url:
        found.append(gettext("Dagsorden: {address}").format(address=meeting.agenda_url))
    if meeting.minutes_url:
        found.append(gettext("Referat: {address}").format(address=meeting.minutes_url))
    return found


def _readable(text: str) -> str:
    """Return `text` without the signs that no XML may hold (XML 1.0, 2.2)."""
    return _UNREADABLE.sub("", text)
