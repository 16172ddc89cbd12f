"""Whom a question is about, as far as its words and the age tell, and whom an offer is made for. Pure.

“Min søn” is said by a parent, “min far” mostly by a child or a grown-up relative. Nothing is left out for
that; what is made for such people only stands higher.
"""

from collections.abc import Iterable, Sequence

import numpy as np

from offers.search.index import Index
from offers.search.kin import CHILD, PARENT, PARTNER, POSSESSIVES, SIBLING, kin
from offers.search.opening import NO_LIMIT
from offers.search.stems import stem

# The group of filters that says whom an offer is for, and those of its values that are times of life.
GROUP = "maalgruppe"
CHILDREN, YOUNG, ADULTS, OLD, PARENTS, RELATIVES = (
    "boern",
    "unge",
    "voksne",
    "aeldre",
    "foraeldre",
    "paaroerende",
)
TIMES_OF_LIFE = (CHILDREN, YOUNG, ADULTS, OLD, PARENTS)
# Who are meant by a person of at most this age, in years; the rest are old.
STAGES = (
    (12, (CHILDREN,)),
    (17, (CHILDREN, YOUNG)),
    (29, (YOUNG, ADULTS)),
    (64, (ADULTS,)),
)
GROWN_UP_CHILDREN = 40  # a parent of this age has grown-up children
# A score is multiplied by these: made for such people, for others, for those who ask; and the last is
# added to 1 when an offer is made for people of exactly the age, less of it the wider its limits are.
MADE_FOR, FOR_OTHERS, ASKING, SAME_AGE = 1.3, 0.6, 1.4, 0.6
OLDEST = 100
# The endings of the definite form, and the length of words that have one by chance: “barn”, “børn”.
DEFINITE, SHORT = ("en", "et", "ene", "erne"), 4


def factors(index: Index, words: Sequence[str], age: int | None) -> np.ndarray:
    """Return what the score of each document is multiplied by; 1 where nothing is known.

    `words` are the folded words of the question, `age` the age in years that it names.
    """
    factor = np.ones(len(index))
    meant, asking = groups(words, age)
    if meant:
        of_life = [group for group in meant if group in TIMES_OF_LIFE]
        factor[_any_of(index, meant)] *= MADE_FOR
        factor[_any_of(index, TIMES_OF_LIFE) & ~_any_of(index, of_life)] *= FOR_OTHERS
        factor[_any_of(index, asking)] *= ASKING
    if age is not None:
        factor *= 1 + SAME_AGE * _narrowness(index, age)
    return factor


def groups(words: Sequence[str], age: int | None) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the groups that a question may be about, and those of them that ask; () when unknown."""
    stage = () if age is None else next((who for oldest, who in STAGES if age <= oldest), (OLD,))
    match relative_of(words):
        case kind if kind == CHILD:
            return (PARENTS, RELATIVES, *(stage or (CHILDREN, YOUNG))), (PARENTS,)
        case kind if kind == PARENT and (age is None or age < GROWN_UP_CHILDREN):
            return (*(stage or (CHILDREN, YOUNG)), RELATIVES), ()
        case kind if kind == PARENT:
            return (*stage, ADULTS, RELATIVES), ()
        case kind if kind in {PARTNER, SIBLING}:
            return (*(stage or (YOUNG, ADULTS)), RELATIVES), ()
    return stage, ()


def relative_of(words: Sequence[str]) -> str | None:
    """Return the class of the first relative who is somebody's own; None without one.

    That is said by a word before (“min lille søn”) or by the definite form (“knægten”).
    """
    for place, word in enumerate(words):
        relative = kin(stem(word))
        is_own = not POSSESSIVES.isdisjoint(words[max(place - 2, 0) : place])
        if relative != stem(word) and (is_own or (len(word) > SHORT and word.endswith(DEFINITE))):
            return relative
    return None


def _any_of(index: Index, slugs: Iterable[str]) -> np.ndarray:
    """Return which documents are for one of the groups."""
    facet = index.facets.get(GROUP)
    return np.zeros(len(index), dtype=bool) if facet is None else facet.any_of(slugs)


def _narrowness(index: Index, age: int) -> np.ndarray:
    """Return how narrow the limits are of documents that let a person of `age` in: 1 narrow, 0 none."""
    youngest, oldest = index.columns["min_age"], index.columns["max_age"]
    years = np.where(oldest == NO_LIMIT, OLDEST, oldest) - np.where(youngest == NO_LIMIT, 0, youngest)
    return index.fitting_age(age) * np.clip(1 - years / OLDEST, 0, 1)
