"""`/liste/` opened later: what is new since its day is told, and what is not public is not."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from django.utils.formats import date_format as words

from offers.models import Closure, ContactPoint, Offer, OfferSuccession, OpeningHours, Venue
from tests.shortlist.test_pages import titles
from tests.test_offer_list import make_offer

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate
A_WEEK = timedelta(7)


def saved(offer, days_ago):
    """Let an offer have been saved last so many days ago."""
    then = timezone.now() - timedelta(days_ago)
    Offer.objects.filter(pk=offer.pk).update(updated_at=then)


@pytest.mark.parametrize(
    ("days_ago", "is_told"), [(0, True), (6, True), (7, True), (8, False), (100, False)]
)
def test_what_was_saved_on_the_day_of_the_list_or_later_is_told(shown, offers, days_ago, is_told):
    saved(offers[0], days_ago)
    html = shown("ab12", dato=(TODAY() - A_WEEK).isoformat())
    assert ("Er ændret siden" in html) == is_told
    assert f"Listen er fra {words(TODAY() - A_WEEK)}" in html


@pytest.mark.parametrize("query", [{}, {"dato": TODAY().isoformat()}, {"dato": "vrøvl"}])
def test_a_list_of_today_or_without_a_day_tells_of_no_change(shown, offers, query):
    assert "Er ændret" not in shown("ab12", **query)


def test_closures_new_hours_checks_and_ends_are_told(shown, offers):
    offer, today = offers[0], TODAY()
    Closure.objects.create(offer=offer, starts_on=today, ends_on=today + A_WEEK, reason="Ferie")
    Closure.objects.create(
        offer=offer, starts_on=today - 2 * A_WEEK, ends_on=today - A_WEEK, reason="Forbi"
    )
    OpeningHours.objects.create(offer=offer, weekday=0, opens="10:00", closes="12:00", valid_from=today)
    offer.verified_on, offer.publish_until = today, today + A_WEEK
    offer.review_by = today - A_WEEK
    offer.save()
    saved(offer, 100)
    html = shown("ab12", dato=(today - A_WEEK).isoformat())
    assert f"Lukket {words(today)} til {words(today + A_WEEK)}: Ferie." in html
    assert "Forbi" not in html
    assert "Har haft nye åbningstider" in html
    assert f"Er kontrolleret {words(today)}" in html
    assert f"Står her til og med {words(today + A_WEEK)}" in html
    assert f"Skulle være kontrolleret senest {words(today - A_WEEK)}" in html
    assert "Er ændret siden" not in html


def test_hours_that_ended_are_news_from_the_day_after(shown, offers):
    saved(offers[0], 100)
    last = TODAY() - A_WEEK - timedelta(1)
    OpeningHours.objects.create(offer=offers[0], weekday=0, opens="10:00", closes="12:00", valid_until=last)
    assert "nye åbningstider" in shown("ab12", dato=(TODAY() - A_WEEK).isoformat())
    assert "nye åbningstider" not in shown("ab12", dato=(TODAY() - timedelta(6)).isoformat())


@pytest.mark.parametrize(
    "hidden",
    [
        {"status": Offer.Status.DRAFT},
        {"status": Offer.Status.IN_REVIEW},
        {"status": Offer.Status.ARCHIVED},
        {"publish_until": TODAY() - timedelta(1)},
        {"publish_from": TODAY() + timedelta(1)},
    ],
)
def test_of_an_offer_that_is_not_public_only_what_takes_over_is_told(visitor, shown, offers, hidden):
    texts = {"title": "Hemmeligt navn", "summary": "Hemmelig tekst", "description": "Hemmeligt indhold"}
    gone = make_offer("hemmelig-adresse", code="xx99", **texts, **hidden)
    ContactPoint.objects.create(offer=gone, kind="telefon", value="116 111")
    OfferSuccession.objects.create(offer=gone, successor=offers[0], at_age=18, note="Hemmelig note")
    draft = make_offer("ogsaa-hemmelig", title="Hemmelig afløser", status=Offer.Status.DRAFT)
    OfferSuccession.objects.create(offer=gone, successor=draft)
    html = shown("cd34 xx99", dato=(TODAY() - A_WEEK).isoformat())
    assert "Tilbuddet findes ikke længere" in html
    assert "Fra du er 18 år" in html
    assert "Hjælp ab12" in html
    assert "Hjælp cd34" in html
    assert not re.search("emmelig|116 111", html)
    compared = visitor.get("/liste/sammenlign/", {"tilbud": "cd34 xx99"}).content.decode()
    assert not re.search("emmelig|116 111", compared)


def test_unknown_codes_are_told_in_one_line_and_left_out(shown, offers):
    html = shown("ab12 nope cd34 xyzzy")
    assert titles(html) == ["Hjælp ab12", "Hjælp cd34"]
    assert "Vi kender ikke koderne nope, xyzzy." in html
    assert "Liste med 2 tilbud" in html
    assert 'data-codes="ab12 cd34" data-unknown="nope xyzzy"' in html
    assert "tilbud=ab12+cd34&amp;dato" in html
    assert "Din liste er tom" in shown("nope")


@pytest.mark.parametrize("path", ["/liste/", "/liste/sammenlign/"])
def test_a_confidential_address_is_told_nowhere(visitor, offers, path):
    texts = {"name": "Det skjulte hus", "street": "Skjulegade 7", "postcode": "4000", "city": "Gemmeby"}
    offers[0].venues.add(Venue.objects.create(slug="x", confidential=True, access_note="Gemt dør", **texts))
    OpeningHours.objects.create(
        offer=offers[0], weekday=0, opens="09:00", closes="10:00", venue=Venue.objects.last()
    )
    html = visitor.get(path, {"tilbud": "ab12 cd34"}).content.decode()
    assert "Adressen er hemmelig" in html
    assert not re.search("Skjul|skjulte|Gemmeby|Gemt", html)
