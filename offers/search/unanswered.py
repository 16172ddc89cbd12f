"""Which searches the directory has no good answer to. Pure."""

from enum import StrEnum

from offers.search.telling import WEAK
from offers.search.understanding import How, Understanding

# Below so many answers, one is shown wider questions, and the search counts as weak.
FEW = 3


class Gap(StrEnum):
    """How an answer falls short, under the names in the database."""

    NOTHING = "ingen"
    WEAK = "svag"


def gap(understanding: Understanding, hits: int) -> Gap | None:
    """Return how the answer to a question falls short; None when it does not.

    It is weak when there are fewer than `FEW` hits, or when a word that tells something met nothing in the
    directory, so that the hits are only about the rest.
    """
    if not hits:
        return Gap.NOTHING
    unknown = any(one.how is How.UNKNOWN and one.weight > WEAK for one in understanding.concepts)
    return Gap.WEAK if hits < FEW or unknown else None
