"""What is suggested for unfinished words, as a pure function of what can be begun."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from offers.search.corrections import Vocabulary
from offers.search.letters import words
from offers.search.suggest import (
    Kind,
    Suggester,
    Suggestion,
    alarming,
    by_beginning,
    ended,
    entry,
    in_words,
    is_suggestible,
    mended,
    of_kind,
    shared_out,
)

DIVORCE = Suggestion(Kind.NEED, "Skilsmisse", "skilsmisse", count=3)
SAD = Suggestion(Kind.NEED, "Trist, bange eller presset", "trist", count=4)
LONELY = Suggestion(Kind.NEED, "Ensom", "ensom", count=5)
SUICIDE = Suggestion(Kind.NEED, "Tanker om selvmord", "selvmord", count=2)
HELPER = Suggestion(Kind.ORGANISATION, "Ensommes Hjælp", "Ensommes Hjælp", count=9)
ENTRIES = [
    *(entry(one.text, one) for one in (DIVORCE, SAD, LONELY, SUICIDE, HELPER)),
    entry("ked af det", SAD),
    entry("ked af skilsmissen", DIVORCE),
    entry("ensom og ked af det", LONELY),
    *(entry(text, SUICIDE) for text in ("jeg vil dø", "har lyst til at dø", "vil ikke leve", "selvmord")),
    entry("bange for at dø", SAD),
]
WORDS = Vocabulary({"skilsmisse": 3, "skilsmissen": 1, "skolen": 2, "skole": 7, "skal": 9, "skjult": 1})
SUGGESTER = Suggester(ENTRIES, WORDS, {"skjult": 1})


def needs(text):
    """Return the needs that `text` begins, with the phrases that say so."""
    _, begun = SUGGESTER.begun(words(text))
    return [(one.said, one.target) for one in of_kind(Kind.NEED, begun, 3)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("skil", [("", "skilsmisse")]),
        ("SKILS", [("", "skilsmisse")]),
        ("ensom", [("", "ensom")]),
        ("ked af s", [("ked af skilsmissen", "skilsmisse")]),
        ("jeg er så ked af d", [("ked af det", "trist"), ("ensom og ked af det", "ensom")]),
        ("presset", [("", "trist")]),
        ("skilsmise", [("", "skilsmisse")]),
        ("at for", []),
        ("hvor", []),
        ("jeg", []),
        ("xyzzy", []),
    ],
)  # fmt: skip
def test_needs_are_found_by_any_beginning_of_their_names_and_phrases(text, found):
    assert needs(text) == found


def test_the_text_itself_stands_before_what_begins_with_it_and_that_before_the_rest():
    longer = Suggestion(Kind.NEED, "Ensom og uden fællesskab", "uden", count=99)
    elsewhere = Suggestion(Kind.NEED, "Gammel og ensom", "gammel", count=999)
    entries = [entry(one.text, one) for one in (elsewhere, longer, LONELY)]
    _, begun = Suggester(entries, WORDS, {}).begun(["ensom"])
    assert [one.target for one in of_kind(Kind.NEED, begun, 9)] == ["ensom", "uden", "gammel"]


def test_organisations_are_of_their_own_kind():
    _, begun = SUGGESTER.begun(["ensomme"])
    assert of_kind(Kind.ORGANISATION, begun, 2) == [HELPER]


@pytest.mark.parametrize(
    ("text", "alarm"),
    [
        ("selvm", "selvmord"),
        ("vil ikke le", "selvmord"),
        ("jeg vil d", "selvmord"),
        ("dø", "selvmord"),
        ("vil ikke", ""),
        ("skils", ""),
        ("ked af", ""),
        ("", ""),
    ],
)
def test_unfinished_words_tell_of_what_cannot_wait(text, alarm):
    tail, begun = SUGGESTER.begun(words(text))
    assert alarming(tail, begun, {"selvmord"}) == alarm


def test_a_word_is_ended_once_a_stem_without_stop_words_and_hidden_offers():
    assert SUGGESTER.completed(["sk"]) == ["skole", "skilsmisse"]
    assert SUGGESTER.completed(["skole"]) == []
    assert SUGGESTER.completed(["skju"]) == []
    assert SUGGESTER.completed(["s"]) == []
    assert SUGGESTER.completed(["min", "sk"]) == []


def test_the_last_word_is_ended_as_in_what_was_begun_best():
    typed = ["jeg", "er", "ked", "af", "sk"]
    _, begun = SUGGESTER.begun(typed)
    assert ended(typed, begun) == "jeg er ked af skilsmissen"
    assert ended(["noget", "andet"], begun) == "noget andet"
    assert ended(["noget"], []) == "noget"


def test_slips_are_mended_and_words_that_name_a_need_are_not_said_twice():
    assert mended(["min", "skilsmise"], {"skilsmise": "skilsmisse"}) == ["min", "skilsmisse"]
    assert in_words(["skilsmisse", "skole"], [DIVORCE]) == [Suggestion(Kind.WORDS, "skole", "skole")]


def test_titles_that_begin_with_what_is_typed_stand_first_and_four_are_enough():
    titles = ["Café for børn", "Samtale", "Børnegruppe", "Kursus", "Børn og sorg", "Børnehave"]
    offers = [Suggestion(Kind.OFFER, title, title) for title in titles]
    found = [one.text for one in by_beginning(offers, ["børn"])]
    assert found == ["Børnegruppe", "Børn og sorg", "Børnehave", "Café for børn"]


@given(st.lists(st.lists(st.just(DIVORCE), max_size=5), max_size=5), st.integers(0, 9))
def test_room_is_shared_so_that_no_group_has_two_before_another_has_one(groups, room):
    shared = shared_out(*groups, room=room)
    assert sum(map(len, shared)) == min(room, sum(map(len, groups)))
    for mine, all_mine in zip(shared, groups, strict=True):
        assert len(mine) == len(all_mine) or all(len(other) <= len(mine) + 1 for other in shared)


@pytest.mark.parametrize("separator", ["", "-", " "])
def test_nothing_is_suggested_for_a_cpr_number(separator):
    assert not is_suggestible(f"hjælp {'1' * 6}{separator}{'2' * 4}")


@pytest.mark.parametrize(
    "text", ["", " ", "a", "?!", "\N{SLIGHTLY SMILING FACE}" * 3, "a\0bc", "x" * 10_000]
)
def test_nothing_is_suggested_for_what_is_no_beginning(text):
    assert not is_suggestible(text)


@given(st.text(max_size=80))
def test_no_text_is_too_strange(text):
    typed = words(text)
    tail, begun = SUGGESTER.begun(typed)
    assert list(tail) == typed[len(typed) - len(tail) :]
    assert all(one in ENTRIES for one in begun)
    if is_suggestible(text):
        SUGGESTER.completed(typed)
        ended(typed, begun)
