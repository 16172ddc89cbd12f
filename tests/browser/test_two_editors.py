"""Two editors in two browsers: told, shown both, asked; and the pages around it are without barriers."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.browser.conftest import enter


@pytest.fixture
def sit_down(browser, base_url):
    """Return a function that gives each of some people a browser of her own; none may complain."""
    complaints, contexts = [], []

    def seated(*names):
        pages = []
        for name in names:
            contexts.append(browser.new_context(base_url=base_url, locale="da-DK"))
            page = contexts[-1].new_page()
            page.set_default_timeout(20_000)
            page.on("console", lambda message: complaints.append(message.text))
            enter(page, name)
            pages.append(page)
        return pages

    yield seated
    for context in contexts:
        context.close()
    assert complaints == []


def fits_and_is_open_to_all(page):
    """Look at a page with axe, narrow and wide, when its programs have named what Django leaves bare."""
    page.wait_for_load_state("load")
    for width in (320, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, page.url
        found = Axe().run(page, options={"preload": False})
        assert found.violations_count == 0, f"{page.url}: {found.generate_report()}"


def save(page):
    """Press the first of the buttons that save."""
    page.locator("input[name=_save]").first.click()


def test_second_editor_is_told_and_chooses_and_the_history_tells(sit_down):
    anna, bo = sit_down("godkender", "administrator")
    anna.goto("/admin/offers/offer/?q=alkolinjen")
    address = anna.locator("#result_list tbody th a").first.get_attribute("href").split("?")[0]
    for page in (anna, bo):
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


def test_a_volunteer_corrects_a_number_and_sees_it_live_after_approval(sit_down):
    volunteer, approver = sit_down("tilbudsejer", "godkender")
    volunteer.goto("/admin/offers/offer/?q=headspace-family")
    volunteer.locator("#result_list tbody th a").first.click()
    fits_and_is_open_to_all(volunteer)
    volunteer.get_by_role("button", name="Ret tilbuddet").click()
    volunteer.locator("#id_contact_points-0-value").fill("47 47 10 21")
    volunteer.get_by_label("Hvorfor?").fill("Vi har fået nyt nummer")
    save(volunteer)
    expect(volunteer.get_by_text("Rettelsen er sendt til godkendelse.")).to_be_visible()
    fits_and_is_open_to_all(volunteer)
    volunteer.get_by_role("link", name="Se siden som borger").click()
    expect(volunteer.get_by_text("47 47 10 21").first).to_be_visible()
    fits_and_is_open_to_all(volunteer)
    volunteer.get_by_role("link", name="Tilbage til arbejdsgangen").click()
    workflow = volunteer.url
    volunteer.goto("/tilbud/headspace-family/")
    expect(volunteer.get_by_text("47 47 10 21")).to_have_count(0)
    approver.goto(workflow)
    expect(approver.get_by_text("Vi har fået nyt nummer").first).to_be_visible()
    expect(approver.get_by_role("cell", name="47 47 10 21")).to_be_visible()
    approver.get_by_role("link", name="Prøv i søgningen").click()
    approver.get_by_label("Hvad ville en borger skrive?").fill("47 47 10 21")
    approver.get_by_role("button", name="Søg", exact=True).click()
    expect(approver.get_by_role("heading", name="Tilbuddet bliver nr.")).to_be_visible()
    fits_and_is_open_to_all(approver)
    approver.get_by_role("link", name="Arbejdsgang", exact=True).click()
    approver.get_by_label("Hvorfor?").fill("Ringet og spurgt")
    approver.get_by_role("button", name="Godkend og gør offentlig").click()
    expect(approver.get_by_text("Godkendt og gjort offentlig.").first).to_be_visible()
    volunteer.reload()
    expect(volunteer.get_by_text("47 47 10 21").first).to_be_visible()
