"""What /api/hsds says to what it cannot answer: which parameter is wrong, and never nothing."""

import pytest

from tests.api.test_hsds import BASE

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("path", "parameter"),
    [
        ("services?full=maybe", "full"),
        ("services?format=xml", "format"),
        ("services?modified_after=%2B", "modified_after"),
        ("services?search=%00", "search"),
        ("services?search=" + "x" * 1001, "search"),
        ("services?search=010190-1234", "search"),
        ("services?search=%FF%FE", "search"),
        ("services?perPage=0", "perPage"),
        ("services?per_page=0", "per_page"),
        ("services?perPage=2&per_page=3", "per_page"),
        ("service_at_locations?postcode=x", "postcode"),
        ("service_at_locations?postcode=4000&proximity=-1", "proximity"),
        ("taxonomy_terms?parent_id=x", "parent_id"),
        ("organizations?modified_after=2026-01-01", "modified_after"),
        ("organizations?sort=name", "sort"),
    ],
)
def test_a_bad_parameter_is_named(visitor, path, parameter):
    response = visitor.get(f"{BASE}/{path}")
    assert response.status_code == 400
    assert response.json()["parameter"] == parameter
    assert response.headers["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize("name", ["services", "service_at_locations", "organizations", "taxonomies"])
def test_signs_without_a_word_find_nothing_and_empty_is_no_search(visitor, name):
    def total(**query):
        return visitor.get(f"{BASE}/{name}", query).json()["total_items"]

    assert total(search="!!!") == 0
    assert total(search=" ") == total(search="") == total()


@pytest.mark.parametrize(
    ("accept", "path", "status"),
    [
        ("text/html,application/xhtml+xml,*/*;q=0.8", "services", 200),
        ("application/*", "services", 200),
        ("application/x-ndjson", "services?format=ndjson", 200),
        ("application/x-ndjson", "services", 406),
        ("application/xml", "services", 406),
        ("application/json;q=0", "taxonomies", 406),
        ("\xff/,;;", "organizations", 406),
    ],
)
def test_who_cannot_read_what_we_give_is_told(visitor, accept, path, status):
    response = visitor.get(f"{BASE}/{path}", headers={"Accept": accept})
    assert response.status_code == status
    if status == 406:
        assert response.json()["parameter"] == "Accept"
        assert response.headers["Content-Type"] == "application/problem+json"
        assert (
            f'id="{response.json()["type"].partition("#")[2]}"'
            in visitor.get("/data/api/").content.decode()
        )
    else:
        b"".join(response) if response.streaming else response.content
