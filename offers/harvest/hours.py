"""Schedules of HSDS as our opening hours: those that come again every week. Others are told."""

import re
from datetime import date

from offers.exchange.cells import shown
from offers.exchange.columns import Raw
from offers.harvest import values
from offers.harvest.spool import Record
from offers.harvest.taken import Taken
from offers.hsds.places import DAYS, LAST_MINUTE
from offers.models import OpeningHours

Channel = OpeningHours.Channel
HOLIDAYS = "Lukket på helligdage."
UNREAD = "En åbningstid gælder ikke hver uge, eller kan ikke læses, og er udeladt."
LONGEST_NOTE = OpeningHours._meta.get_field("note").max_length or 0
_CLOSED = re.compile(
    r"Lukket (\d\d)\.(\d\d)\.(\d{4})(?:–(\d\d)\.(\d\d)\.(\d{4}))?(?: \(((?:[^()]|\([^()]*\))*)\))?\.(?: |$)"
)


def put_hours(taken: Taken, places: list[tuple[int | None, list[Record]]]) -> None:
    """Let the columns of hours hold the schedules of an offer, and of it at each of its venues."""
    found: dict[str, dict[tuple, Raw]] = {f"#{channel.value}": {} for channel in Channel}
    is_closed_on_holidays = False
    for venue, schedules in places:
        for record in schedules:
            channel, rows = _rows(record, venue)
            is_closed_on_holidays |= values.line(record.get("notes")).endswith(HOLIDAYS)
            if not rows:
                taken.notes.append(UNREAD)
            for raw in rows:
                # What the database holds to be the same interval.
                found[f"#{channel}"].setdefault((raw[0], raw[1], raw[3], raw[4]), raw)
    taken.values |= {name: list(rows.values()) for name, rows in found.items()}
    taken.values["closed_on_public_holidays"] = True if is_closed_on_holidays else None


def _rows(record: Record, venue: int | None) -> tuple[str, list[Raw]]:
    """Return what a schedule is about, and an interval for each of its days; none where it is no week's."""
    opens, closes = values.clock(record.get("opens_at")), values.clock(record.get("closes_at"))
    weekly = values.line(record.get("freq")).upper() in ("WEEKLY", "")
    often = values.whole(record.get("interval")) in (None, 1)
    named = [day.strip().upper() for day in values.line(record.get("byday")).split(",") if day.strip()]
    first, last = (values.day(record.get(name)) for name in ("valid_from", "valid_to"))
    channel, note = _told(record)
    if opens == "00:00" and closes == LAST_MINUTE[:5]:
        closes = opens
    in_order = not (first and last) or date.fromisoformat(first) <= date.fromisoformat(last)
    usable = opens and closes and weekly and often and in_order and named and set(named) <= set(DAYS)
    if not usable or (opens == closes != "00:00"):
        return channel, []
    return channel, [
        [DAYS.index(day), opens, closes, venue, first, last, note] for day in dict.fromkeys(named)
    ]


def _told(record: Record) -> tuple[str, str]:
    """Return what is open, and the note; a name that we do not have goes into the note."""
    what = values.line(record.get("description"))
    note = values.line(record.get("notes")).removesuffix(HOLIDAYS).strip()
    channel = next((each for each in Channel if str(each.label) == what), None)
    if channel is None and what:
        note = f"{what}. {note}".strip() if note else what
    return (channel or Channel.VISIT).value, note[:LONGEST_NOTE]


def put_closures(taken: Taken, alert: str) -> None:
    """Let the closures be those that the alert tells as we do; any other is for an editor to read."""
    found: dict[str, Raw] = {}
    for one in _CLOSED.findall(alert):
        first = values.day(f"{one[2]}-{one[1]}-{one[0]}")
        last = values.day(f"{one[5]}-{one[4]}-{one[3]}") if one[3] else first
        if first and last and first <= last:
            found.setdefault(first, [first, last, one[6][:120]])
    taken.values["closures"] = list(found.values())
    if rest := _CLOSED.sub("", alert).strip():
        taken.notes.append(f"Besked fra kilden, som ikke er taget med: “{shown(rest)}”")
