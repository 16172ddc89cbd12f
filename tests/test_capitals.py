"""An address written with capitals leads to the page in small letters; nothing else is redirected."""

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("written", "right"),
    [
        ("/politikker/Roskilde-Klubpolitik/", "/politikker/roskilde-klubpolitik/"),
        ("/Politikker/", "/politikker/"),
        ("/tilbud/Roedovre-Cafe-Moedestedet/", "/tilbud/roedovre-cafe-moedestedet/"),
        ("/indsatser/Roedovre-Faerre-Ensomme/", "/indsatser/roedovre-faerre-ensomme/"),
        ("/udvalg/ROEDOVRE-UDSATTERAADET/moeder.ics", "/udvalg/roedovre-udsatteraadet/moeder.ics"),
        ("/en/udvalg/Roedovre-Udsatteraadet/", "/en/udvalg/roedovre-udsatteraadet/"),
        ("/Verdensmaal/3/", "/verdensmaal/3/"),
    ],
)
def test_capitals_lead_to_the_page_in_small_letters(visitor, written, right):
    response = visitor.get(written)
    assert (response.status_code, response["Location"]) == (301, right)
    assert visitor.head(written)["Location"] == right
    assert visitor.get(right).status_code == 200


def test_what_is_asked_goes_along(visitor):
    response = visitor.get("/Politikker/?status=udkast&q=B%C3%B8rn+og+Unge")
    assert response["Location"] == "/politikker/?status=udkast&q=B%C3%B8rn+og+Unge"


@pytest.mark.parametrize(
    "address",
    [
        "/politikker/Findes-Ikke/",
        "/Ukendt/",
        "/Admin/",
        "/API/politikker/policies",
        "/tilbud/findes-ikke/",
    ],
)
def test_what_is_no_page_in_small_letters_either_is_not_found(visitor, address):
    assert visitor.get(address).status_code == 404


def test_nothing_is_sent_on_elsewhere(db):
    assert Client().post("/Politikker/").status_code in {403, 404, 405}


def test_an_address_that_is_right_costs_nothing_more(visitor, django_assert_num_queries):
    visitor.get("/udvalg/")
    with django_assert_num_queries(1):
        visitor.get("/udvalg/")
    with django_assert_num_queries(1):
        visitor.get("/udvalg/findes-ikke/")
