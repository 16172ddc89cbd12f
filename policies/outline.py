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


def outline(lineage: Lineage, terms: Terms) -> list[Entry]:
    """Return the goals at the top, in order, each with those below it in its `parts`. No query."""
    entries = {
        goal.pk: Entry(goal, steps, terms.by_goal.get(goal.pk, []), goal.pk in lineage.idle)
        for goal, steps in lineage.by_goal
    }
    top: list[Entry] = []
    for entry in entries.values():
        parent = entry.goal.parent_id
        (entries[parent].parts if parent in entries else top).append(entry)
    return top
