"""Offers that a reader of one offer might use instead: same need, age, place and people."""

from datetime import date

import pytest

from offers.search.documents import Document
from offers.search.index import EVERYWHERE, build
from offers.search.rows import GROUPS
from offers.search.similar import MOST, similar

TODAY = date(2026, 11, 22).toordinal()


def document(pk, *, needs=("ensom",), groups=(), places=(EVERYWHERE,), **rest):
    """Return an offer with what the rule looks at; its name is its number."""
    facts = {"behov": tuple(needs), "maalgruppe": tuple(groups), "kommune": tuple(places)}
    return Document(pk=pk, order=(f"{pk:03}", ""), terms={}, words=frozenset(), facts=facts, **rest)


def like(first, *others, needs=("ensom",)):
    """Return the keys of what is like `first` among `others`."""
    return similar(build([first, *others], GROUPS), first.pk, needs, TODAY)


def test_it_answers_one_of_the_same_needs():
    assert like(document(1), document(2), document(3, needs=["gaeld"])) == [2]


def test_an_offer_without_needs_is_like_none():
    assert like(document(1, needs=[]), document(2), needs=[]) == []


def test_an_offer_that_is_not_in_the_index_is_like_none():
    assert similar(build([document(2)], GROUPS), 1, ["ensom"], TODAY) == []


@pytest.mark.parametrize(
    ("own", "other", "is_like"),
    [
        ((9, 12), (12, 17), True),
        ((9, 12), (13, 17), False),
        ((18, None), (None, 17), False),
        ((18, None), (None, 18), True),
        ((None, None), (65, None), True),
    ],
)
def test_it_is_for_some_of_the_same_ages(own, other, is_like):
    first = document(1, min_age=own[0], max_age=own[1])
    second = document(2, min_age=other[0], max_age=other[1])
    assert (like(first, second) == [2]) is is_like


def test_whoever_may_live_where_the_offer_asks_can_use_it_too():
    here = document(1, places=["0265"])
    assert like(here, document(2, places=["0175"]), document(3), document(4, places=["0265", "0175"])) == [
        4,
        3,
    ]
    assert like(document(1), document(2, places=["0265"])) == []
    both = document(1, places=["0265", "0175"])
    assert like(both, document(2, places=["0265"])) == []


def test_it_is_for_the_same_people_where_both_say_for_whom():
    children = document(1, groups=["boern"])
    assert like(children, document(2, groups=["voksne"]), document(3), document(4, groups=["boern"])) == [
        4,
        3,
    ]
    assert like(document(1), document(2, groups=["voksne"])) == [2]


def test_the_one_with_most_needs_in_common_stands_first_and_there_are_few():
    first = document(1, needs=["ensom", "gaeld"])
    others = [document(pk) for pk in range(2, 9)] + [document(9, needs=["ensom", "gaeld"])]
    found = like(first, *others, needs=["ensom", "gaeld"])
    assert found == [9, 2, 3, 4]
    assert len(found) == MOST


def test_what_is_for_that_need_alone_stands_before_what_is_for_much_else():
    broad = document(2, needs=["ensom", "gaeld", "bolig"])
    assert like(document(1), broad, document(3)) == [3, 2]


def test_what_is_not_shown_today_is_not_named():
    assert like(document(1), document(2, shown_until=TODAY - 1), document(3, shown_from=TODAY + 1)) == []
