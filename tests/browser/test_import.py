"""Handing in a table in a browser: the form, the list, the saving, the undoing; axe and keyboard."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.browser.test_accessibility import OPTIONS
from tests.exchange.files import text, xlsx


@pytest.fixture
def desk(page, log_in):
    """Return a page of somebody who is logged in."""
    log_in("godkender")
    page.set_viewport_size({"width": 1280, "height": 800})
    return page


def assert_no_barrier(page, part=None):
    """Run axe on a page or a part; without `preload`, which writes styles into it, against the CSP."""
    report = Axe().run(page, context=part, options={**OPTIONS, "preload": False})
    assert report.violations_count == 0, report.generate_report()


def hand_in(page, content, name="steder.xlsx"):
    page.goto("/admin/offers/importrun/ny/?sheet=steder")
    assert_no_barrier(page)
    page.locator("#id_file").set_input_files(
        {"name": name, "mimeType": "application/octet-stream", "buffer": content}
    )
    page.get_by_role("button", name="Vis, hvad filen vil gøre").press("Enter")


def test_a_table_is_handed_in_stored_and_taken_back(desk):
    hand_in(desk, xlsx(["Navn", "By"], ["Qvist-huset", "Lejre"], title="Steder"))
    expect(
        desk.get_by_text("1 nye, 0 ændrede, 0 uændrede, 0 afviste. Intet er gemt endnu.")
    ).to_be_visible()
    for width, scheme in ((320, "light"), (1280, "light"), (1280, "dark")):
        desk.set_viewport_size({"width": width, "height": 800})
        desk.emulate_media(color_scheme=scheme)
        desk.goto(desk.url)
        assert desk.evaluate("document.documentElement.scrollWidth") <= width, width
        assert_no_barrier(desk)
    desk.get_by_role("button", name="Gem det, der står i listen").press("Enter")
    expect(desk.get_by_text("Stand: gemt")).to_be_visible()
    assert_no_barrier(desk)
    desk.get_by_role("button", name="Fortryd hele importen").press("Enter")
    expect(desk.get_by_text("Stand: fortrudt")).to_be_visible()


def test_a_file_with_faults_says_where_they_are(desk):
    hand_in(desk, text(["Navn", "Postnummer"], ["Huset", "40000"]).encode(), "steder.csv")
    expect(desk.get_by_text("Filen kan ikke gemmes")).to_be_visible()
    expect(desk.get_by_role("row", name="Huset")).to_contain_text("Postnummer:")
    assert_no_barrier(desk)


def test_a_large_table_shows_how_far_it_is(desk):
    rows = [[f"Sted {n}", "Lejre"] for n in range(301)]
    hand_in(desk, text(["Navn", "By"], *rows).encode(), "mange.csv")
    expect(desk.get_by_role("heading", name="Filen bliver læst")).to_be_visible()
    expect(desk.get_by_role("progressbar")).to_be_visible()
    expect(desk.get_by_text("python manage.py db_worker")).to_be_visible()
    assert_no_barrier(desk)


def test_what_looks_alike_is_said_while_one_types(desk):
    desk.goto("/admin/offers/offer/add/")
    desk.get_by_label("Titel:").fill("BørneTelefonen")
    told = desk.get_by_text("Det ligner noget, der er her i forvejen.")
    expect(told).to_be_visible()
    assert_no_barrier(desk)
    desk.get_by_label("Titel:").fill("Noget helt nyt og andet")
    expect(told).to_be_hidden()
