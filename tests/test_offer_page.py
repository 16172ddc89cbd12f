"""The page of one offer: everything a person needs to act, and nothing that must stay inside."""

import re
from datetime import date, time, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from offers.models import (
    Closure,
    ContactPoint,
    Language,
    LegalBasis,
    Offer,
    OpeningHours,
    Organisation,
    StartDate,
    Venue,
)
from tests.conftest import without_icons

pytestmark = pytest.mark.django_db


@pytest.fixture
def offer():
    """Return a published offer with a little of everything."""
    offer = Offer.objects.create(
        slug="proeve",
        title="Prøvetilbud",
        summary="Et tilbud, som kun er til prøver.",
        description="Vi **taler** sammen.",
        organisation=Organisation.objects.get(slug="kl"),
        status=Offer.Status.PUBLISHED,
        way_in=Offer.WayIn.REFERRAL,
        way_in_note="Tal med din læge.\nLægen skriver til os.",
        min_age=18,
        internal_note="Må ikke ses ude.",
    )
    offer.venues.add(
        Venue.objects.create(
            slug="huset", name="Huset", street="Prøvegade 1", postcode="4000", city="Roskilde"
        )
    )
    ContactPoint.objects.create(offer=offer, kind="telefon", value="116 111", label="Alle dage")
    OpeningHours.objects.create(offer=offer, weekday=0, opens=time(11), closes=time(18))
    return offer


@pytest.fixture
def shown(visitor, offer):
    """Return a function that gives the page's HTML as it is now."""
    return lambda: visitor.get(offer.get_absolute_url()).content.decode()


def test_it_says_how_to_get_in_step_by_step(shown):
    html = shown()
    assert "Du skal henvises" in html
    steps = html.partition('<ol class="steps">')[2].partition("</ol>")[0]
    assert re.findall(r"<li>\s*(.*?)\s*</li>", steps) == ["Tal med din læge.", "Lægen skriver til os."]


def test_one_can_call_by_a_tap(shown):
    assert 'href="tel:116111">Ring 116 111</a>' in without_icons(shown())


def test_it_says_age_hours_and_place(shown):
    html = shown()
    assert "Fra 18 år" in html
    assert "kl. 11–18" in html
    assert "Prøvegade 1, 4000 Roskilde" in html


def test_markdown_is_shown_and_internal_notes_are_not(shown):
    html = shown()
    assert "<strong>taler</strong>" in html
    assert "Må ikke ses ude." not in html


def test_a_confidential_address_leaves_nowhere(visitor, offer, shown):
    Venue.objects.create(
        slug="skjul",
        name="Skjulets navn",
        street="Hemmeligvej 7",
        city="Skjulby",
        latitude=55.1234,
        longitude=12.1234,
        access_note="Skjult port",
        confidential=True,
    )
    offer.venues.set(Venue.objects.filter(slug="skjul"))
    OpeningHours.objects.filter(offer=offer).update(venue=offer.venues.get())
    html = shown() + visitor.get("/tilbud/?q=prøvetilbud").content.decode()
    assert "Adressen er hemmelig" in html
    for secret in ("Hemmeligvej", "Skjulby", "Skjulets navn", "55.1234", "Skjult port", "openstreetmap"):
        assert secret not in html


def test_closures_and_starts_are_shown_until_they_are_over(offer, shown):
    today = timezone.localdate()
    Closure.objects.create(
        offer=offer, starts_on=date(2020, 1, 1), ends_on=date(2020, 1, 2), reason="Gammel ferie"
    )
    Closure.objects.create(offer=offer, starts_on=today, ends_on=today, reason="Personaledag")
    StartDate.objects.create(offer=offer, starts_on=date(2020, 1, 1), note="Gammelt hold")
    StartDate.objects.create(offer=offer, starts_on=today + timedelta(days=9), note="Nyt hold")
    html = shown()
    assert "Personaledag" in html
    assert "Nyt hold" in html
    assert "Gammel" not in html


def test_repealed_law_leads_to_what_took_over(offer, shown):
    offer.legal_bases.add(LegalBasis.objects.get(law="serviceloven", section="11"))
    assert "serviceloven § 11 (nu barnets lov § 30)" in shown()


def test_what_takes_over_at_thirty_is_shown(visitor):
    html = visitor.get("/tilbud/spottet/").content.decode()
    assert "Fra du er 30 år" in html
    assert 'href="/tilbud/cas-aaben-raadgivning/"' in html


def test_a_draft_that_takes_over_is_not_shown(visitor):
    Offer.objects.filter(slug="cas-aaben-raadgivning").update(status=Offer.Status.DRAFT)
    html = visitor.get("/tilbud/spottet/").content.decode()
    assert "cas-aaben-raadgivning" not in html
    assert "Hvad kommer bagefter?" not in html


def test_the_policy_behind_the_offer_and_back(visitor):
    offer = Offer.objects.published().exclude(deliveries=None).first()
    delivery = offer.deliveries.first()
    html = visitor.get(offer.get_absolute_url()).content.decode()
    assert delivery.initiative.get_absolute_url() in html
    assert delivery.initiative.policy.get_absolute_url() in html
    back = visitor.get(reverse("policies:initiative", args=[delivery.initiative.slug])).content.decode()
    assert offer.get_absolute_url() in back
    assert delivery.reason.split(",")[0][:20] in back


def test_an_offer_without_a_contact_leads_to_the_organisation_above(visitor):
    html = visitor.get("/tilbud/roedovre-cafe-moedestedet/").content.decode()
    assert "Spørg Rødovre Kommune." in html
    assert 'href="tel:+4536377000">Ring 36 37 70 00</a>' in without_icons(html)


def test_what_is_easy_to_read_stands_first(offer, shown):
    assert "Let at læse" not in shown()
    Offer.objects.filter(pk=offer.pk).update(easy_text="Har du det svært?\nRing til os.")
    html = shown()
    assert "Har du det svært?<br>Ring til os." in html
    assert html.index("Let at læse") < html.index('<p class="font-lead"')


def test_one_can_ring_before_reading_what_is_easy_to_read(offer, shown):
    ContactPoint.objects.create(offer=offer, kind="telefon", value="70 20 12 66", order=200)
    Offer.objects.filter(pk=offer.pk).update(easy_text="Har du det svært?")
    html = shown()
    top = html[html.index("<h1") : html.index("Let at læse")]
    assert re.findall(r'href="(tel:[^"]*)"', top) == ["tel:116111"]
    assert html.count('class="opening"') == top.count('class="opening"') == 1


def test_what_is_easy_to_read_is_searched_like_the_rest(visitor, offer):
    Offer.objects.filter(pk=offer.pk).update(easy_text="Vi samler på snekugler.")
    html = visitor.get("/tilbud/?q=snekugler").content.decode()
    assert "Prøvetilbud" in html
    assert "<mark>snekugler</mark>" in html


def test_offers_that_are_alike_are_named_and_never_the_offer_itself(visitor):
    html = visitor.get("/tilbud/lev-uden-vold-1888/").content.decode()
    alike = html.partition("Tilbud, der ligner")[2].partition("</section>")[0]
    assert 'href="/tilbud/danner/"' in alike
    assert "/tilbud/lev-uden-vold-1888/" not in alike


def test_an_offer_without_needs_names_none_that_are_alike(shown):
    assert "Tilbud, der ligner" not in shown()


def test_who_checked_it_is_said_and_that_it_is_overdue(offer, shown):
    today = timezone.localdate()
    assert "Ikke kontrolleret endnu." in shown()
    Offer.objects.filter(pk=offer.pk).update(
        verified_on=today - timedelta(days=400),
        verified_by=Organisation.objects.get(slug="roskilde-kommune"),
        review_by=today,
    )
    assert "af Roskilde Kommune." in shown()
    assert "Det er for længe siden." not in shown()  # on the day itself it is not late yet
    Offer.objects.filter(pk=offer.pk).update(review_by=today - timedelta(days=1))
    assert "Det er for længe siden. Vi skulle have set på det igen senest" in shown()


def test_the_way_to_a_place_is_a_plain_link_that_says_that_it_leaves_the_site(offer, shown):
    html = shown()
    search = "https://www.openstreetmap.org/search?query=Pr%C3%B8vegade+1%2C+4000+Roskilde"
    assert f'href="{search}" rel="noopener external noreferrer"' in html
    assert 'href="https://www.rejseplanen.dk/" rel="noopener external noreferrer"' in html
    assert "Skriv <strong>Prøvegade 1, 4000 Roskilde</strong> dér." in html
    assert html.count("et andet websted") == 2
    offer.venues.update(latitude=55.64, longitude=12.08)
    assert "https://www.openstreetmap.org/?mlat=55.64&amp;mlon=12.08#map=17/55.64/12.08" in shown()


def test_a_place_without_a_street_is_sought_by_its_name_and_one_without_a_town_not_at_all(offer, shown):
    offer.venues.update(street="", postcode="")
    html = shown()
    assert "search?query=Huset%2C+Roskilde" in html
    assert "rejseplanen" not in html
    offer.venues.update(city="")
    assert "openstreetmap" not in shown()


def test_how_one_gets_into_the_house_and_the_languages_are_said(offer, shown):
    offer.venues.update(access_note="Der er en rampe ved bagdøren.")
    offer.languages.add(Language.objects.get(slug="ar"))
    html = shown()
    assert "Sådan kommer du ind: Der er en rampe ved bagdøren." in html
    assert "<dt>Sprog</dt>" in html
