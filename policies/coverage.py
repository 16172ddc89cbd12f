"""How far policies are carried out: which goals have an initiative, and which initiatives an offer.

A goal is carried out by the initiatives that serve it or a goal below it. An idea is nobody's goal yet, and
a draft binds nobody: neither is counted. Only published offers count.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from offers.models import Offer
from policies.models import Delivery, Goal, Initiative, Policy


@dataclass(frozen=True)
class Carried:
    """The keys of the goals that have an initiative, and of those that have one with an offer."""

    begun: frozenset[int]
    delivered: frozenset[int]


def carried(
    parents: Mapping[int, int | None], served: Iterable[tuple[int, int]], delivering: Collection[int]
) -> Carried:
    """Return which goals are carried out; pure.

    `parents` has the goal above each goal, `served` pairs of an initiative and a goal that it serves,
    `delivering` the initiatives that have an offer.
    """
    begun: set[int] = set()
    delivered: set[int] = set()
    for initiative, goal in served:
        above = set(_upwards(parents, goal))
        begun |= above
        if initiative in delivering:
            delivered |= above
    return Carried(frozenset(begun & parents.keys()), frozenset(delivered & parents.keys()))


def _upwards(parents: Mapping[int, int | None], goal: int | None) -> Iterable[int]:
    """Yield a goal and those above it, each once."""
    seen: set[int] = set()
    while goal is not None and goal not in seen:
        seen.add(goal)
        yield goal
        goal = parents.get(goal)


@dataclass(frozen=True)
class Coverage:
    """The goals and initiatives of some policies, and those that nothing carries out, in order."""

    goals: list[Goal]
    initiatives: list[Initiative]
    begun: int
    delivered: int
    idle_goals: list[Goal]
    idle_initiatives: list[Initiative]


def coverage(policies: Any) -> Coverage:
    """Return how far `policies` (a queryset) are carried out. Four queries, whatever there is."""
    counted = policies.exclude(status=Policy.Status.DRAFT).order_by()
    goals = list(
        Goal.objects.filter(policy__in=counted)
        .exclude(kind=Goal.Kind.IDEA)
        .select_related("policy")
        .order_by("policy__sort_key", "policy", "order", "pk")
    )
    initiatives = list(
        Initiative.objects.filter(policy__in=counted).order_by("policy__sort_key", "policy", "order", "pk")
    )
    links = Initiative.goals.through.objects.filter(goal__policy__in=counted)
    offers = Offer.objects.published().order_by()
    delivering = set(Delivery.objects.filter(offer__in=offers).values_list("initiative_id", flat=True))
    parents = {goal.pk: goal.parent_id for goal in goals}
    found = carried(parents, links.values_list("initiative_id", "goal_id"), delivering)
    return Coverage(
        goals=goals,
        initiatives=initiatives,
        begun=len(found.begun),
        delivered=len(found.delivered),
        idle_goals=[goal for goal in goals if goal.pk not in found.begun],
        idle_initiatives=[one for one in initiatives if one.pk not in delivering],
    )
