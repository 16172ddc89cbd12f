"""Wrong questions get a clear Danish answer; the rest of the question still holds."""

import re

import feedparser
import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.lists import offers_on
from tests.test_offer_list import CAS, CHILDRENS_GROUP

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "age", ["abc", "-3", "121", "999999999999", "9" * 5000, "10.5", "NaN", "\0", "١٠٠٠"]
)
def test_a_wrong_age_is_told_at_its_field_and_the_other_filters_hold(visitor, age):
    response = visitor.get("/tilbud/", {"alder": age, "behov": "alkohol-og-stoffer", "q": "anonym"})
    html = response.content.decode()
    assert response.status_code == 200
    assert 'id="id_alder_error"' in html
    assert "Skriv alderen som et helt tal fra 0 til 120." in html
    slugs = {offer.slug for offer in offers_on(response)}
    assert CAS in slugs
    assert "oekonomisk-friplads" not in slugs


@pytest.mark.parametrize(
    "name",
    [
        "behov",
        "maalgruppe",
        "kommune",
        "adgang",
        "anonym",
        "pris",
        "form",
        "sprog",
        "aaben",
        "hvem",
        "sorter",
    ],
)
@pytest.mark.parametrize("value", ["findes-ikke", "\0", "x" * 10_000, "' OR 1=1 --"])
def test_an_unknown_value_is_told_at_its_field(visitor, name, value):
    response = visitor.get("/tilbud/", {name: value, "alder": "10"})
    assert response.status_code == 200
    assert f'id="id_{name}_error"' in response.content.decode()
    slugs = {offer.slug for offer in offers_on(response)}
    assert CHILDRENS_GROUP in slugs
    assert CAS not in slugs


@pytest.mark.parametrize("words", ["x" * 10_000, "a\0b", "ord " * 3000])
def test_words_that_cannot_be_meant_are_told_at_the_field(visitor, words):
    response = visitor.get("/tilbud/", {"q": words})
    assert response.status_code == 200
    assert 'id="id_q_error"' in response.content.decode()


@pytest.mark.parametrize(
    ("page", "number"),
    [
        ("0", 1),
        ("-1", 1),
        ("abc", 1),
        ("last", 1),
        ("9" * 5000, 1),
        ("1.5", 1),
        ("", 1),
        ("\0", 1),
        ("999", None),
    ],
)
@pytest.mark.parametrize("path", ["/tilbud/", "/politikker/", "/bibliotek/", "/soeg-i-politik/", "/ideer/"])
def test_of_pages_that_do_not_exist_the_nearest_answers(visitor, path, page, number):
    answered = visitor.get(path, {"page": page}).context["page"]
    assert answered.number == (number or answered.paginator.num_pages)


def test_a_page_that_a_list_without_rows_does_not_have_is_the_first(visitor):
    assert visitor.get("/tilbud/", {"q": "xyzzy", "page": "2"}).context["page"].number == 1


@pytest.mark.parametrize(
    "path",
    [
        "/tilbud/%00/",
        "/tilbud/%zz/",
        "/tilbud/%ff%fe/",
        "/tilbud/" + "x" * 10_000 + "/",
        "/politikker/findes-ikke/",
        "/indsatser/findes-ikke/",
        "/udvalg/findes-ikke/",
        "/verdensmaal/0/",
        "/verdensmaal/18/",
        "/verdensmaal/9999999999999999999999999/",
        "/verdensmaal/abc/",
    ],
)
def test_an_address_of_nothing_is_a_404(visitor, path):
    response = visitor.get(path)
    assert response.status_code == 404
    assert 'rel="canonical"' not in response.content.decode()


@pytest.mark.parametrize("query", ["alder=%zz", "alder=%", "q=%ff%fe", "%00=%00", "&&&===", "behov[]=x"])
def test_broken_percent_signs_are_no_fault_of_ours(visitor, query):
    assert visitor.get(f"/tilbud/?{query}").status_code == 200


def test_of_a_repeated_age_the_last_one_counts(visitor):
    response = visitor.get("/tilbud/?alder=50&alder=10&behov=alkohol-og-stoffer")
    assert CHILDRENS_GROUP in {offer.slug for offer in offers_on(response)}


@pytest.mark.parametrize(
    "query",
    [
        "aar=abc",
        "aar=-1",
        "aar=" + "9" * 25,
        "aar=%00",
        "status=x",
        "status=%00",
        "verdensmaal=99",
        "udgiver=x",
        "slags=x",
        "q=a%00b",
        "q=" + "x" * 3000,
    ],
)
def test_the_library_answers_wrong_questions_too(visitor, query):
    response = visitor.get(f"/bibliotek/?{query}")
    assert response.status_code == 200
    assert '_error"' in response.content.decode()
    read = feedparser.parse(visitor.get(f"/bibliotek/feed.atom?{query}").content)
    assert not read.bozo
    assert read.feed.subtitle


@pytest.mark.parametrize(
    "query", ["status=x", "status=%00", "tema=findes-ikke", "tema=" + "9" * 25, "q=a%00b"]
)
def test_the_ideas_answer_wrong_questions_too(visitor, query):
    response = visitor.get(f"/ideer/?{query}")
    assert response.status_code == 200
    assert '_error"' in response.content.decode()
    read = feedparser.parse(visitor.get(f"/ideer/feed.atom?{query}").content)
    assert not read.bozo
    assert read.feed.subtitle


@pytest.mark.parametrize("query", ["hvad=x", "udvalg=%00", "ordret=måske", "q=" + "x" * 3000, "q=a%00b"])
def test_the_search_of_all_kinds_answers_wrong_questions_too(visitor, query):
    response = visitor.get(f"/soeg-i-politik/?{query}")
    assert response.status_code == 200
    assert "Noget i søgningen kunne ikke bruges" in response.content.decode()


NAMES = [
    "q",
    "alder",
    "behov",
    "kommune",
    "pris",
    "sorter",
    "aar",
    "slags",
    "hvad",
    "udvalg",
    "ordret",
    "status",
    "tema",
    "page",
]


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    path=st.sampled_from(["/tilbud/", "/politikker/", "/bibliotek/", "/soeg-i-politik/", "/ideer/"]),
    query=st.dictionaries(
        st.sampled_from(NAMES),
        st.text(max_size=60),
    ),
)
def test_no_question_is_ever_answered_by_a_500(db, path, query):
    assert Client().get(path, query).status_code == 200


def test_a_long_word_that_is_searched_does_not_fill_a_phone(visitor):
    html = visitor.get("/tilbud/", {"q": "z" * 900}).content.decode()
    [chip] = re.findall(r'<a class="tag tag-icon".*?</a>', html, re.DOTALL)
    assert f"{'z' * 50}" in chip
    assert "…" in chip
    assert "z" * 60 not in chip.partition(">")[2]
