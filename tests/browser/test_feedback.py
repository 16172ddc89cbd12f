"""“Er noget forkert?” in a browser: by keyboard alone, with and without JavaScript."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

OFFER = "/tilbud/headspace-roskilde/"


@pytest.mark.parametrize("javascript", [True, False])
def test_a_reader_reports_by_keyboard_and_loses_nothing_on_the_way(browser, base_url, javascript):
    size = {"width": 360, "height": 740}
    context = browser.new_context(base_url=base_url, java_script_enabled=javascript, viewport=size)
    page = context.new_page()
    page.goto(OFFER)
    page.get_by_role("link", name="Er noget forkert? Fortæl os det").press("Enter")
    page.get_by_label("Telefonnummeret").press("Space")
    for _ in range(3):
        page.keyboard.press("ArrowDown")
    expect(page.get_by_label("Noget andet")).to_be_checked()
    page.keyboard.press("Tab")
    expect(page.get_by_label("Hvad skal der stå i stedet?")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Send")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("Skriv, hvad der er forkert.")
    expect(page.get_by_label("Noget andet")).to_be_checked()
    page.get_by_role("alert").get_by_role("link").press("Enter")
    text = page.get_by_label("Hvad skal der stå i stedet?")
    text.press_sequentially("Døren er flyttet.")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Tak for din besked")
    page.get_by_role("link", name="Tilbage til tilbuddet").press("Enter")
    page.wait_for_url(f"**{OFFER}")
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_form_with_errors_fits_and_has_no_barrier(page, scheme):
    page.emulate_media(color_scheme=scheme)
    for width in (320, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        page.goto(f"{OFFER}ret/")
        page.get_by_role("button", name="Send").click()
        expect(page.get_by_role("alert")).to_be_visible()
        expect(page.get_by_label("Lad dette felt stå tomt")).to_be_hidden()
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        report = Axe().run(page)
        assert report.violations_count == 0, report.generate_report()
