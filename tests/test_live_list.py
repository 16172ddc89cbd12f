"""`/tilbud/` for htmx: the same address gives only what changes with the filters."""

import re

import pytest

pytestmark = pytest.mark.django_db

HTMX = {"HX-Request": "true"}
WITH_ID = r'<(\w+)[^>]* id="{}"[^>]*>(.*?)</\1>'


def inside(html, name):
    """Return what stands in the element called `name`, without what only htmx reads."""
    return re.search(WITH_ID.format(name), html, re.DOTALL)[2]


def test_the_part_has_the_cards_and_counts_of_the_page(visitor):
    query = {"q": "alkohol", "form": "gruppe", "alder": "10"}
    page = visitor.get("/tilbud/", query).content.decode()
    part = visitor.get("/tilbud/", query, headers=HTMX).content.decode()
    assert "<html" not in part
    assert re.findall("<h3.*", part) == re.findall("<h3.*", page) != []
    names = re.findall(r'id="((?:antal|valgt)-[^"]+)"', part)
    assert len(names) > 150
    for name in [*names, "vis-antal", "forfra", "fund-antal"]:
        assert inside(part, name).split() == inside(page, name).split(), name
    assert set(re.findall(r'id="((?:antal|valgt)-[^"]+)"', page)) == set(names)


def test_caches_are_told_that_there_are_two(visitor):
    assert "HX-Request" in visitor.get("/tilbud/")["Vary"]


def test_what_is_wrong_is_left_to_the_whole_page(visitor):
    response = visitor.get("/tilbud/?alder=ti", headers=HTMX)
    assert response["HX-Redirect"] == "/tilbud/?alder=ti"
    assert response.content == b""


def test_a_crisis_stands_in_its_own_place(visitor):
    part = visitor.get("/tilbud/?behov=selvmordstanker", headers=HTMX).content.decode()
    assert part.count('href="tel:112"') == 1
    assert part.index('id="krise"') < part.index('href="tel:112"')
