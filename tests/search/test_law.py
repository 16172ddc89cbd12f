"""References to law, as people write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from offers.search.law import references


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("SEL § 101", "§serviceloven 101"),
        ("sel 11", "§serviceloven 11"),
        ("barnets lov 30", "§barnets lov 30"),
        ("Barnets lov §30", "§barnets lov 30"),
        ("servicelovens § 82 b", "§serviceloven 82 b"),
        ("§ 85 i serviceloven", "§serviceloven 85"),
        ("§ 141, sundhedsloven", "§sundhedsloven 141"),
        ("paragraf 101", "§ 101"),
        ("§82a", "§ 82 a"),
    ],
)
def test_a_reference_is_found(text, term):
    assert [reference.term for reference in references(text)] == [term]


@pytest.mark.parametrize("text", ["jeg er 14 år", "sel", "ring 112", "101", "barnets lov"])
def test_other_texts_have_none(text):
    assert list(references(text)) == []


@given(st.text(max_size=300))
def test_it_never_raises_and_references_do_not_overlap(text):
    ends = 0
    for reference in references(text):
        assert reference.start >= ends
        ends = reference.end
