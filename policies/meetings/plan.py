"""What a file of meetings would do to the calendar, shown before it is done; then just that, or nothing."""

import hashlib
from collections.abc import Iterable, Sequence
from copy import copy
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from offers.history.record import Recording
from policies.meetings.rows import LineError, Refused, Row, shown
from policies.models import Committee, Meeting
from policies.models.meeting import TIMES_TURNED

TAKEN = "Udvalget har allerede et møde den dag. Ret datoen, eller slet det ene møde."
TWICE = "Mødet står to gange i filen. Slet den ene."
SAME_DAY = "Filen har to møder i udvalget den dag. Ret datoen, eller slet det ene."

NEW, CHANGED, UNCHANGED, REFUSED = "nyt", "ændret", "uændret", "afvist"
_TOLD = {NEW: "nye", CHANGED: "ændrede", UNCHANGED: "uændrede", REFUSED: "afviste"}
# What editors call the fields.
_LABELS = {field.name: str(field.verbose_name).capitalize() for field in Meeting._meta.fields}


@dataclass(frozen=True)
class Change:
    """One field that gets another value."""

    field: str
    before: Any
    after: Any

    @property
    def label(self) -> str:
        """What editors call the field."""
        return _LABELS[self.field]


@dataclass(frozen=True)
class Step:
    """What is done with one line; `meeting` is as it will be, and None for what is refused."""

    line: int
    kind: str
    said: str = ""
    reason: str = ""
    meeting: Meeting | None = None
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True)
class Plan:
    """What is done with each line of a file."""

    steps: Sequence[Step]

    def of(self, kind: str) -> list[Step]:
        """Return the steps of one kind."""
        return [step for step in self.steps if step.kind == kind]

    @property
    def told(self) -> str:
        """How many steps there are of each kind, in words."""
        return ", ".join(f"{len(self.of(kind))} {word}" for kind, word in _TOLD.items())

    @property
    def is_refused(self) -> bool:
        """Whether any line cannot be used."""
        return bool(self.of(REFUSED))

    @property
    def may_be_done(self) -> bool:
        """Whether no line is refused, and some line does something: all or nothing."""
        return not self.is_refused and bool(self.of(NEW) or self.of(CHANGED))

    @property
    def mark(self) -> str:
        """A short text that is the same for the same plan, and for no other."""
        told = [
            (step.line, step.kind, step.reason, *_facts(step.meeting), step.changes) for step in self.steps
        ]
        return hashlib.sha256(repr(told).encode()).hexdigest()


def plan(rows: Iterable[Row | Refused], default: Committee | None, *, lock: bool = False) -> Plan:
    """Return what `rows` would do; `default` is the committee of rows that name none.

    With `lock`, nobody else changes the meetings until the transaction is over.
    """
    planner = _Planner(list(rows), default, lock=lock)
    return Plan([planner.step(row) for row in planner.rows])


class _Planner:
    """The rows of a file beside the meetings there are."""

    def __init__(self, rows: list[Row | Refused], default: Committee | None, *, lock: bool):
        """Read the committees and their meetings, and find the meeting of each row. Two queries."""
        self.rows, self.default = rows, default
        self.committees = list(Committee.objects.select_related("authority").order_by("pk"))
        meetings = Meeting.objects.order_by("pk")
        stored = list(meetings.select_for_update() if lock else meetings)
        self.by_day = {(one.committee_id, one.held_on): one for one in stored}
        self.by_uid = {(one.committee_id, one.external_uid): one for one in stored if one.external_uid}
        matched = {found.pk for row in rows if isinstance(row, Row) and (found := self._found(row))}
        # The days that are left to others, and those that this file has taken so far.
        self.kept_days = {key for key, one in self.by_day.items() if one.pk not in matched}
        self.days: set[tuple[int, date]] = set()
        self.names: set[tuple[int, str]] = set()
        self.met: set[int] = set()

    def step(self, row: Row | Refused) -> Step:
        """Return what is done with one row."""
        if isinstance(row, Refused):
            return Step(row.line, REFUSED, row.said, row.reason)
        try:
            committee = self._committee(row)
            stored = self._found(row)
            meeting = copy(stored) if stored else Meeting(committee=committee)
            for name, value in {**row.values, **({"external_uid": row.uid} if row.uid else {})}.items():
                setattr(meeting, name, value)
            meeting.committee = committee
            _check(meeting)
            self._take(meeting, row)
        except LineError as error:
            return Step(row.line, REFUSED, row.said, str(error))
        changes = _changes(stored, meeting) if stored else ()
        kind = NEW if stored is None else CHANGED if changes else UNCHANGED
        return Step(row.line, kind, row.said, "", meeting, changes)

    def _committee(self, row: Row) -> Committee:
        """Return the committee that the row is about; raises LineError."""
        if not row.committee:
            if self.default is None:
                raise LineError("Linjen nævner intet udvalg. Vælg et udvalg under filen.")
            return self.default
        name = row.committee.casefold()
        named = [one for one in self.committees if name in (one.slug, one.name.casefold())]
        if not named:
            raise LineError(
                f"Udvalget “{shown(row.committee)}” findes ikke. Skriv navnet, som det står her."
            )
        if len(named) > 1:
            slugs = " eller ".join(one.slug for one in named)
            raise LineError(f"Flere udvalg hedder “{named[0].name}”. Skriv {slugs}.")
        return named[0]

    def _found(self, row: Row) -> Meeting | None:
        """Return the meeting that the row is about: by its UID, else by its day; None when it is new."""
        try:
            key = self._committee(row).pk
        except LineError:
            return None
        if row.uid and (found := self.by_uid.get((key, row.uid))):
            return found
        found = self.by_day.get((key, row.values["held_on"]))
        return found if found and (not row.uid or not found.external_uid) else None

    def _take(self, meeting: Meeting, row: Row) -> None:
        """Note that the row is about `meeting`; raises LineError when another row or meeting is there."""
        day, name = (meeting.committee_id, meeting.held_on), (meeting.committee_id, row.uid)
        if day in self.days and name not in self.names:
            raise LineError(SAME_DAY)
        if name in self.names or meeting.pk in self.met:
            raise LineError(TWICE)
        if day in self.kept_days:
            raise LineError(TAKEN)
        self.days.add(day)
        if row.uid:
            self.names.add(name)
        if meeting.pk:
            self.met.add(meeting.pk)


def carry_out(
    rows: Sequence[Row | Refused], default: Committee | None, mark: str, kept: Recording
) -> tuple[Plan, bool]:
    """Do what the plan with that mark says, all of it; when it would be another by now, do nothing.

    `kept` keeps a version of each meeting. Returns the plan as it is now, and whether it was done. Raises
    IntegrityError when somebody else was quicker; then nothing is done either.
    """
    with transaction.atomic():
        now = plan(rows, default, lock=True)
        if now.mark != mark or not now.may_be_done:
            return now, False
        kept.watch(*(_meeting(step) for step in now.of(CHANGED)))
        moved = [step for step in now.of(CHANGED) if any(one.field == "held_on" for one in step.changes)]
        # Two meetings may change places: first both step aside, each to a day of its own.
        for number, step in enumerate(moved):
            aside = date.max - timedelta(days=number)
            Meeting.objects.filter(pk=_meeting(step).pk).update(held_on=aside)
        for step in now.of(CHANGED):
            _meeting(step).save()
        kept.add(*Meeting.objects.bulk_create(_meeting(step) for step in now.of(NEW)))
    return now, True


def _meeting(step: Step) -> Meeting:
    """Return the meeting of a step that has one."""
    if step.meeting is None:
        raise ValueError(step)
    return step.meeting


def _check(meeting: Meeting) -> None:
    """Raise LineError unless the meeting keeps the rules of its own row."""
    try:
        meeting.clean_fields(exclude={"committee"})
    except ValidationError as error:
        raise LineError(" ".join(_sentences(error))) from None
    if not meeting.is_in_order:
        raise LineError(TIMES_TURNED)


def _sentences(error: ValidationError) -> list[str]:
    """Return what is wrong, each after the name of its field."""
    return [f"{_LABELS[name]}: {text}" for name, texts in error.message_dict.items() for text in texts]


def _changes(stored: Meeting, meeting: Meeting) -> tuple[Change, ...]:
    """Return the fields in which the meeting differs from what is stored."""
    names = (
        "held_on",
        "starts_at",
        "ends_at",
        "place",
        "status",
        "agenda_url",
        "minutes_url",
        "external_uid",
    )
    return tuple(
        Change(name, getattr(stored, name), getattr(meeting, name))
        for name in names
        if getattr(stored, name) != getattr(meeting, name)
    )


def _facts(meeting: Meeting | None) -> tuple[Any, ...]:
    """Return what is stored of a meeting, apart from what changes by itself."""
    if meeting is None:
        return ()
    own = {"id", "uuid", "updated_at", "revision", "sequence"}
    return (meeting.pk, *(getattr(meeting, f.attname) for f in Meeting._meta.fields if f.name not in own))
