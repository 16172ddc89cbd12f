"""What the seeds state can be read on a page: every line of `docs/seed-map/` is looked up there."""

import re
from html import unescape

import pytest
import yaml
from django.utils.html import strip_tags

from tests.conftest import ROOT

MAPS = sorted((ROOT / "docs" / "seed-map").glob("*.yaml"))


def read(html: str) -> str:
    """Return what one reads on a page, its spaces evened out."""
    return re.sub(r"\s+", " ", unescape(strip_tags(html)))


@pytest.mark.django_db
@pytest.mark.parametrize("path", MAPS, ids=lambda path: path.stem)
def test_every_statement_of_a_seed_stands_on_its_page(visitor, path):
    pages: dict[str, str] = {}
    missing = []
    for row in yaml.safe_load(path.read_text()):
        page = row["page"]
        if page not in pages:
            response = visitor.get(page)
            assert response.status_code == 200, row
            pages[page] = read(response.content.decode())
        missing += [row for says in row["says"] if says not in pages[page]]
    assert missing == []


def test_every_seed_has_a_map():
    assert {path.stem for path in MAPS} == {"000", "001", "002", "003", "004"}


@pytest.mark.parametrize("path", MAPS, ids=lambda path: path.stem)
def test_a_map_goes_down_its_seed_line_by_line(path):
    firsts = [int(str(row["lines"]).split("-")[0]) for row in yaml.safe_load(path.read_text())]
    assert firsts == sorted(firsts)
    assert len(firsts) > 20


@pytest.mark.parametrize("path", MAPS, ids=lambda path: path.stem)
def test_a_row_says_where_in_words_that_are_found_nowhere_by_chance(path):
    for row in yaml.safe_load(path.read_text()):
        assert set(row) == {"lines", "about", "page", "says"}, row
        assert row["about"] and row["says"] and all(len(says) >= 10 for says in row["says"]), row


@pytest.mark.parametrize("path", MAPS, ids=lambda path: path.stem)
def test_the_docs_tell_how_many_rows_a_map_has(path):
    rows = len(yaml.safe_load(path.read_text()))
    assert f"| {path.stem} | {rows} |" in (ROOT / "docs" / "data.md").read_text()
