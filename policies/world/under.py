"""What stands under one of the world's goals. Nothing is guessed: somebody's paper names the goal.

A policy, a goal, an idea or a paper stands there when it names the world's goal. The ideas of a catalogue
that names it stand there too. An offer stands there when it carries out an initiative that serves such a
goal, or that belongs to, or serves, such a policy.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Exists, OuterRef, Q

from offers.models import Offer
from policies.models import Delivery, Document, Goal, Initiative, Policy, Sdg

IDEA = Goal.Kind.IDEA


@dataclass(frozen=True)
class Reason:
    """Why an offer stands there: what it carries out, and the goal or else the policy that names it."""

    initiative: Initiative
    goal: Goal | None
    policy: Policy


@dataclass
class OfferUnder:
    """A published offer, and each reason why it stands there."""

    offer: Offer
    reasons: list[Reason] = field(default_factory=list)


@dataclass(frozen=True)
class Counts:
    """How much stands under one of the world's goals."""

    sdg: Sdg
    policies: int
    goals: int
    ideas: int
    offers: int
    documents: int

    @property
    def is_empty(self) -> bool:
        """Whether nothing does."""
        return not (self.policies or self.goals or self.ideas or self.offers or self.documents)


def goals_and_ideas(sdg: Sdg) -> Any:
    """Return the goals that name `sdg`, and the ideas that do (`names_it`) or whose catalogue does."""
    named = Q(names_it=True) | Q(kind=IDEA, policy__in=sdg.policies.values("pk"))
    itself = Exists(Goal.sdgs.through.objects.filter(goal=OuterRef("pk"), sdg=sdg))
    rows = Goal.objects.annotate(names_it=itself).filter(named).select_related("policy")
    return rows.order_by("policy__sort_key", "policy_id", "order", "pk")


def offers_under(policies: Iterable[Policy], goals: Iterable[Any]) -> list[OfferUnder]:
    """Return the offers that carry out the `policies` and `goals` that name it. Two queries."""
    naming = {policy.pk for policy in policies}
    direct = {goal.pk for goal in goals if goal.names_it}
    served: dict[int, list[Goal]] = {}
    links = Initiative.goals.through.objects.filter(Q(goal__in=direct) | Q(goal__policy__in=naming))
    for link in links.select_related("goal__policy").order_by("goal__order", "goal_id"):
        served.setdefault(link.initiative_id, []).append(link.goal)
    rows = Delivery.objects.filter(
        Q(initiative__in=served) | Q(initiative__policy__in=naming),
        offer__in=Offer.objects.published().order_by(),
    )
    found: dict[int, OfferUnder] = {}
    for row in rows.select_related("offer", "initiative__policy").order_by(
        "offer__sort_key", "offer", "pk"
    ):
        reason = _reason(row.initiative, served.get(row.initiative_id, []), direct, naming)
        found.setdefault(row.offer_id, OfferUnder(row.offer)).reasons.append(reason)
    return list(found.values())


def _reason(
    initiative: Initiative, served: Iterable[Goal], direct: Collection[int], naming: Collection[int]
) -> Reason:
    """Return the nearest reason: a goal that names it, the policy, or that of a goal it serves."""
    for goal in served:
        if goal.pk in direct:
            return Reason(initiative, goal, goal.policy)
    if initiative.policy_id in naming:
        return Reason(initiative, None, initiative.policy)
    return Reason(initiative, None, next(goal.policy for goal in served))


def counts() -> list[Counts]:
    """Return how much stands under each of the 17. Seven queries, whatever there is."""
    policies = _pairs(Policy.sdgs.through.objects.values_list("sdg", "policy"))
    direct = _pairs(Goal.sdgs.through.objects.values_list("sdg", "goal"))
    kinds = Goal.objects.filter(Q(kind=IDEA) | Q(sdgs__isnull=False)).distinct()
    rows = {pk: (kind, policy) for pk, kind, policy in kinds.values_list("pk", "kind", "policy")}
    serving = list(Initiative.goals.through.objects.values_list("initiative", "goal", "goal__policy"))
    published = Offer.objects.published().order_by()
    deliveries = Delivery.objects.filter(offer__in=published)
    delivered = list(deliveries.values_list("initiative", "initiative__policy", "offer").order_by())
    papers = Counter(Document.sdgs.through.objects.values_list("sdg", flat=True))
    found = []
    for sdg in Sdg.objects.all():
        naming, named = policies.get(sdg.pk, set()), direct.get(sdg.pk, set())
        ideas = {
            pk for pk, (kind, policy) in rows.items() if kind == IDEA and (pk in named or policy in naming)
        }
        begun = {one for one, goal, policy in serving if goal in named or policy in naming}
        offers = {offer for one, policy, offer in delivered if one in begun or policy in naming}
        goals = named - ideas
        found.append(Counts(sdg, len(naming), len(goals), len(ideas), len(offers), papers[sdg.pk]))
    return found


def _pairs(rows: Iterable[tuple[int, int]]) -> Mapping[int, set[int]]:
    """Return the second of each pair, by the first."""
    found: dict[int, set[int]] = {}
    for one, other in rows:
        found.setdefault(one, set()).add(other)
    return found
