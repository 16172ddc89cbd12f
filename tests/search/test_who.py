"""For whom help is sought: said when the text is clear, and only lifted, never filtered."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from offers.search import current
from offers.search.box import read
from offers.search.question import Question
from offers.search.who import Who, who
from tests.test_offer_list import make_offer


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("jeg er ensom", Who.ME),
        ("mig selv", Who.ME),
        ("hjælp til mig selv", Who.ME),
        ("min datter skader sig selv", Who.CHILD),
        ("min søn på 9", Who.CHILD),
        ("jeg tror min datter skader sig selv", Who.CHILD),
        ("jeg har en søn på 9 med autisme", Who.CHILD),
        ("jeg er mor til en dreng på 8", Who.CHILD),
        ("kan i hjælpe mig med min søn", Who.CHILD),
        ("min søn på 35", Who.RELATIVE),
        ("bekymret for min voksne søn", Who.RELATIVE),
        ("min mor på 82 er ensom", Who.RELATIVE),
        ("min mor drikker, hvordan hjælper jeg min mor", Who.RELATIVE),
        ("min mand drikker", Who.RELATIVE),
        ("jeg er bekymret for min mor", Who.RELATIVE),
        ("hvordan hjælper jeg min ven", Who.RELATIVE),
        ("min elev på 14 skader sig selv", Who.CLIENT),
        ("en borger med misbrug", Who.CLIENT),
        ("jeg er sagsbehandler for en ung mand", Who.CLIENT),
        ("jeg er lærer og har en elev der ikke spiser", Who.CLIENT),
    ],
)
def test_who_is_read(text, expected):
    assert read(text, {}).who == expected


@pytest.mark.parametrize(
    "text",
    [
        "ensom",
        "min mand slår",
        "min mand slår mig",
        "min søn truer mig",
        "min kæreste tjekker min telefon",
        "min mand bestemmer alt",
        "min far slår",
        "min far drikker",
        "mine forældre drikker",
        "min datter er død",
        "mine forældre skal skilles",
        "skændes med min kæreste",
        "gravid og bange for min kæreste",
        "jeg er 12 og min mor drikker",
        "mine børn bor langt væk og jeg er ensom",
        "jeg er bekymret for en pige i klassen",
        "jeg er lærer og stresset",
        "min mor og min søn",
    ],
)
def test_an_unclear_text_tells_nothing(text):
    assert read(text, {}).who is None


@given(st.text(max_size=300), st.none() | st.integers(0, 110))
def test_any_text_gets_an_answer(text, age):
    assert who(text, age) in {None, *Who}


@pytest.mark.django_db
def test_who_lifts_and_leaves_nothing_out():
    groups = {"boern": "barn", "paaroerende": "paaroerende", "fagfolk": "fagperson", "voksne": "mig"}
    for group in groups:
        offer = make_offer(f"til-{group}", title="Qvintus")
        offer.target_groups.set(offer.target_groups.model.objects.filter(slug=group))
    slugs = {offer.pk: offer.slug for offer in type(offer).objects.all()}
    everything = current.ask(Question(words="qvintus")).keys
    assert len(everything) == len(groups)
    for group, value in groups.items():
        keys = current.ask(Question(words="qvintus", who=Who(value))).keys
        assert set(keys) == set(everything)
        if group != "voksne":
            assert slugs[keys[0]] == f"til-{group}"
        else:
            assert [slugs[key] for key in keys[-2:]] == ["til-fagfolk", "til-paaroerende"]


@pytest.mark.django_db
def test_a_range_of_ages_lets_in_what_fits_any_of_them():
    for youngest, oldest in ((6, 12), (13, 15), (16, 16), (20, 30)):
        make_offer(f"alder-{youngest}", title="Qvintus", min_age=youngest, max_age=oldest)
    slugs = dict(type(make_offer("alle", title="Qvintus")).objects.values_list("pk", "slug"))
    keys = current.ask(Question(words="qvintus", age=14, until_age=17)).keys
    assert {slugs[key] for key in keys} == {"alder-13", "alder-16", "alle"}
