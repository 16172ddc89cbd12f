"""Whom an offer is for, as cards and pages say it."""

import pytest

from offers.models import TargetGroup
from tests.test_offer_list import make_offer

pytestmark = pytest.mark.django_db


def test_not_known_is_not_all_ages_where_target_groups_are_known(visitor):
    offer = make_offer("uden-alder", title="Kvistcafeen")
    address = {"q": "kvistcafeen", "alder": "40"}
    assert "Alle aldre" in visitor.get("/tilbud/", address).content.decode()
    offer.target_groups.set(TargetGroup.objects.filter(slug__in=["boern", "unge"]))
    html = visitor.get("/tilbud/", address).content.decode()
    assert "Børn, Unge" in html
    assert "Passer: alle aldre" not in html
    for shown in (html, visitor.get(offer.get_absolute_url()).content.decode()):
        assert "Alle aldre" not in shown.partition('<section class="prose')[0]
