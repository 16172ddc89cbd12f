"""The lists of work on the desk: they fit every width, and axe finds no barrier in them."""

import sqlite3
from contextlib import closing
from datetime import UTC, datetime

import pytest
from playwright.sync_api import expect

from tests.browser.test_accessibility import assert_no_barrier

NOW = datetime.now(UTC)


@pytest.fixture
def rows(base_url, tmp_path_factory):
    """Put into the database of the server what its programs would write over days."""
    [database] = tmp_path_factory.getbasetemp().glob("site0/db.sqlite3")
    link = "insert into offers_linkcheck"
    link += " (url, state, checked_at, redirected_to, error, failures, failing_since)"
    miss = "insert into offers_searchmiss (words, day, kind, count) values (?, ?, 'ingen', 9)"
    with closing(sqlite3.connect(database, timeout=20)) as connection, connection:
        for state, error in (
            ("doed", "Siden findes ikke (svar 404)."),
            ("svarer", ""),
            ("usikker", "Luk op."),
        ):
            url = f"https://{state}.example/{'en-lang-adresse-' * 8}"
            moved = f"{url}ny" if state == "svarer" else ""
            values = (url, state, NOW, moved, error, 4, NOW if state == "doed" else None)
            connection.execute(f"{link} values (?, ?, ?, ?, ?, ?, ?)", values)
        for words in ("qvintusfnas", "min far drikker"):
            connection.execute(miss, (words, NOW.date()))


def test_lists_of_work_fit_have_no_barrier_and_work_by_keyboard(page, rows, log_in):
    log_in("administrator")
    for path in ("linkcheck/doede/", "searchmiss/uden-svar/"):
        for width, scheme in ((320, "light"), (1280, "light"), (1280, "dark")):
            page.set_viewport_size({"width": width, "height": 800})
            page.emulate_media(color_scheme=scheme)
            page.goto(f"/admin/offers/{path}")  # anew: the admin fades from one colour to the other
            assert page.evaluate("document.documentElement.scrollWidth") <= width, f"{path} at {width}"
            assert_no_barrier(page)
    page.get_by_role("region", name="qvintusfnas").get_by_role("button", name="Læg til side").press("Enter")
    expect(page.get_by_text("“qvintusfnas” er gemt under “Lagt til side”.")).to_be_visible()
    expect(page.get_by_role("heading", name="qvintusfnas")).to_have_count(0)
    page.get_by_role("region", name="min far drikker").get_by_role("link", name="Se hvorfor").press("Enter")
    expect(page.get_by_role("heading", name="Søgelaboratorium")).to_be_visible()
