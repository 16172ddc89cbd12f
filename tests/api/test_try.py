"""The forms on the page about the APIs: each leads to its address, with what was filled in."""

import pytest

from offers.models import Offer

pytestmark = pytest.mark.django_db
AT = "/data/api/proev/"


def test_empty_fields_are_left_out(visitor):
    response = visitor.get(f"{AT}?operation=listServices&search=ensom&page=&full=true&format=")
    assert response.url == "/api/hsds/services?search=ensom&full=true"


def test_an_id_goes_into_the_path(visitor):
    key = Offer.objects.published().first().uuid
    response = visitor.get(f"{AT}?operation=getService&id={key}")
    assert visitor.get(response.url).json()["id"] == str(key)


@pytest.mark.parametrize("key", ["", "..", "//ondt.example", "%00", "a/b?c#d"])
def test_an_odd_id_stays_in_its_place(visitor, key):
    response = visitor.get(AT, {"operation": "getService", "id": key})
    assert response.url.startswith("/api/hsds/services/")
    assert visitor.get(response.url).status_code == 404


@pytest.mark.parametrize("name", ["", "x", "listServices\0"])
def test_an_address_that_we_do_not_have_is_not_found(visitor, name):
    assert visitor.get(AT, {"operation": name}).status_code == 404


def test_every_form_of_the_page_leads_to_an_answer_or_a_problem(visitor):
    page = visitor.get("/data/api/")
    names = [address.name for manual in page.context["manuals"] for address in manual.addresses]
    assert len(names) > 15
    for name in names:
        assert f'value="{name}"' in page.content.decode()
        answer = visitor.get(visitor.get(f"{AT}?operation={name}").url)
        assert answer.status_code in (200, 404), name
        assert "json" in answer.headers["Content-Type"], name
