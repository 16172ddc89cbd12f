"""Three states of one thing: what it was, what somebody else made of it, and what I did."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.db.models import Model

from offers.history.compare import DOT, Item, differing, flat, whole
from offers.history.states import State, bare


@dataclass(frozen=True)
class Choice:
    """One thing on which two editors differ: what it was (None: not known), and what each made of it."""

    item: Item
    base: str | None
    theirs: str
    mine: str
    suggested: str

    @property
    def both(self) -> bool:
        """Whether both have changed it, so that nobody but the editor can choose."""
        return not self.suggested


def choices(model: type[Model], base: State | None, theirs: State, mine: State) -> list[Choice]:
    """Return all on which the two differ that can be edited; what only one has changed is suggested."""
    if base is None:
        items = differing(model, (theirs, mine))
        return [Choice(item, None, item.texts[0], item.texts[1], "") for item in items]
    found = []
    for item in differing(model, (base, theirs, mine)):
        was, other, own = map(bare, item.values)
        if other == own:
            continue
        suggested = "theirs" if own == was else "mine" if other == was else ""
        found.append(Choice(item, item.texts[0], item.texts[1], item.texts[2], suggested))
    return found


def merged(theirs: State, mine: State, picked: Collection[str]) -> State:
    """Return what the other made, with what I made of the `picked` items.

    What `mine` says nothing of stays, whatever is picked: a part that is not in it is picked to go.
    """
    items, own = flat(theirs), flat(mine)
    for key in picked:
        relation, dot, _ = key.partition(DOT)
        if key in own:
            items[key] = own[key]
        elif dot and relation in mine["parts"]:
            items.pop(key, None)
    return whole(theirs, items)


def renumbered(state: State, known: State) -> State:
    """Return the state with numbers below zero for the parts that are not in `known`.

    Their numbers were given while something was tried, and may be given to others since.
    """
    numbers = {name: {part["id"] for part in parts} for name, parts in known["parts"].items()}
    parts: dict[str, list[dict[str, Any]]] = {}
    for name, rows in state["parts"].items():
        old = numbers.get(name, set())
        taken = min([0, *(part["id"] for part in rows)])
        parts[name] = []
        for part in rows:
            if part["id"] > 0 and part["id"] not in old:
                taken -= 1
                part = {**part, "id": taken}
            parts[name].append(part)
    return {**state, "parts": parts}
