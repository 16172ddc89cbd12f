"""How far policies are carried out: which goals have an initiative, and which initiatives an offer.

A draft binds nobody, and a plan that has run out no longer does; principles and ideas ask for no initiative
of their own. None of them is counted.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from policies.lineage import Lineage
from policies.models import Committee, Goal, Initiative, Policy


@dataclass(frozen=True)
class Coverage:
    """The goals and initiatives of some policies, and those that nothing carries out, in order."""

    goals: list[Goal]
    initiatives: list[Initiative]
    begun: int
    running: int
    delivered: int
    idle_goals: list[Goal]
    idle_initiatives: list[Initiative]
    unmeasured_goals: list[Goal]
    lineage: Lineage


def coverage(policies: Sequence[Policy], committee: Committee | None = None) -> Coverage:
    """Return how far `policies` are carried out. Three queries, whatever there is.

    `committee` stands at the end of the picture, as the one that answers for them.
    """
    counted = [policy for policy in policies if not (policy.is_draft or policy.has_expired())]
    goals: list[Any] = list(
        Goal.objects.filter(policy__in=counted)
        .to_carry_out()
        .with_lack_of_figures()
        .select_related("policy")
        .order_by("policy__sort_key", "policy", "order", "pk")
    )
    lineage = Lineage(counted, goals, committee)
    own = {policy.pk for policy in policies if not policy.is_draft}
    steps = [step for step in lineage.steps if step.initiative.policy_id in own]
    return Coverage(
        goals=goals,
        initiatives=[step.initiative for step in steps],
        begun=len(lineage.carried.begun),
        running=len(lineage.running),
        delivered=len(lineage.carried.delivered),
        idle_goals=[goal for goal in goals if goal.pk not in lineage.carried.begun],
        idle_initiatives=[step.initiative for step in steps if not step.offers],
        unmeasured_goals=[goal for goal in goals if goal.lacks_figures],
        lineage=lineage,
    )
