"""Two editors in two browsers: told, shown both, asked; and the pages around it are without barriers."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.browser.conftest import PASSWORD


@pytest.fixture
def editors(browser, base_url):
    """Return the pages of two editors, each with a session of her own; no browser may complain."""
    complaints, contexts, pages = [], [], []
    for _ in range(2):
        context = browser.new_context(base_url=base_url, locale="da-DK")
        page = context.new_page()
        page.set_default_timeout(20_000)
        page.on("console", lambda message: complaints.append(message.text))
        page.goto("/admin/login/?next=/admin/")
        page.get_by_label("Brugernavn").fill("red")
        page.get_by_label("Adgangskode").fill(PASSWORD)
        page.get_by_role("button", name="Log ind").click()
        contexts.append(context)
        pages.append(page)
    yield pages
    for context in contexts:
        context.close()
    assert complaints == []


def fits_and_is_open_to_all(page):
    """Look at a page with axe, narrow and wide."""
    for width in (320, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, page.url
        found = Axe().run(page)
        assert found.violations_count == 0, f"{page.url}: {found.generate_report()}"


def save(page):
    """Press the first of the buttons that save."""
    page.locator("input[name=_save]").first.click()


def test_second_editor_is_told_and_chooses_and_the_history_tells(editors):
    anna, bo = editors
    anna.goto("/admin/offers/offer/?q=alkolinjen")
    address = anna.locator("#result_list tbody th a").first.get_attribute("href").split("?")[0]
    for page in editors:
        page.goto(address)
    anna.get_by_label("Titel:").fill("Annas titel")
    anna.get_by_label("Om prisen:").fill("Annas pris")
    anna.get_by_label("Hvorfor?").fill("Nyt navn")
    save(anna)
    bo.get_by_label("Titel:").fill("Bos titel")
    bo.get_by_label("Hvor længe det varer:").fill("En time")
    save(bo)
    expect(bo.get_by_role("heading", name="En anden har gemt imens")).to_be_visible()
    expect(bo.get_by_role("group", name="Titel")).to_contain_text("Annas titel")
    fits_and_is_open_to_all(bo)
    bo.get_by_role("group", name="Titel").get_by_label("Du skrev:").check()
    bo.get_by_role("button", name="Gem det valgte").click()
    expect(bo.get_by_text("“Bos titel” er gemt, som du valgte.")).to_be_visible()
    bo.goto(address)
    expect(bo.get_by_label("Titel:")).to_have_value("Bos titel")
    expect(bo.get_by_label("Om prisen:")).to_have_value("Annas pris")
    expect(bo.get_by_label("Hvor længe det varer:")).to_have_value("En time")
    bo.get_by_role("link", name="Historik").click()
    expect(bo.get_by_text("Hvorfor: Nyt navn")).to_be_visible()
    fits_and_is_open_to_all(bo)
    bo.get_by_role("link", name="Gå tilbage til denne version").last.click()
    fits_and_is_open_to_all(bo)
    bo.get_by_role("button", name="Gå tilbage til versionen").click()
    expect(bo.get_by_label("Om prisen:")).to_have_value("")


def test_public_offer_is_revised_approved_and_seen(editors):
    page, other = editors
    page.goto("/admin/offers/offer/?status__exact=offentlig&q=alkolinjen")
    page.locator("#result_list tbody th a").first.click()
    page.get_by_role("link", name="Arbejdsgang", exact=True).click()
    fits_and_is_open_to_all(page)
    page.get_by_role("button", name="Begynd en ny udgave").click()
    page.get_by_label("Kort fortalt:").fill("Her kan du tale om at drikke for meget.")
    save(page)
    page.get_by_role("link", name="Se siden som borger").click()
    expect(page.get_by_text("Her kan du tale om at drikke for meget.")).to_be_visible()
    fits_and_is_open_to_all(page)
    page.get_by_role("link", name="Tilbage til arbejdsgangen").click()
    other.goto("/tilbud/alkolinjen/")
    expect(other.get_by_text("Her kan du tale om at drikke for meget.")).to_have_count(0)
    page.get_by_role("link", name="Prøv i søgningen").click()
    page.get_by_label("Hvad ville en borger skrive?").fill("drikker for meget")
    page.get_by_role("button", name="Søg", exact=True).click()
    expect(page.get_by_role("heading", name="Tilbuddet bliver nr.")).to_be_visible()
    fits_and_is_open_to_all(page)
    page.get_by_role("link", name="Arbejdsgang", exact=True).click()
    page.get_by_label("Hvorfor?").fill("Set igennem")
    page.get_by_role("button", name="Godkend og gør offentlig").click()
    expect(page.get_by_text("Godkendt og gjort offentlig.").first).to_be_visible()
    other.goto("/tilbud/alkolinjen/")
    expect(other.get_by_text("Her kan du tale om at drikke for meget.")).to_be_visible()
