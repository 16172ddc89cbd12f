"""Whom a question is about: said by relatives and ages, and used to order the answers only."""

import pytest

from offers.search.audience import (
    ADULTS,
    CHILDREN,
    OLD,
    PARENTS,
    RELATIVES,
    YOUNG,
    factors,
    groups,
    relative_of,
)
from offers.search.documents import Document
from offers.search.index import build
from offers.search.kin import CHILD, PARENT, PARTNER
from offers.search.letters import words


@pytest.mark.parametrize(
    ("text", "relative"),
    [
        ("min søn ryger hash", CHILD),
        ("min lille datter", CHILD),
        ("knægten ryger", CHILD),
        ("mine forældre skændes", PARENT),
        ("bange for min mand", PARTNER),
        ("kursus for forældre", None),
        ("børn og unge", None),
        ("", None),
    ],
)
def test_a_relative_is_somebodys_own(text, relative):
    assert relative_of(words(text)) == relative


def test_a_parent_asks_about_a_child_and_a_child_about_a_parent():
    meant, asking = groups(words("min søn på"), 14)
    assert set(meant) >= {PARENTS, CHILDREN, YOUNG}
    assert asking == (PARENTS,)
    assert PARENTS not in groups(words("min far drikker"), None)[0]
    assert set(groups(words("min mor er ensom"), 82)[0]) == {OLD, ADULTS, RELATIVES}
    assert groups(words("ensom"), None) == ((), ())


def test_what_is_made_for_others_stands_lower_and_is_not_left_out():
    index = build(
        [
            Document(1, ("a", ""), {}, frozenset(), {"maalgruppe": (PARENTS,)}),
            Document(2, ("b", ""), {}, frozenset(), {"maalgruppe": (YOUNG,)}),
            Document(3, ("c", ""), {}, frozenset(), {"maalgruppe": (OLD,)}),
            Document(4, ("d", ""), {}, frozenset()),
        ],
        ("maalgruppe",),
    )
    parents, young, old, everybody = factors(index, words("min datter"), None)
    assert parents > young > everybody > old > 0
    assert set(factors(index, words("stress"), None)) == {1.0}


def test_the_narrower_the_limits_the_more_it_is_made_for_an_age():
    limits = [(9, 12), (None, 29), (None, None), (18, None)]
    index = build(
        [
            Document(number, (str(number), ""), {}, frozenset(), {}, low, high)
            for number, (low, high) in enumerate(limits)
        ],
        (),
    )
    children, young, everybody, adults = factors(index, [], 10)
    assert children > young > everybody == adults == 1
