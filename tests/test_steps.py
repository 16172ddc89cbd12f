"""How one gets in, step by step: what the editor wrote, else what the facts give, and never more."""

import re
from datetime import timedelta

import pytest
from django.template.loader import render_to_string
from django.utils import timezone, translation

from offers.models import ContactPoint, Offer, Organisation, StartDate
from offers.steps import Step, price, steps


def told(offer=None, contacts=(), via=None, starts=(), **facts):
    """Return the sentences of the steps of an offer with some facts."""
    return [step.text for step in steps(offer or Offer(**facts), list(contacts), via, list(starts))]


PHONE = ContactPoint(kind="telefon", value="70 201 201")


def test_what_the_editor_wrote_is_followed_line_by_line():
    note = "Tal med din læge.\n\nLægen skriver til os."
    assert told(way_in="henvisning", way_in_note=note, contacts=[PHONE]) == [
        "Tal med din læge.",
        "Lægen skriver til os.",
    ]


@pytest.mark.parametrize(
    ("kind", "value", "text", "href"),
    [
        ("telefon", "116 111", "Ring til 116 111.", "tel:116111"),
        ("sms", "47 47 10 20", "Skriv en SMS til 47 47 10 20.", "sms:+4547471020"),
        ("e-mail", "hus@example.org", "Skriv til hus@example.org.", "mailto:hus@example.org"),
        ("chat", "https://example.org/chat", "Skriv i chatten.", "https://example.org/chat"),
        ("web", "https://example.org/", "Læs mere på nettet.", "https://example.org/"),
    ],
)
def test_without_a_note_one_is_led_to_the_first_contact(kind, value, text, href):
    contact = ContactPoint(kind=kind, value=value)
    step = Step(text, href, is_external=kind in {"chat", "web"})
    assert steps(Offer(way_in="selv"), [contact, PHONE], None, []) == [step]


def test_a_referral_or_a_decision_comes_first():
    assert told(way_in="henvisning", contacts=[PHONE])[0].startswith("Få en henvisning.")
    assert told(way_in="afgoerelse", contacts=[PHONE])[0].startswith("Spørg kommunen.")
    assert len(told(way_in="afgoerelse", contacts=[PHONE])) == 2


def test_an_editors_sentence_stays_danish_and_ours_is_in_the_language_of_the_page():
    offer = Offer(way_in="henvisning", way_in_note="Tal med din læge.")
    (written,) = steps(offer, [PHONE], None, [])
    (ours, _) = steps(Offer(way_in="henvisning"), [PHONE], None, [])
    with translation.override("en"):
        assert 'lang="da">Tal med din læge.<' in render_to_string("offers/_step.html", {"step": written})
        assert "lang=" not in render_to_string("offers/_step.html", {"step": ours})


def test_whoever_answers_for_the_offer_is_named():
    via = Organisation(name="Prøveby Kommune", url="https://example.org/")
    assert told(contacts=[PHONE], via=via) == ["Spørg Prøveby Kommune. Ring til 70 201 201."]
    assert told(via=via) == ["Spørg Prøveby Kommune på nettet."]


def test_what_nobody_has_said_gives_no_step():
    assert told(way_in="ukendt") == []
    assert told(way_in="selv") == []


def test_one_signs_up_last_and_before_the_next_date_that_is_still_open():
    today = timezone.localdate()
    starts = [
        StartDate(starts_on=today + timedelta(days=days), apply_by=today + timedelta(days=days - 5))
        for days in (2, 90, 9)
    ]
    found = told(way_in_note="Tal med os.", apply_url="https://example.org/", starts=starts)
    assert found[:2] == ["Tal med os.", "Tilmeld dig på nettet."]
    assert f"senest {(today + timedelta(days=4)).day}. " in found[2]
    assert len(found) == 3


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ({"cost": "gratis"}, "Det er gratis."),
        ({"cost": "betaling", "cost_note": "50 kr. om året."}, "Det koster penge. 50 kr. om året."),
        ({"cost": "indkomst"}, "Prisen afhænger af, hvad du tjener."),
        ({"cost": "ukendt", "cost_note": "Spørg i døren."}, "Spørg i døren."),
        ({"cost": "ukendt"}, ""),
    ],
)
def test_the_price_is_a_sentence_and_unknown_is_silent(facts, sentence):
    offer = Offer(way_in="selv", **facts)
    html = render_to_string("offers/_way_in.html", {"offer": offer, "steps": [], "price": price(offer)})
    said = re.findall(r"<p>(.*?)</p>", html)
    assert said == ([sentence] if sentence else [])
    with translation.override("en"):
        html = render_to_string("offers/_way_in.html", {"offer": offer, "steps": [], "price": price(offer)})
    assert (f'<span lang="da">{offer.cost_note}</span>' in html) == bool(offer.cost_note)
