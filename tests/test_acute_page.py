"""Acute help: one way to it from every page, and who is open stands first."""

import re
from datetime import time, timedelta

import pytest
from django.utils import timezone

from offers.acute import acute_lines
from offers.models import ContactPoint, Offer, OpeningHours
from tests.addresses import public_addresses
from tests.conftest import without_icons
from tests.test_offer_list import make_offer

pytestmark = pytest.mark.django_db


@pytest.fixture
def titles(visitor):
    """Return a function that gives the titles on the page, in their order."""
    return lambda: re.findall(r"<h3[^>]*><a[^>]*>([^<]*)</a>", visitor.get("/akut/").content.decode())


def make_line(slug, day=None):
    """Return an acute line, open round the clock on one day of the week if any is given."""
    offer = make_offer(slug, is_acute=True, acute_order=1)
    ContactPoint.objects.create(offer=offer, kind="telefon", value="116 111")
    if day is not None:
        OpeningHours.objects.create(
            offer=offer, weekday=day.weekday(), opens=time(0), closes=time(0), channel="telefon"
        )
    return offer


def test_open_now_stands_first_and_the_next_to_open_comes_before_the_one_after(titles):
    Offer.objects.filter(is_acute=True).update(is_acute=False)
    today = timezone.localdate()
    for slug, away in (("fire", 4), ("to", 2), ("nu", 0)):
        make_line(slug, today + timedelta(days=away))
    make_line("ukendt")
    assert titles() == ["nu", "ukendt", "to", "fire"]


def test_every_published_line_is_there_with_its_number_and_hours(visitor):
    html = visitor.get("/akut/").content.decode()
    for offer in Offer.objects.published().acute():
        assert offer.get_absolute_url() in html
        for contact in offer.contact_points.all():
            assert f'href="{contact.href}"' in html
    assert "Åbent døgnet rundt" in html
    Offer.objects.filter(slug="danner").update(status=Offer.Status.DRAFT)
    assert "danner" not in visitor.get("/akut/").content.decode()


def test_without_any_line_the_page_leads_on(visitor):
    Offer.objects.filter(is_acute=True).update(is_acute=False)
    html = visitor.get("/akut/").content.decode()
    assert "Her er ingen numre endnu." in html
    assert 'href="tel:112"' in html


def test_every_page_has_the_way_to_it(visitor):
    for address in [*public_addresses(), "/findes-ikke/"]:
        embedded = address.startswith(("/indlejr/soeg/", "/indlejr/liste/"))
        way = '<p><a href="/akut/">' if embedded else '<a class="safety-help" href="/akut/"'
        assert way in visitor.get(address).content.decode(), address


def test_every_page_has_a_way_out_that_tells_nobody_where_one_comes_from(visitor, settings):
    settings.QUICK_EXIT_URL = "https://neutral.example/"
    way_out = 'href="https://neutral.example/" rel="noreferrer" data-quick-exit>Forlad siden nu</a>'
    for address in (
        "/",
        "/tilbud/",
        "/akut/",
        "/tilbud/headspace-roskilde/",
        "/politikker/",
        "/findes-ikke/",
    ):
        assert way_out in without_icons(visitor.get(address).content.decode()), address


def test_the_page_says_what_the_way_out_does_not_do(visitor):
    assert "det sletter ikke browserens historik" in visitor.get("/akut/").content.decode()


def test_the_front_page_says_who_answers_now_and_puts_the_closed_last(visitor):
    today = timezone.localdate()
    make_line("lukket", day=today + timedelta(days=3))
    make_line("aaben", day=today)
    response = visitor.get("/")
    slugs = [line.contact.offer.slug for line in response.context["acute_lines"]]
    assert slugs.index("aaben") < slugs.index("boernetelefonen") < slugs.index("lukket")
    assert 'class="is-open">Åbent nu' in response.content.decode()


def test_a_line_for_what_is_asked_goes_before_others_that_are_open():
    slugs = [line.contact.offer.slug for line in acute_lines(["selvmordstanker"])]
    assert slugs.index("livslinien") < slugs.index("lev-uden-vold-1888")
    slugs = [line.contact.offer.slug for line in acute_lines(["vold"])]
    assert slugs.index("lev-uden-vold-1888") < slugs.index("livslinien")
