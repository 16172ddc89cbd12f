"""What to try when little was found, as values."""

from hypothesis import given
from hypothesis import strategies as st

from offers.search.concepts import PHRASE, Concept, need_term
from offers.search.thesaurus import Thesaurus, key_of
from offers.search.ways_out import cut, nearest_needs

DRINKS = Concept(("min", "far", "drikker"), {need_term("familie-drikker"): PHRASE})
PHRASES = {"kan ikke betale husleje": "gæld", "husleje": "bolig", "min mor": "familie"}
THESAURUS = Thesaurus({key_of(phrase.split()): {need_term(slug): 1.0} for phrase, slug in PHRASES.items()})


def test_what_asks_for_one_thing_can_be_cut_out_of_the_text():
    concept = Concept(("skilsmisse",), {})
    assert cut("Min Skilsmise, og gæld", concept, {"skilsmise": "skilsmisse"}) == (
        "Skilsmise",
        "Min , og gæld",
    )
    assert cut("min far drikker nu", DRINKS, {}) == ("min far drikker", "nu")
    assert cut("SEL § 101 og gæld", Concept(("SEL § 101",), {}), {}) == ("SEL § 101", "og gæld")
    assert cut("noget andet", DRINKS, {}) is None


@given(st.text(max_size=80), st.lists(st.text(max_size=9), min_size=1, max_size=3))
def test_what_is_cut_out_stood_in_the_text(text, words):
    if rest := cut(text, Concept(tuple(words), {}), {}):
        assert rest[0] in text
        assert len(rest[1]) <= len(text)


def test_the_nearest_needs_are_those_the_words_stand_for_then_those_that_share_a_word():
    assert nearest_needs(["husleje"], [], THESAURUS) == ["bolig"]
    assert nearest_needs(["betale", "huslejen"], [DRINKS], THESAURUS) == [
        "familie-drikker",
        "bolig",
        "gæld",
    ]
    assert nearest_needs(["min", "mor", "og"], [], THESAURUS) == []
    assert nearest_needs(["xyzzy"], [], THESAURUS) == []
