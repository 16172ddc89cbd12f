"""The pages of the desk that are used every day: they fit, axe finds no barrier, a keyboard is enough."""

import re

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.browser.test_accessibility import OPTIONS

PAGES = {
    "front page": "/admin/",
    "list": "/admin/offers/offer/?all=",
    "list that is written in": "/admin/offers/need/",
    "add form": "/admin/offers/offer/add/",
    "form": "/admin/offers/offer/?q=headspace-family",
    "history": "/admin/offers/offer/?q=headspace-family",
    "import": "/admin/offers/importrun/ny/",
    "imports": "/admin/offers/importrun/",
    "inbox": "/admin/offers/feedback/",
    "report": "/admin/offers/feedback/add/",
    "synonym": "/admin/offers/synonym/add/",
    "policy": "/admin/policies/policy/add/",
    "links": "/admin/offers/linkcheck/doede/",
    "guide": "/admin/offers/offer/guide/",
}
LOOKS = ((320, "light"), (1280, "light"), (1280, "dark"))


def barriers(page):
    """Return what axe finds; without `preload`, which writes styles into the page, against the CSP."""
    report = Axe().run(page, options={**OPTIONS, "preload": False})
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return [
        *(["too wide"] if wide > 0 else []),
        *((one["id"], [node["target"] for node in one["nodes"]]) for one in report.response["violations"]),
    ]


def test_pages_of_the_desk_fit_and_have_no_barrier(page, log_in):
    log_in("administrator")
    found = {}
    for name, address in PAGES.items():
        page.goto(address)
        if "?q=" in address:
            page.locator("#result_list tbody th a").first.click()
        if name == "history":
            page.get_by_role("link", name="Historik").click()
        for width, scheme in LOOKS:
            page.set_viewport_size({"width": width, "height": 800})
            page.emulate_media(color_scheme=scheme)
            # The admin fades from one colour to the other.
            page.evaluate("Promise.all(document.getAnimations().map((one) => one.finished))")
            if told := barriers(page):
                found[name, width, scheme] = told
    assert found == {}


def test_a_field_that_one_searches_in_says_its_name_and_what_is_chosen(page, log_in):
    log_in("redaktør")
    page.goto("/admin/offers/offer/add/")
    field = page.get_by_role("combobox", name=re.compile("^Hvem står bag"))
    field.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".select2-dropdown .select2-search__field")).to_be_focused()
    page.keyboard.type("headspace")
    expect(page.locator(".select2-results__option")).to_have_text(["headspace Danmark"], timeout=15_000)
    assert barriers(page) == []
    page.keyboard.press("Enter")
    expect(page.get_by_role("combobox", name="Hvem står bag headspace Danmark")).to_be_focused()
    expect(page.locator("#id_organisation option:checked")).to_have_text("headspace Danmark")
    page.locator("#opening_hours-group .add-row a").press("Enter")
    expect(page.locator("#id_opening_hours-0-weekday")).to_have_accessible_name("Ugedag")
    expect(page.get_by_role("combobox", name="Sted", exact=True)).to_have_count(1)


def test_the_guide_is_used_by_keyboard_alone_and_has_no_barrier(page, log_in):
    log_in("tilbudsejer")
    page.get_by_role("link", name="Nyt tilbud trin for trin").first.press("Enter")
    page.get_by_label("Hvad kalder I det?").focus()
    page.keyboard.type("Spil skak")
    for _ in range(2):  # the one organisation, then the first group
        page.keyboard.press("Tab")
    page.keyboard.press("Space")
    expect(page.get_by_role("group", name="Hvem er det for?").get_by_role("checkbox").first).to_be_checked()
    page.get_by_label("Hvad kalder I det?").press("Enter")
    for question in ("Hvad hjælper det med?", "Hvordan får man det?", "Hvad koster det", "Fortæl det kort"):
        expect(page.get_by_role("heading", name=question)).to_be_visible()
        for width in (1280, 320):
            page.set_viewport_size({"width": width, "height": 800})
            assert barriers(page) == [], question
        if question.startswith("Hvordan"):
            page.get_by_label("Hvilket nummer ringer man til?").fill("47 47")
            page.get_by_role("button", name="Gem, og gå videre").press("Enter")
            expect(page.get_by_role("alert")).to_be_visible()
            assert barriers(page) == []
            page.get_by_label("Hvilket nummer ringer man til?").fill("47 47 10 21")
        page.get_by_role("button", name="Gem, og gå videre").press("Enter")
    expect(page.get_by_role("heading", name="Se det hele igennem")).to_be_visible()
    expect(page.get_by_text("47 47 10 21")).to_be_visible()
    assert barriers(page) == []
    page.get_by_role("link", name="Ret svarene : Hvem er det for?").press("Enter")
    expect(page.get_by_label("Hvad kalder I det?")).to_have_value("Spil skak")
    page.get_by_role("button", name="Gem, og gå videre").press("Enter")
    page.get_by_role("button", name="Send til godkendelse").press("Enter")
    expect(page.get_by_text("Sendt til godkendelse.").first).to_be_visible()
