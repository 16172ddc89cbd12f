"""Who carries out a policy: goal by goal the initiatives, their offers, and the committee that answers."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Q
from django.utils.translation import gettext

from offers.models import Offer
from policies.coverage import carried
from policies.models import Delivery, Goal, Initiative, Policy
from policies.trace import Node, Trace, drawn

# A picture with more boxes in a column is no picture.
MOST = 60


@dataclass(frozen=True)
class Step:
    """An initiative and the published offers that carry it out."""

    initiative: Initiative
    offers: list[Offer]


class Lineage:
    """What leads from the goals of a policy to offers. Three queries."""

    def __init__(self, policy: Policy, goals: Sequence[Goal]):
        """Read it; `goals` are those of the policy, in order."""
        self.policy, self.goals = policy, _tree_order(goals)
        ours = Q(policy=policy) | Q(pk__in=_serving(policy).values("initiative"))
        initiatives = Initiative.objects.filter(ours).order_by("policy__sort_key", "policy", "order", "pk")
        offers: dict[int, list[Offer]] = {}
        deliveries = Delivery.objects.filter(
            initiative__in=initiatives.order_by(), offer__in=Offer.objects.published().order_by()
        )
        for row in deliveries.select_related("offer").order_by("offer__sort_key", "pk"):
            offers.setdefault(row.initiative_id, []).append(row.offer)
        self.steps = [Step(row, offers.get(row.pk, [])) for row in initiatives]
        self.served = list(_serving(policy).order_by("pk").values_list("goal_id", "initiative_id"))

    @cached_property
    def begun(self) -> frozenset[int]:
        """The keys of the goals that have an initiative, themselves or below them."""
        parents = {goal.pk: goal.parent_id for goal in self.goals}
        return carried(parents, ((initiative, goal) for goal, initiative in self.served), ()).begun

    @cached_property
    def by_goal(self) -> list[tuple[Goal, list[Step]]]:
        """The goals in the order of the page, each with what serves it."""
        steps = {step.initiative.pk: step for step in self.steps}
        found: dict[int, list[Step]] = {goal.pk: [] for goal in self.goals}
        for goal, initiative in self.served:
            if goal in found and initiative in steps:
                found[goal].append(steps[initiative])
        return [(goal, found[goal.pk]) for goal in self.goals]

    @property
    def loose(self) -> list[Step]:
        """The initiatives that serve none of the goals."""
        serving = {initiative for _, initiative in self.served}
        return [step for step in self.steps if step.initiative.pk not in serving]

    @cached_property
    def picture(self) -> Trace | None:
        """The same as a picture; None when a column would be too long to be read."""
        columns = {
            gettext("Mål i politikken"): self._goal_nodes(),
            gettext("Indsatser"): self._initiative_nodes(),
            gettext("Tilbud"): self._offer_nodes(),
            gettext("Udvalg"): self._committee_nodes(),
        }
        if max(map(len, columns.values())) > MOST:
            return None
        return drawn({head: nodes for head, nodes in columns.items() if nodes}, self._links())

    def _goal_nodes(self) -> list[Node]:
        """Return the goals that are served, and those that nothing serves; not those served only below."""
        idle = gettext("Ingen indsats")
        return [
            Node(f"g{goal.pk}", goal.title, f"#{goal.slug}", "" if steps else idle)
            for goal, steps in self.by_goal
            if steps or goal.pk not in self.begun
        ]

    def _initiative_nodes(self) -> list[Node]:
        idle = gettext("Intet tilbud")
        return [
            Node(
                f"i{step.initiative.pk}",
                step.initiative.title,
                step.initiative.get_absolute_url(),
                "" if step.offers else idle,
            )
            for step in self.steps
        ]

    def _offer_nodes(self) -> list[Node]:
        offers = {offer.pk: offer for step in self.steps for offer in step.offers}
        return [Node(f"o{pk}", offer.title, offer.get_absolute_url()) for pk, offer in offers.items()]

    def _committee_nodes(self) -> list[Node]:
        committee = self.policy.committee
        return [Node("c", committee.name, committee.get_absolute_url())] if committee else []

    def _links(self) -> list[tuple[str, str]]:
        carried = [
            (f"i{step.initiative.pk}", f"o{offer.pk}") for step in self.steps for offer in step.offers
        ]
        answered = [(offer, "c") for _, offer in carried]
        return [*((f"g{goal}", f"i{initiative}") for goal, initiative in self.served), *carried, *answered]


def _tree_order(goals: Sequence[Goal]) -> list[Goal]:
    """Return goals as they stand on the page: each before those below it."""
    below: dict[int | None, list[Goal]] = {}
    for goal in goals:
        below.setdefault(goal.parent_id, []).append(goal)
    found: list[Goal] = []
    waiting = below.get(None, [])[::-1]
    while waiting:
        found.append(waiting.pop())
        waiting += below.get(found[-1].pk, [])[::-1]
    return found


def _serving(policy: Policy):
    """Return the rows that say which initiatives serve the goals of a policy."""
    return Initiative.goals.through.objects.filter(goal__policy=policy)
