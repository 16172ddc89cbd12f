"""Folding: one way to write each word, whatever keyboard it was typed on."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from offers.search.letters import fold, words

# Any string at all, half-characters included, and strings made of what folding changes.
ANYTHING = st.text() | st.text(st.characters(), max_size=40)
DANISH = st.text("aeoåæøäöÅÆØáèüß\u030a\u0308\u0301\u00ad- \0", max_size=40)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("raadgivning", "rådgivning"),
        ("GAELD", "gæld"),
        ("Boernehjaelp i AABENRAA", "børnehjælp i åbenrå"),
        ("Malmö, Västerås, Møller", "malmø, væsterås, møller"),
        ("café crème Żółw", "cafe creme zolw"),
        ("Straße", "strasse"),
        ("Ångström", "ångstrøm"),
        ("Ǿ ǽ ǻ", "ø æ å"),
        ("råd\u00adgiv\u00adning", "rådgivning"),
        ("nul\0tegn\tog\nlinje", "nul tegn og linje"),
    ],
)
def test_ways_to_write_a_word_become_one(typed, meant):
    assert fold(typed) == meant


def test_letters_that_danes_tell_apart_stay_apart():
    assert len({fold(word) for word in ("far", "får", "fær", "før", "for")}) == 5


@given(DANISH)
def test_composed_and_decomposed_letters_are_the_same(text):
    assert fold(unicodedata.normalize("NFD", text)) == fold(unicodedata.normalize("NFC", text))


@given(ANYTHING | DANISH)
def test_folding_twice_changes_nothing_more(text):
    assert fold(fold(text)) == fold(text)


@given(ANYTHING)
def test_what_is_folded_has_no_control_characters_and_no_capitals(text):
    folded = fold(text)
    assert not [char for char in folded if unicodedata.category(char) == "Cc"]
    assert folded == folded.casefold()


def test_words_are_runs_of_letters_and_digits():
    assert words("Børne-gruppe (9–12 år): mors dag, CVR 12345678!") == [
        *("børne", "gruppe", "9", "12", "år", "mors", "dag", "cvr", "12345678"),
    ]


@pytest.mark.parametrize("nothing", ["", "   ", "\0\0", "?!…", "🙂🙂", 'AND ( " *'[3:], "§§", "_ _"])
def test_a_text_without_words_has_none(nothing):
    assert words(nothing) == []


def test_other_scripts_are_words_too():
    assert words("Привет مرحبا 你好") == ["привет", "مرحبا", "你好"]


@given(ANYTHING | DANISH)
def test_words_are_folded_and_bounded(text):
    found = words(text)
    assert len(found) <= 400
    assert all(0 < len(word) <= 60 and fold(word) == word for word in found)


def test_long_texts_are_cut():
    assert words("b" * 10_000) == ["b" * 60]
    assert len(words("ord " * 10_000)) == 400
    assert len(words("ord " * 10_000, limit=1_000)) == 1_000
