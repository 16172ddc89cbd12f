"""How far it is to an offer, where its place and that of the reader are known."""

import doctest

import pytest

from offers import distance
from offers.models import Municipality, Venue
from offers.search.neighbours import table
from tests.test_offer_list import make_offer

pytestmark = pytest.mark.django_db
BORNHOLM = "0400"  # lies beside Køge by ferry
MUSIC_HOUSE = {"latitude": 55.63, "longitude": 12.09}


def card(visitor, query):
    """Return the page that a search for the offer gives."""
    html = visitor.get(f"/tilbud/?q=snekugle{query}").content.decode()
    assert "/tilbud/snekugle/" in html
    return html


@pytest.fixture
def offer():
    """Return an offer in Roskilde whose place is on the map."""
    offer = make_offer("snekugle", title="Snekugle", municipalities=["0265", "0350"])
    offer.venues.add(Venue.objects.create(slug="huset", name="Huset", **MUSIC_HOUSE))
    return offer


def test_the_examples_hold():
    assert not doctest.testmod(distance).failed


def test_every_municipality_has_its_town_and_neighbours_are_near():
    centres = distance.centres()
    assert set(centres) == set(Municipality.objects.values_list("code", flat=True))
    for code, others in table().items():
        for other in others:
            far = distance.kilometres(centres[code][1], centres[other][1])
            assert 0 < far < (170 if BORNHOLM in (code, other) else 75), (code, other, far)


def test_a_card_says_how_far_it_is_from_the_place_that_was_chosen(visitor, offer):
    assert "Ca. 1 km fra Roskilde" in card(visitor, "&kommune=0265")
    assert "Ca. 8 km fra Lejre" in card(visitor, "+i+Lejre+Kommune")


def test_of_several_places_the_nearest_counts(visitor, offer):
    assert "Ca. 1 km fra Roskilde" in card(visitor, "&kommune=0350&kommune=0265")


def test_nothing_is_said_without_a_place(visitor, offer):
    assert " km fra " not in card(visitor, "")


def test_a_confidential_place_is_measured_by_nobody(visitor, offer):
    offer.venues.update(confidential=True)
    assert " km fra " not in card(visitor, "&kommune=0265")
