"""What stands higher because of whom help is sought for; nothing is left out for it. Pure."""

import numpy as np

from offers.search.index import Index
from offers.search.opening import NO_LIMIT
from offers.search.who import ADULT, Who

# Small beside what the words tell: it only decides between offers that fit them alike.
CHILD_LIFT, RELATIVE_LIFT, CLIENT_LIFT, NOT_FOR_ME = 1.15, 1.2, 1.1, 0.9

_FOR_OTHERS = ("paaroerende", "fagfolk")


def lift(who: Who, index: Index, *, is_aged: bool) -> np.ndarray:
    """Return a factor a document; a child whose age is told is met by its age alone."""
    groups = index.facets.get("maalgruppe")
    none = np.ones(len(index))
    if groups is None:
        return none
    if who is Who.ME:
        others = [group for group in groups.values if group not in _FOR_OTHERS]
        only_others = groups.any_of(_FOR_OTHERS) & ~groups.any_of(others)
        return np.where(only_others, NOT_FOR_ME, none)
    if who is Who.CHILD:
        if is_aged:
            return none
        oldest = index.columns["max_age"]
        made_for_children = (oldest != NO_LIMIT) & (oldest < ADULT)
        lifted = made_for_children | groups.any_of(("boern", "foraeldre"))
        return np.where(lifted, CHILD_LIFT, none)
    if who is Who.RELATIVE:
        return np.where(groups.any_of(("paaroerende",)), RELATIVE_LIFT, none)
    return np.where(groups.any_of(("fagfolk",)), CLIENT_LIFT, none)
