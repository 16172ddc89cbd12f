"""Who carries policies out: goal by goal the initiatives, their offers, and the committee that answers.

A goal is carried out by the initiatives that serve it or a goal below it. Only published offers count.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from django.db.models import F, Q
from django.utils.translation import gettext

from offers.models import Offer
from policies.models import Committee, Delivery, Goal, Initiative, Policy
from policies.models.initiative import InitiativePhase
from policies.trace import Node, Trace, drawn

# A picture with more boxes in a column is no picture.
MOST = 60


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
class Step:
    """An initiative and the published offers that carry it out."""

    initiative: Initiative
    offers: list[Offer]

    @property
    def is_over(self) -> bool:
        """Whether its period has ended."""
        return self.initiative.phase() == InitiativePhase.OVER

    @property
    def is_running(self) -> bool:
        """Whether today lies in its period, as far as that is known."""
        return self.initiative.phase() == InitiativePhase.RUNNING


class Lineage:
    """What leads from the goals of some policies to offers. Two queries, whatever there is."""

    def __init__(
        self, policies: Collection[Policy], goals: Sequence[Goal], committee: Committee | None = None
    ):
        """Read it; `goals` are those of `policies`, in order, and `committee` answers for them."""
        self.goals, self.committee = _tree_order(goals), committee
        serving = Initiative.goals.through.objects.filter(goal__policy__in=policies)
        ours = Initiative.objects.filter(Q(policy__in=policies) | Q(pk__in=serving.values("initiative")))
        offers: dict[int, list[Offer]] = {}
        deliveries = Delivery.objects.filter(
            initiative__in=ours.order_by(), offer__in=Offer.objects.published().order_by()
        )
        for delivery in deliveries.select_related("offer").order_by("offer__sort_key", "pk"):
            offers.setdefault(delivery.initiative_id, []).append(delivery.offer)
        steps: dict[int, Step] = {}
        known = {goal.pk for goal in self.goals}
        # Pairs of the keys of an initiative and of a goal that it serves.
        self.served: list[tuple[int, int]] = []
        # The join gives an initiative once for each goal that it serves, and once when it serves none.
        for row in ours.annotate(serves=F("goals")).order_by(
            "policy__sort_key", "policy", "order", "pk", "serves"
        ):
            steps.setdefault(row.pk, Step(row, offers.get(row.pk, [])))
            if row.serves in known:
                self.served.append((row.pk, row.serves))
        self.steps = list(steps.values())

    @cached_property
    def carried(self) -> Carried:
        """Which goals have an initiative or an offer, themselves or below them."""
        parents = {goal.pk: goal.parent_id for goal in self.goals}
        delivering = {step.initiative.pk for step in self.steps if step.offers}
        return carried(parents, self.served, delivering)

    @cached_property
    def running(self) -> frozenset[int]:
        """The keys of the goals that have an initiative whose period covers today."""
        parents = {goal.pk: goal.parent_id for goal in self.goals}
        now = {step.initiative.pk for step in self.steps if step.is_running}
        return carried(parents, (pair for pair in self.served if pair[0] in now), ()).begun

    @cached_property
    def idle(self) -> frozenset[int]:
        """The keys of the goals that ask for an initiative and have none; empty without any initiative."""
        asking = {goal.pk for goal in self.goals if goal.kind in Goal.Kind.to_carry_out()}
        return frozenset(asking - self.carried.begun) if self.steps else frozenset()

    @cached_property
    def by_goal(self) -> list[tuple[Goal, list[Step]]]:
        """The goals in the order of the page, each with what serves it."""
        serving: dict[int, set[int]] = {goal.pk: set() for goal in self.goals}
        for initiative, goal in self.served:
            serving[goal].add(initiative)
        return [
            (goal, [step for step in self.steps if step.initiative.pk in serving[goal.pk]])
            for goal in self.goals
        ]

    @property
    def loose(self) -> list[Step]:
        """The initiatives that serve none of the goals."""
        serving = {initiative for initiative, _ in self.served}
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
            Node(f"g{goal.pk}", goal.title, goal.get_absolute_url(), "" if steps else idle)
            for goal, steps in self.by_goal
            if steps or goal.pk in self.idle
        ]

    def _initiative_nodes(self) -> list[Node]:
        over, idle = gettext("Perioden er slut"), gettext("Intet tilbud")
        return [
            Node(
                f"i{step.initiative.pk}",
                step.initiative.title,
                step.initiative.get_absolute_url(),
                over if step.is_over else "" if step.offers else idle,
            )
            for step in self.steps
        ]

    def _offer_nodes(self) -> list[Node]:
        offers = {offer.pk: offer for step in self.steps for offer in step.offers}
        return [Node(f"o{pk}", offer.title, offer.get_absolute_url()) for pk, offer in offers.items()]

    def _committee_nodes(self) -> list[Node]:
        if not self.committee:
            return []
        return [Node("c", self.committee.name, self.committee.get_absolute_url())]

    def _links(self) -> list[tuple[str, str]]:
        delivered = [
            (f"i{step.initiative.pk}", f"o{offer.pk}") for step in self.steps for offer in step.offers
        ]
        answered = [(offer, "c") for _, offer in delivered]
        return [
            *((f"g{goal}", f"i{initiative}") for initiative, goal in self.served),
            *delivered,
            *answered,
        ]


def _tree_order(goals: Sequence[Goal]) -> list[Goal]:
    """Return goals as they stand on the page: each before those below it, and goals in a ring last."""
    below: dict[int | None, list[Goal]] = {}
    for goal in goals:
        below.setdefault(goal.parent_id, []).append(goal)
    found: list[Goal] = []
    waiting = below.get(None, [])[::-1]
    while waiting:
        found.append(waiting.pop())
        waiting += below.get(found[-1].pk, [])[::-1]
    reached = {goal.pk for goal in found}
    return found + [goal for goal in goals if goal.pk not in reached]
