"""The goals of a policy as its page shows them, each with what stands below it."""

from dataclasses import dataclass, field

from offers.models import TargetGroup
from policies.lineage import Lineage, Step
from policies.models import Goal
from policies.terms import Terms


@dataclass
class Entry:
    """A goal on a page; `is_idle` when it asks for an initiative and has none."""

    goal: Goal
    steps: list[Step]
    groups: list[TargetGroup]
    is_idle: bool
    parts: list["Entry"] = field(default_factory=list)

    @property
    def is_past(self) -> bool:
        """Whether the periods of all that serves it have ended."""
        return all(step.is_over for step in self.steps)


def outline(lineage: Lineage, terms: Terms) -> list[Entry]:
    """Return the goals at the top, in order, each with those below it in its `parts`. No query."""
    placed: dict[int, Entry] = {}
    top: list[Entry] = []
    for goal, steps in lineage.by_goal:
        entry = Entry(goal, steps, terms.by_goal.get(goal.pk, []), goal.pk in lineage.idle)
        # A goal stands after the one it belongs to, unless somebody made a ring by hand.
        (placed[goal.parent_id].parts if goal.parent_id in placed else top).append(entry)
        placed[goal.pk] = entry
    return top
