"""How many offers there are for each need at each age, against a count one person at a time."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from offers.models.offer import OLDEST_AGE
from offers.search.coverage import BANDS, Weight, coverage, holes
from offers.search.documents import Document
from offers.search.index import EVERYWHERE, build
from offers.search.rows import GROUPS

NOW = datetime(2026, 11, 22, 12, tzinfo=ZoneInfo("Europe/Copenhagen"))
NEEDS = ("ensom", "gaeld", "vold")
AGES = st.none() | st.integers(0, OLDEST_AGE)


@st.composite
def offers(draw):
    """Return some offers with ages, needs, a place and a price."""
    found = []
    for pk in range(draw(st.integers(0, 12))):
        low, high = draw(AGES), draw(AGES)
        if low is not None and high is not None:
            low, high = sorted((low, high))
        facts = {
            "behov": tuple(draw(st.sets(st.sampled_from(NEEDS)))),
            "kommune": (draw(st.sampled_from(["0265", "0175", EVERYWHERE])),),
            "pris": (draw(st.sampled_from(["gratis", "ukendt"])),),
        }
        shown = draw(st.sampled_from([None, NOW.toordinal() + 1]))
        found.append(
            Document(
                pk=pk, order=(f"{pk:03}", ""), terms={}, words=frozenset(), facts=facts,
                min_age=low, max_age=high, shown_from=shown,
            )
        )  # fmt: skip
    return found


def lets_in(offer, age):
    """Return whether a person of one age may come."""
    return (offer.min_age or 0) <= age <= (OLDEST_AGE if offer.max_age is None else offer.max_age)


@given(offers(), st.sampled_from([(), ("0265",)]), st.sampled_from([(), ("gratis",), ("gratis", "ukendt")]))
def test_a_band_counts_what_lets_in_somebody_of_it(rows, place, price):
    counts = coverage(build(rows, GROUPS), NEEDS, {"kommune": place, "pris": price}, NOW)
    asked = [
        row
        for row in rows
        if row.shown_from is None
        and (not place or {*row.facts["kommune"]} & {*place, EVERYWHERE})
        and (not price or row.facts["pris"][0] in price)
    ]
    for need in NEEDS:
        ages = [range(first, last + 1) for first, last in BANDS]
        assert counts[need] == tuple(
            sum(need in row.facts["behov"] and any(lets_in(row, age) for age in band) for row in asked)
            for band in ages
        )


def test_the_bands_have_every_age_once():
    ages = [age for first, last in BANDS for age in range(first, last + 1)]
    assert ages == list(range(OLDEST_AGE + 1))


def test_bands_beside_each_other_are_one_hole_and_the_weightiest_stands_first():
    counts = {
        "edge": (2, 2, 0, 0, 0, 0),
        "narrow": (0, 4, 4, 4, 4, 4),
        "between": (1, 1, 0, 0, 3, 1),
        "nobody": (0, 0, 0, 0, 0, 0),
        "urgent": (1, 0, 1, 1, 1, 1),
        "full": (1, 1, 1, 1, 1, 1),
    }
    found = holes(counts, ["urgent"])
    assert [(hole.need, tuple(hole.ages), hole.weight, hole.elsewhere) for hole in found] == [
        ("urgent", (6, 12), Weight.URGENT, 1),
        ("nobody", (0, 120), Weight.NOBODY, 0),
        ("between", (13, 29), Weight.BETWEEN, 3),
        ("edge", (13, 120), Weight.EDGE, 2),
        ("narrow", (0, 5), Weight.EDGE, 4),
    ]  # fmt: skip


def test_of_holes_of_as_many_years_that_with_most_offers_elsewhere_stands_first():
    counts = {"few": (0, 1, 1, 1, 1, 1), "many": (0, 9, 9, 9, 9, 9)}
    assert [hole.need for hole in holes(counts, [])] == ["many", "few"]


@pytest.mark.parametrize("runs", [(1, 0, 1, 0, 1, 0), (0, 1, 0, 1, 0, 1)])
def test_a_need_may_have_several_holes(runs):
    assert len(holes({"ensom": runs}, [])) == 3
