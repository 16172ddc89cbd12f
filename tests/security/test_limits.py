"""How often one may search: so often that no person notices, and then a calm page."""

import pytest
from django.core.cache import caches
from django.test import Client

from tests.test_pages import assert_valid

VISITOR = {"x-forwarded-for": "203.0.113.7"}


@pytest.fixture(autouse=True)
def few(settings, db):
    settings.SEARCH_LIMIT = 3
    caches["visitors"].clear()
    yield
    caches["visitors"].clear()


@pytest.mark.parametrize("path", ["/tilbud/?q=ensom", "/soeg-i-politik/?q=x", "/en/tilbud/?q=x"])
def test_who_searches_far_too_often_is_asked_to_wait(visitor, path):
    answers = [visitor.get(path, headers=VISITOR) for _ in range(4)]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
    assert answers[-1].headers["Retry-After"] == "60"
    html = answers[-1].content.decode()
    assert "tel:112" in html
    assert_valid(html, path)


def test_what_is_suggested_while_one_types_counts_too(visitor):
    headers = {**VISITOR, "hx-request": "true"}
    answers = [visitor.get("/forslag/?q=ens", headers=headers).status_code for _ in range(4)]
    assert answers[-1] == 429
    assert 429 not in answers[:3]


def test_the_page_is_in_the_language_of_the_site(visitor):
    texts = [visitor.get("/tilbud/?q=x", headers=VISITOR).content.decode() for _ in range(4)]
    assert "Vent et minut, og prøv igen." in texts[-1]
    english = visitor.get("/en/tilbud/?q=x", headers=VISITOR).content.decode()
    assert "Wait a minute, and try again." in english


def test_the_api_says_so_as_a_problem_document(visitor):
    answers = [visitor.get("/api/hsds/services?search=x", headers=VISITOR) for _ in range(4)]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
    assert answers[-1].json()["type"].endswith("#for-mange")
    assert answers[-1].headers["Access-Control-Allow-Origin"] == "*"
    assert answers[-1].headers["Retry-After"] == "60"
    assert 'id="for-mange"' in visitor.get("/data/api/").content.decode()


def test_nobody_else_waits_and_nothing_else_does(visitor):
    for _ in range(5):
        visitor.get("/tilbud/?q=ensom", headers=VISITOR)
    assert visitor.get("/tilbud/?q=ensom", headers={"x-forwarded-for": "203.0.113.8"}).status_code == 200
    for path in ("/", "/tilbud/", "/akut/", "/tilbud/boernetelefonen/", "/data/"):
        assert visitor.get(path, headers=VISITOR).status_code == 200


def test_servers_in_front_that_are_not_known_stop_nobody(visitor):
    assert {visitor.get("/tilbud/?q=ensom").status_code for _ in range(6)} == {200}


def test_none_is_no_limit(visitor, settings):
    settings.SEARCH_LIMIT = 0
    assert {visitor.get("/tilbud/?q=x", headers=VISITOR).status_code for _ in range(6)} == {200}


def test_what_is_counted_tells_neither_address_nor_words():
    Client().get("/tilbud/?q=hemmelig", headers=VISITOR)
    kept = str(caches["visitors"]._cache)
    assert "search-" in kept
    assert "203.0" not in kept
    assert "hemmelig" not in kept
