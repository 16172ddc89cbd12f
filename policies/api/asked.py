"""What one may ask for, and the rows that answer: in a steady order, loaded with all that is told of them.

Several parameters narrow the list together (and).
"""

from typing import Any
from uuid import UUID

from django.db.models import F, Prefetch, QuerySet
from pydantic import Field

from offers.api.parameters import Day, Id, Moment, PageAsked
from offers.models import Offer
from policies.models import Committee, Delivery, Goal, Indicator, Initiative, Meeting, Policy
from policies.models.committee import CommitteeKind
from policies.models.goal import GoalKind
from policies.models.meeting import MeetingStatus
from policies.models.policy import PolicyKind, PolicyStatus

AUTHORITY = "Kun fra denne myndighed, ved id. (Only from this authority.)"
COMMITTEE = "Kun fra dette udvalg, ved id. (Only from this committee.)"
POLICY = "Kun fra denne politik, ved id. (Only from this policy.)"
KIND = "Kun denne slags. (Only this kind.)"
STATUS = "Kun med denne status. (Only with this status.)"


class PoliciesAsked(PageAsked):
    """Which policies."""

    authority_id: Id | None = Field(None, description=AUTHORITY)
    committee_id: Id | None = Field(None, description=COMMITTEE)
    part_of_id: Id | None = Field(
        None, description="Kun dele af denne politik. (Only parts of this policy.)"
    )
    kind: PolicyKind | None = Field(None, description=KIND)
    status: PolicyStatus | None = Field(None, description=STATUS)


class GoalsAsked(PageAsked):
    """Which goals."""

    policy_id: Id | None = Field(None, description=POLICY)
    authority_id: Id | None = Field(None, description=AUTHORITY)
    committee_id: Id | None = Field(None, description=COMMITTEE)
    part_of_id: Id | None = Field(
        None, description="Kun mål under dette mål. (Only goals below this goal.)"
    )
    kind: GoalKind | None = Field(None, description=KIND)
    status: PolicyStatus | None = Field(None, description=STATUS)


class InitiativesAsked(PageAsked):
    """Which initiatives."""

    policy_id: Id | None = Field(None, description=POLICY)
    authority_id: Id | None = Field(None, description=AUTHORITY)
    committee_id: Id | None = Field(None, description=COMMITTEE)
    goal_id: Id | None = Field(
        None, description="Kun dem, der tjener dette mål. (Only those that serve this goal.)"
    )
    offer_id: Id | None = Field(
        None,
        description="Kun dem, som dette tilbud udfører; id'et er det samme som i HSDS. "
        "(Only those that this offer carries out.)",
    )
    status: PolicyStatus | None = Field(None, description=STATUS)


class IndicatorsAsked(PageAsked):
    """Which indicators."""

    goal_id: Id | None = Field(None, description="Kun for dette mål. (Only of this goal.)")
    policy_id: Id | None = Field(None, description=POLICY)
    authority_id: Id | None = Field(None, description=AUTHORITY)
    status: PolicyStatus | None = Field(None, description=STATUS)


class CommitteesAsked(PageAsked):
    """Which committees."""

    authority_id: Id | None = Field(None, description=AUTHORITY)
    kind: CommitteeKind | None = Field(None, description=KIND)


class MeetingsAsked(PageAsked):
    """Which meetings."""

    committee_id: Id | None = Field(None, description=COMMITTEE)
    authority_id: Id | None = Field(None, description=AUTHORITY)
    status: MeetingStatus | None = Field(None, description=STATUS)
    held_from: Day | None = Field(None, description="Fra og med denne dag. (On this day or later.)")
    held_until: Day | None = Field(None, description="Til og med denne dag. (On this day or earlier.)")
    modified_after: Moment | None = Field(
        None,
        description="Kun dem, der er ændret da eller senere. (Only those changed then or later.)",
        examples=["2026-11-22T08:30:00Z"],
    )


def policies(asked: PoliciesAsked) -> QuerySet[Policy]:
    """Return the policies asked for, in the order of the Danish alphabet."""
    rows = Policy.objects.select_related("authority", "committee", "parent")
    rows = rows.prefetch_related("target_groups", "needs", "sdgs").in_order()
    where = {
        "authority__uuid": asked.authority_id,
        "committee__uuid": asked.committee_id,
        "parent__uuid": asked.part_of_id,
        "kind": asked.kind,
        "status": asked.status,
    }
    return _narrowed(rows, where)


def goals(asked: GoalsAsked) -> QuerySet[Goal]:
    """Return the goals asked for, by policy and in the order of each."""
    rows = Goal.objects.select_related("policy", "parent").prefetch_related(
        "target_groups", "sdgs", "indicators", "initiatives"
    )
    where = {
        **_of_policy("policy", asked.policy_id, asked.authority_id, asked.status),
        "policy__committee__uuid": asked.committee_id,
        "parent__uuid": asked.part_of_id,
        "kind": asked.kind,
    }
    return _narrowed(rows.order_by("policy__sort_key", "policy_id", "order", "pk"), where)


def initiatives(asked: InitiativesAsked) -> QuerySet[Initiative]:
    """Return the initiatives asked for, by policy; with those offers alone that the public may see."""
    shown = Delivery.objects.filter(offer__in=Offer.objects.published())
    rows = Initiative.objects.select_related("policy").prefetch_related(
        "goals", Prefetch("deliveries", queryset=shown.select_related("offer"))
    )
    if asked.offer_id:
        rows = rows.filter(pk__in=shown.filter(offer__uuid=asked.offer_id).values("initiative"))
    where = {
        **_of_policy("policy", asked.policy_id, asked.authority_id, asked.status),
        "policy__committee__uuid": asked.committee_id,
        "goals__uuid": asked.goal_id,
    }
    return _narrowed(rows.order_by("policy__sort_key", "policy_id", "order", "pk"), where)


def indicators(asked: IndicatorsAsked) -> QuerySet[Indicator]:
    """Return the indicators asked for, by policy and goal."""
    where = {
        **_of_policy("goal__policy", asked.policy_id, asked.authority_id, asked.status),
        "goal__uuid": asked.goal_id,
    }
    order = ("goal__policy__sort_key", "goal__policy_id", "goal__order", "goal_id", "order", "pk")
    return _narrowed(Indicator.objects.select_related("goal__policy").order_by(*order), where)


def committees(asked: CommitteesAsked) -> QuerySet[Committee]:
    """Return the committees asked for, by authority."""
    rows = Committee.objects.select_related("authority").prefetch_related("links")
    rows = rows.order_by("authority__sort_key", "sort_key", "pk")
    return _narrowed(rows, {"authority__uuid": asked.authority_id, "kind": asked.kind})


def meetings(asked: MeetingsAsked) -> QuerySet[Meeting]:
    """Return the meetings asked for, the latest first."""
    rows = Meeting.objects.select_related("committee")
    where = {
        "committee__uuid": asked.committee_id,
        "committee__authority__uuid": asked.authority_id,
        "status": asked.status,
        "held_on__gte": asked.held_from,
        "held_on__lte": asked.held_until,
        "updated_at__gte": asked.modified_after,
    }
    return _narrowed(rows.order_by(F("held_on").desc(), "starts_at", "pk"), where)


def _of_policy(path: str, policy: UUID | None, authority: UUID | None, status: Any) -> dict[str, Any]:
    """Return the conditions about the policy at `path`."""
    return {
        f"{path}__uuid": policy,
        f"{path}__authority__uuid": authority,
        f"{path}__status": status,
    }


def _narrowed(rows: QuerySet, where: dict[str, Any]) -> QuerySet:
    """Return the rows that meet the conditions that are asked for."""
    return rows.filter(**{lookup: value for lookup, value in where.items() if value is not None})
