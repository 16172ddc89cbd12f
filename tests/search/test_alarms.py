"""Cries for help put the acute lines on top, with small words between and whatever else is asked."""

import pytest

from offers.filters import crisis_needs
from offers.search import current

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("text", "need"),
    [
        ("jeg har ingen lyst til at leve", "selvmordstanker"),
        ("vil bare ikke leve mere", "selvmordstanker"),
        ("jeg vil faktisk ikke leve længere", "selvmordstanker"),
        ("min søn på 15 siger han ikke vil leve", "selvmordstanker"),
        ("hoppe ud foran toget", "selvmordstanker"),
        ("jeg vil ike leve", "selvmordstanker"),
        ("jeg har spist en masse panodiler", "akut-sygdom"),
        ("min onkel rører mig dernede", "vold"),
        ("han har låst mig inde", "vold"),
        ("jeg er blevet truet", "vold"),
        ("min mand slår mig faktisk", "vold"),
        ("selvm", "selvmordstanker"),
    ],
)
def test_a_cry_for_help_is_heard(text, need):
    assert need in crisis_needs(text)


@pytest.mark.parametrize(
    "text",
    ["kvi", "børn", "skilsmisse", "vil ikke i skole", "kan ikke betale", "min far drikker", "slår græs"],
)
def test_other_words_raise_no_alarm(text):
    assert crisis_needs(text) == []


def test_the_line_for_the_need_follows_112_and_verbatim_changes_nothing(visitor):
    for query in ("q=jeg+vil+ike+leve", "q=jeg+vil+ike+leve&ordret=ja"):
        context = visitor.get(f"/tilbud/?{query}").context
        assert context["filter"].is_crisis
        assert context["acute_lines"][1].contact.offer.slug == "livslinien"


def test_a_guess_is_not_heard():
    text = "han ligger vågen og græder om natten"
    assert current.reader().read(text).asked
    assert crisis_needs(text) == []
