"""Rows of the database as records of the API. Each takes a row that `rows` loaded."""

from collections.abc import Iterable
from datetime import datetime, time
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from offers.models import Organisation
from offers.models.organisation import OrganisationKind
from policies.api import records
from policies.models import Committee, Goal, Indicator, Initiative, Meeting, Policy
from policies.models.initiative import SECTIONS

BASE = "/api/politikker"


def policy(row: Policy) -> records.PolicyRecord:
    """Return a policy, without its goals and initiatives: there may be a thousand."""
    api = settings.BASE_URL + BASE
    plain = (
        "title",
        "kind",
        "status",
        "is_draft",
        "approved_on",
        "revised_on",
        "valid_from",
        "valid_until",
    )
    texts = ("summary", "vision", "description", "source_url", "source_note")
    return records.PolicyRecord(
        id=row.uuid,
        in_force=row.in_force(),
        authority=_authority(row.authority),
        committee=_named(row.committee) if row.committee else None,
        part_of=_named(row.parent) if row.parent else None,
        published_note=row.published_on_note,
        target_groups=_terms(row.target_groups.all()),
        needs=_terms(row.needs.all()),
        sdgs=_sdgs(row.sdgs.all()),
        url=_page(row),
        goals_url=f"{api}/goals?policy_id={row.uuid}",
        initiatives_url=f"{api}/initiatives?policy_id={row.uuid}",
        **_values(row, (*plain, *texts)),
    )


def goal(row: Goal) -> records.GoalRecord:
    """Return a goal with its indicators."""
    return records.GoalRecord(
        id=row.uuid,
        policy=_named(row.policy),
        part_of_id=row.parent.uuid if row.parent else None,
        is_draft=row.policy.is_draft,
        target_groups=_terms(row.target_groups.all()),
        sdgs=_sdgs(row.sdgs.all()),
        indicators=[_indicator(each, row) for each in row.indicators.all()],
        initiative_ids=[each.uuid for each in row.initiatives.all()],
        url=_page(row),
        **_values(row, ("kind", "number", "title", "description")),
    )


def indicator(row: Indicator) -> records.IndicatorRecord:
    """Return an indicator by itself."""
    return _indicator(row, row.goal)


def _indicator(row: Indicator, of: Goal) -> records.IndicatorRecord:
    """Return an indicator of the goal `of`."""
    names = ("what", "method", "baseline", "target", "latest", "when", "source", "source_url")
    return records.IndicatorRecord(
        id=row.uuid,
        goal_id=of.uuid,
        policy_id=of.policy.uuid,
        is_draft=of.policy.is_draft,
        **_values(row, names),
    )


def initiative(row: Initiative) -> records.InitiativeRecord:
    """Return an initiative with the offers that carry it out and that the public may see."""
    names = (*SECTIONS, "title", "summary", "starts_on", "ends_on", "source_url")
    return records.InitiativeRecord(
        id=row.uuid,
        policy=_named(row.policy),
        is_draft=row.policy.is_draft,
        goal_ids=[each.uuid for each in row.goals.all()],
        offers=[
            records.DeliveryRecord(
                id=each.offer.uuid, title=each.offer.title, reason=each.reason, url=_page(each.offer)
            )
            for each in row.deliveries.all()
        ],
        url=_page(row),
        **_values(row, names),
    )


def committee(row: Committee) -> records.CommitteeRecord:
    """Return a committee; its meetings have a list of their own."""
    names = ("name", "kind", "summary", "budget_area", "budget_share", "budget_year", "budget_source")
    return records.CommitteeRecord(
        id=row.uuid,
        authority=_authority(row.authority),
        responsibilities=[line for line in map(str.strip, row.responsibilities.splitlines()) if line],
        links=[
            records.CommitteeLinkRecord(**_values(each, ("kind", "label", "url")))
            for each in row.links.all()
        ],
        url=_page(row),
        atom_url=_address("policies:meetings-atom", row.slug),
        calendar_url=_address("policies:meetings-ics", row.slug),
        **_values(row, (*names, "budget_note", "established_year", "source_url")),
    )


def meeting(row: Meeting) -> records.MeetingRecord:
    """Return a meeting, its times with the zone they are told in."""
    return records.MeetingRecord(
        id=row.uuid,
        committee=_named(row.committee),
        starts_at=_moment(row, row.starts_at),
        ends_at=_moment(row, row.ends_at),
        last_modified=row.updated_at.replace(microsecond=0),
        url=_page(row),
        **_values(row, ("held_on", "place", "status", "agenda_url", "minutes_url")),
    )


def _values(row: Any, names: Iterable[str]) -> dict[str, Any]:
    """Return what the fields of those names hold."""
    return {name: getattr(row, name) for name in names}


def _page(row: Any) -> str:
    """Return the whole address of the page that shows the row."""
    return settings.BASE_URL + row.get_absolute_url()


def _address(name: str, slug: str) -> str:
    """Return the whole address of what has that name among Django's addresses."""
    return settings.BASE_URL + reverse(name, args=[slug])


def _moment(row: Meeting, clock: time | None) -> datetime | None:
    """Return the moment at `clock` on the day of the meeting."""
    zone = timezone.get_default_timezone()
    return None if clock is None else datetime.combine(row.held_on, clock, zone)


def _named(row: Any) -> records.NamedRecord:
    """Return a row by its id and what it is called."""
    return records.NamedRecord(id=row.uuid, name=str(row))


def _authority(row: Organisation) -> records.AuthorityRecord:
    """Return who stands behind."""
    return records.AuthorityRecord(id=row.uuid, name=row.name, kind=OrganisationKind(row.kind))


def _terms(rows: Iterable[Any]) -> list[records.TermRecord]:
    """Return words of a vocabulary."""
    return [records.TermRecord(code=row.slug, name=row.name) for row in rows]


def _sdgs(rows: Iterable[Any]) -> list[records.SdgRecord]:
    """Return goals of the world."""
    return [records.SdgRecord(number=row.number, name=row.name) for row in rows]
