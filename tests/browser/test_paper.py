"""On paper: numbers that can be read from where one stands, whole sheets, and nothing to press."""

import re

import pytest
from playwright.sync_api import expect

SHEET = {"format": "A4", "print_background": False}


def sheets(page, **options) -> int:
    """Return how many sheets the page fills."""
    return len(re.findall(rb"/Type\s*/Page\b", page.pdf(**{**SHEET, **options})))


@pytest.mark.parametrize("path", ["/", "/akut/", "/tilbud/boernetelefonen/"])
def test_a_number_is_large_and_black_though_the_browser_drops_backgrounds(page, path):
    page.emulate_media(media="print")
    page.goto(path)
    numbers = page.locator("main a.button[href^='tel:']")
    assert numbers.count()
    for number in numbers.all():
        expect(number).to_have_css("color", "rgb(0, 0, 0)")
        expect(number).to_have_css("background-color", "rgba(0, 0, 0, 0)")
        expect(number).to_have_css("font-weight", "700")
        assert float(number.evaluate("one => parseFloat(getComputedStyle(one).fontSize)")) >= 20


@pytest.mark.parametrize("slug", ["insp", "boernetelefonen", "headspace-roskilde"])
@pytest.mark.parametrize("margin", ["10mm", "18mm", "25.4mm"])
def test_a_poster_is_one_sheet(page, slug, margin):
    page.goto(f"/tilbud/{slug}/opslag/")
    assert sheets(page, margin=dict.fromkeys(("top", "right", "bottom", "left"), margin)) == 1


@pytest.mark.parametrize("path", ["/akut/", "/tilbud/boernetelefonen/", "/tilbud/headspace-roskilde/"])
def test_help_to_take_along_is_two_sheets_at_most(page, path):
    page.goto(path)
    assert sheets(page) <= 2


def test_an_offer_has_its_facts_and_address_and_nothing_to_press(page, base_url):
    page.goto("/tilbud/headspace-roskilde/")
    page.emulate_media(media="print")
    for words in ("Sådan får du hjælp", "Hvornår?", "Hvor?", "Kontrolleret"):
        expect(page.get_by_text(words, exact=True)).to_be_visible()
    expect(page.get_by_text(f"{base_url}/tilbud/headspace-roskilde/", exact=True)).to_be_visible()
    for name in ("Print et opslag", "Er noget forkert?", "Se stedet på et kort", "Læg på liste"):
        expect(page.get_by_role("link", name=name)).to_have_count(0)
    expect(page.get_by_role("heading", name="Tilbud, der ligner")).to_have_count(0)
    expect(page.get_by_role("button")).to_have_count(0)
