"""What may be the same thing twice is pointed out while one types; only among what one may see."""

import pytest
from django.urls import reverse

from offers.models import Offer, Organisation, Venue

pytestmark = pytest.mark.django_db


def alike(client, model="offer", **typed):
    """Return the names that look like what is typed, and what is the same."""
    answer = client.get(reverse(f"admin:offers_{model}_tabel_ligner"), typed)
    return {row["name"]: row["same"] for row in answer.json()["rows"]}


def test_the_same_title_phone_and_page_are_found(editor):
    offer = Offer.objects.get(slug="boernetelefonen")
    assert alike(editor, name=f" {offer.title.upper()} ") == {offer.title: "navnet"}
    assert offer.title in alike(editor, name="børnetelefonen")
    assert "telefonnummeret" in alike(editor, phone="+45 116111")[offer.title]
    offer.url = "https://www.example.org/side/"
    offer.save()
    assert alike(editor, url="http://example.org/side") == {offer.title: "hjemmesiden"}
    both = alike(editor, name=offer.title, url="example.org/side")
    assert both == {offer.title: "hjemmesiden og navnet"}


def test_the_same_address_of_a_venue_is_found(editor):
    Venue.objects.create(slug="x", name="Huset", street="Algade 1, st.", postcode="4000")
    assert alike(editor, "venue", address="algade 1 st 4000") == {"Huset": "adressen"}


def test_nothing_typed_is_like_nothing(editor):
    assert alike(editor) == {}
    assert alike(editor, url="http://[", phone="x") == {}


def test_drafts_of_others_are_not_given_away(log_in):
    own, other = Organisation.objects.all()[:2]
    Offer.objects.create(slug="x", title="Hemmelig plan", organisation=other)
    client = log_in("Tilbudsejer", own)
    assert alike(client, name="hemmelig plan") == {}


def test_who_may_not_add_asks_in_vain(log_in):
    assert log_in("Sagsbehandler").get(reverse("admin:offers_offer_tabel_ligner")).status_code == 403
