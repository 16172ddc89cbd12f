"""Meetings in a calendar file (iCalendar, RFC 5545), as calendars and agenda systems write it. Pure."""

import re
from collections.abc import Mapping
from datetime import date, datetime, timedelta, tzinfo
from typing import Any
from zoneinfo import ZoneInfo

from icalendar import Calendar, Component
from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

from policies.meetings.rows import (
    LONGEST_UID,
    MOST,
    FileError,
    LineError,
    Refused,
    Row,
    place_of,
    sensible,
    shown,
)

# Times without a zone are those of the clock on the wall where the committee sits.
DENMARK = ZoneInfo("Europe/Copenhagen")
UNREADABLE = "Kalenderfilen kan ikke læses. Hent den igen fra det program, der lavede den."
REPEATED = ("RRULE", "RDATE", "EXDATE", "RECURRENCE-ID")
# What a damaged file can make the library raise.
DAMAGE = (ValueError, LookupError, TypeError, AttributeError, ArithmeticError, RecursionError)

_EVENT = re.compile(r"BEGIN:VEVENT\s*", re.IGNORECASE)
_FOLD = re.compile(r"\r?\n[ \t]")
_OFTEN = re.compile(r"FREQ=(?!YEARLY)")

Zones = Mapping[str, tzinfo]


def is_calendar(text: str) -> bool:
    """Return whether a text is such a file, and not a table."""
    return text.lstrip()[:15].upper() == "BEGIN:VCALENDAR"


def rows_of(text: str) -> list[Row | Refused]:
    """Return what each event says, in the order of the file. Raises FileError."""
    lines = [number for number, line in enumerate(text.split("\n"), 1) if _EVENT.fullmatch(line)]
    if len(lines) > MOST:
        raise FileError(f"Filen har flere end {MOST} møder. Del den i flere filer.")
    # The rule of a clock that changes each second would be followed second by second.
    if _has_wild_clock(_FOLD.sub("", text)):
        raise FileError("Filens tidszone kan ikke bruges. Gem kalenderen i tidszonen Europe/Copenhagen.")
    try:
        calendars = Calendar.from_ical(text, multiple=True)
        events = [(event, one) for one in calendars for event in one.walk("VEVENT")]
        zones = {
            str(zone["TZID"]): zone.to_tz(lookup_tzid=False) for one in calendars for zone in one.timezones
        }
    except DAMAGE:
        raise FileError(UNREADABLE) from None
    if len(events) != len(lines):
        raise FileError(UNREADABLE)
    found = zip(lines, events, strict=True)
    return [_read(number, event, calendar, zones) for number, (event, calendar) in found]


def _has_wild_clock(text: str) -> bool:
    """Return whether a time zone of the file changes otherwise than by the year. Linear."""
    within = False
    for line in text.split("\n"):
        said = line.strip().upper()
        if said in ("BEGIN:VTIMEZONE", "END:VTIMEZONE"):
            within = said.startswith("BEGIN")
        elif within and _OFTEN.search(said):
            return True
    return False


def _read(number: int, event: Component, calendar: Calendar, zones: Zones) -> Row | Refused:
    """Return what one event says, or why it cannot be used."""
    try:
        said = shown(_text(event, "SUMMARY"))
        uid = _text(event, "UID")
        if len(uid) > LONGEST_UID:
            raise LineError(f"Mødets UID er længere end {LONGEST_UID} tegn. Giv det en kortere.")
        return Row(line=number, values=_values(event, calendar, zones), uid=uid, said=said)
    except LineError as error:
        return Refused(number, str(error))
    except DAMAGE:
        return Refused(number, "Mødet kan ikke læses. Gem det igen i det program, der lavede filen.")


def _values(event: Component, calendar: Calendar, zones: Zones) -> dict[str, Any]:
    """Return the fields of the meeting; raises LineError."""
    if any(name in event for name in REPEATED):
        raise LineError(
            "Mødet gentages. Det kan vi ikke læse: lav et møde for hver dag, og gem filen igen."
        )
    starts = _moment(event, "DTSTART", zones)
    if starts is None:
        raise LineError("Mødet har ingen dato. Skriv en, og gem filen igen.")
    ends = _moment(event, "DTEND", zones) or _after(starts, event)
    values = _when(starts, ends)
    gone = _text(calendar, "METHOD").upper() == "CANCEL" or _text(event, "STATUS").upper() == "CANCELLED"
    values["status"] = "aflyst" if gone else "planlagt"
    if place := place_of(_text(event, "LOCATION")):
        values["place"] = place
    if (url := _text(event, "URL")).startswith(("http:", "https:")):
        values["agenda_url"] = url
    return values


def _when(starts: date, ends: date | None) -> dict[str, Any]:
    """Return the day and the times of a meeting; raises LineError when it does not end on its day."""
    if not isinstance(starts, datetime):
        several = ends is not None and ends > starts + timedelta(days=1)
        day, clock, until = starts, None, None
    else:
        day, clock = starts.date(), starts.time()
        several = isinstance(ends, datetime) and ends.date() != day
        until = ends.time() if isinstance(ends, datetime) and ends != starts else None
    if several:
        raise LineError("Mødet slutter en anden dag. Lav et møde for hver dag, og gem filen igen.")
    return {"held_on": sensible(day), "starts_at": clock, "ends_at": until}


def _after(starts: date, event: Component) -> date | None:
    """Return when it ends by its duration; None when that is not told."""
    lasts = getattr(event.get("DURATION"), "dt", None)
    return starts + lasts if isinstance(lasts, timedelta) else None


def _moment(event: Component, name: str, zones: Zones) -> date | None:
    """Return a day, or a time by the clock in Denmark, without its zone; None when it is not told.

    Raises LineError, also for a zone that neither the file nor the world knows.
    """
    value = event.get(name)
    if value is None:
        return None
    broken = name in {wrong for wrong, _ in event.errors}
    moment = None if broken else getattr(value, "dt", None)
    if not isinstance(moment, date):
        raise LineError("Mødets tid kan ikke læses. Skriv én dag og ét klokkeslæt, og gem filen igen.")
    if not isinstance(moment, datetime):
        return moment
    sensible(moment.date())
    if tzid := value.params.get("TZID"):
        moment = moment.replace(tzinfo=_zone(str(tzid), zones))
    if moment.tzinfo is not None:
        moment = moment.astimezone(DENMARK)
    return moment.replace(second=0, microsecond=0, tzinfo=None, fold=0)


def _zone(name: str, zones: Zones) -> tzinfo:
    """Return the time zone of that name: of the world, of Windows, or of the file; raises LineError."""
    try:
        return ZoneInfo(WINDOWS_TO_OLSON.get(name, name))
    except (ValueError, LookupError, OSError):
        if name in zones:
            return zones[name]
        raise LineError(
            f"Tidszonen “{shown(name)}” kender vi ikke. Vælg Europe/Copenhagen, og gem filen igen."
        ) from None


def _text(component: Component, name: str) -> str:
    """Return what stands under `name`, of several the first; empty when nothing does."""
    value = component.get(name, "")
    if isinstance(value, list):
        value = value[0]
    return str(value).strip()
