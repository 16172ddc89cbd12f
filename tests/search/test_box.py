"""The search box: what it is told becomes filters that are shown and can be taken away."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from offers.models import Municipality
from offers.search import box
from offers.search.letters import fold
from offers.search.lexicon import load

PLACES = {
    "roskilde": ("0265", "Roskilde"),
    "vejen": ("0575", "Vejen"),
    "høje-tåstrup": ("0169", "Høje-Taastrup"),
}


def read(text):
    return box.read(text, PLACES, is_word=lambda word: word == "vejen")


def taken(text):
    return {one.name: one.value for one in read(text).taken}


@pytest.mark.parametrize(
    ("text", "age", "words"),
    [
        ("min datter på 14 skader sig selv", "14", "min datter skader sig selv"),
        ("14 år", "14", ""),
        ("16-årig der ryger hash", "16", "der ryger hash"),
        ("min mor på 82 er ensom", "82", "min mor er ensom"),
        ("jeg er 17 og gravid", "17", "jeg og gravid"),
        ("dreng 9 år gammel", "9", "dreng"),
        ("et barn i 3. klasse", "9", "et barn"),
        ("3.klasse", "9", ""),
        ("en 15årig", "15", "en"),
    ],
)
def test_an_age_is_read(text, age, words):
    assert taken(text) == {"alder": age}
    assert read(text).words == words


@pytest.mark.parametrize(
    "text",
    [
        "ring 112",
        "ring på 112",
        "70 201 201",
        "gæld på 5000 kr",
        "på 20 kr",
        "SEL 101",
        "200 år",
        "min baby på 3 måneder",
        "på 6 uger",
        "er 14 dage forsinket",
        "vi er 3 søskende og far drikker",
        "vi er 4 børn",
        "klokken er 3",
        "drukket i 20 år",
        "skilsmisse efter 25 år",
        "15-17 årige",
    ],
)
def test_other_numbers_are_no_age(text):
    assert taken(text) == {}


@pytest.mark.parametrize(
    ("text", "name", "value"),
    [
        ("gratis hjælp", "pris", "gratis"),
        ("anonym rådgivning", "anonym", "ja"),
        ("hjælp uden henvisning", "adgang", "selv"),
        ("chat om angst", "form", "chat"),
    ],
)
def test_a_wish_is_read(text, name, value):
    assert taken(text) == {name: value}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("værested i Roskilde", "0265"),
        ("roskilde kommune", "0265"),
        ("Roskildes jobcenter", "0265"),
        ("jobcenter i vejen", "0575"),
        ("Vejen kommune", "0575"),
        ("hjælp Høje-Taastrup", "0169"),
    ],
)
def test_a_municipality_is_read(text, code):
    assert taken(text) == {"kommune": code}


def test_a_word_that_is_also_a_place_is_a_word():
    assert taken("på vejen ud af misbrug") == {}


@pytest.mark.parametrize("text", ["ikke gratis", "ikke anonym", "anonyme alkoholikere"])
def test_what_is_denied_or_part_of_a_name_is_no_wish(text):
    assert taken(text) == {}


@pytest.mark.django_db
def test_every_municipality_is_read_from_its_bare_name_unless_that_is_a_word():
    common = load().is_common_word
    places = {fold(name): (code, name) for code, name in Municipality.objects.values_list("code", "name")}
    read_bare = {
        name for name, (code, _) in places.items() if box.read(f"psykolog {name}", places, common).taken
    }
    assert {"roskilde", "odense", "rødovre"} <= read_bare
    assert "vejen" not in read_bare
    for name, (code, _) in places.items():
        (one,) = box.read(f"psykolog i {name}", places, common).taken
        assert one.value == code


def test_letters_that_grow_when_made_small_do_not_shift_the_cut():
    assert read("İİİİ er på 14 i Roskilde med børn").words == "İİİİ er med børn"


def test_nothing_is_taken_that_is_not_shown():
    said = read("min søn på 14 ryger hash i Roskilde gratis")
    assert {one.name for one in said.taken} == {"alder", "kommune", "pris"}
    assert said.words == "min søn ryger hash"
    assert said.without(said.taken[0]) == "min søn ryger hash i Roskilde gratis"


@given(st.text(max_size=300))
def test_it_never_raises_and_loses_nothing(text):
    said = read(text)
    for one in said.taken:
        rest = text[: one.start] + text[one.end :]
        assert said.without(one).split() == (text[: one.start] + " " + text[one.end :]).split()
        assert len(rest) < len(text)
    assert said.without() == " ".join(text.split())
