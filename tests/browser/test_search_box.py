"""The search box as a combobox: by keyboard, by touch, for a screen reader, and as a plain field."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

OPEN_LIST = "#forslag:not([hidden])"


@pytest.fixture
def box(page):
    """Return the search box of the front page."""
    page.goto("/")
    return page.get_by_role("combobox")


def test_a_need_is_picked_by_keyboard_its_chip_removed_and_the_way_back_is_there(page, box):
    box.press_sequentially("skils")
    need = page.get_by_role("option", name=re.compile("^Skilsmisse"))
    expect(need).to_be_visible()
    expect(box).to_have_attribute("aria-expanded", "true")
    expect(page.locator("#forslag-antal")).to_have_text("5 forslag")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    expect(need).to_have_attribute("aria-selected", "true")
    expect(box).to_have_attribute("aria-activedescendant", need.get_attribute("id"))
    expect(box).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url("**/tilbud/?behov=skilsmisse")
    page.get_by_role("link", name="Fjern Behov: Skilsmisse").click()
    page.wait_for_url("**/tilbud/")
    page.go_back()
    expect(page.get_by_role("link", name="Fjern Behov: Skilsmisse")).to_be_visible()
    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_have_text("Hvad har du brug for hjælp til?")
    expect(page.locator(OPEN_LIST)).to_have_count(0)
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0


def test_an_offer_is_picked_by_the_mouse(page, box):
    box.press_sequentially("headspace i ros")
    expect(page.locator(OPEN_LIST)).to_be_visible()
    page.get_by_role("option", name="headspace i Roskilde").click()
    page.wait_for_url("**/tilbud/headspace-roskilde/")


def test_arrows_go_around_and_other_keys_leave_the_list(page, box):
    box.press_sequentially("skils")
    expect(page.locator(OPEN_LIST)).to_be_visible()
    options = page.get_by_role("option")
    page.keyboard.press("ArrowUp")
    expect(options.last).to_have_attribute("aria-selected", "true")
    page.keyboard.press("ArrowDown")
    expect(options.first).to_have_attribute("aria-selected", "true")
    page.keyboard.press("ArrowLeft")
    expect(page.locator("[aria-selected=true]")).to_have_count(0)
    assert box.get_attribute("aria-activedescendant") is None


def test_escape_closes_the_list_keeps_the_words_and_lets_others_hear_it(page, box):
    page.evaluate("document.addEventListener('keydown', e => window.heard = (window.heard || 0) + 1)")
    box.press_sequentially("skils")
    expect(page.locator(OPEN_LIST)).to_be_visible()
    before = page.evaluate("window.heard")
    for _ in range(2):  # a third leaves the site
        page.keyboard.press("Escape")
    expect(page.locator(OPEN_LIST)).to_have_count(0)
    expect(box).to_have_value("skils")
    expect(box).to_have_attribute("aria-expanded", "false")
    assert page.evaluate("window.heard") == before + 2
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("option").first).to_have_attribute("aria-selected", "true")


def test_enter_searches_for_the_words_when_nothing_is_chosen(page, box):
    box.press_sequentially("skils")
    expect(page.locator(OPEN_LIST)).to_be_visible()
    page.keyboard.press("Enter")
    page.wait_for_url("**/tilbud/?q=skils")


def test_tab_closes_the_list_and_goes_on_to_the_button(page, box):
    box.press_sequentially("skils")
    expect(page.locator(OPEN_LIST)).to_be_visible()
    page.keyboard.press("Tab")
    expect(page.locator(OPEN_LIST)).to_have_count(0)
    expect(page.get_by_role("button", name="Søg")).to_be_focused()


def test_words_are_filled_in_and_the_other_choices_stay(page):
    page.goto("/tilbud/?alder=40")
    page.get_by_role("combobox", name="Hvad har du brug for hjælp til?").press_sequentially("alko")
    page.get_by_role("option", name="Søg efter alkohol", exact=True).click()
    page.wait_for_url("**/tilbud/?q=alkohol&*")
    assert "alder=40" in page.url


def test_words_of_crisis_bring_the_acute_lines(page, box):
    box.press_sequentially("vil ikke le")
    expect(page.locator("#forslag-antal")).to_contain_text("få hjælp nu")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/tilbud/?behov=selvmordstanker#akut")
    expect(page.get_by_role("heading", name="Har du brug for hjælp nu?")).to_be_in_viewport()


def test_a_number_that_may_be_a_persons_is_not_sent(page, box):
    asked = []
    page.on("request", lambda request: "/forslag/" in request.url and asked.append(request.url))
    box.press_sequentially("1" * 6)
    box.press_sequentially("-")
    page.wait_for_timeout(400)
    assert not [address for address in asked if "1" * 6 in address]
    box.fill("mor 11 - 11\u200b  1 1")
    page.wait_for_timeout(400)
    assert not [address for address in asked if "mor" in address]
    box.fill("xyzzy")
    expect(page.locator("#forslag-antal")).to_have_text("Ingen forslag")
    expect(page.locator(OPEN_LIST)).to_have_count(0)
    box.fill("x")
    expect(page.locator("#forslag-antal")).to_have_text("")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", ["/", "/tilbud/"])
def test_an_open_list_fits_and_has_no_barrier(page, scheme, path):
    page.emulate_media(color_scheme=scheme)
    for width, text in ((320, "vil ikke le"), (1280, "alko")):
        page.set_viewport_size({"width": width, "height": 800})
        page.goto(path)
        page.get_by_role("combobox").press_sequentially(text)
        expect(page.locator(OPEN_LIST)).to_be_visible()
        page.keyboard.press("ArrowDown")
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        options = page.locator("#forslag [role=option]").all()
        assert min(option.bounding_box()["height"] for option in options) >= 44
        report = Axe().run(page)
        assert report.violations_count == 0, report.generate_report()


def test_a_tap_follows_a_suggestion(browser, base_url):
    context = browser.new_context(base_url=base_url, has_touch=True, viewport={"width": 360, "height": 740})
    page = context.new_page()
    page.goto("/")
    page.get_by_role("combobox").tap()
    page.get_by_role("combobox").press_sequentially("skils")
    page.get_by_role("option", name=re.compile("^Skilsmisse")).tap()
    page.wait_for_url("**/tilbud/?behov=skilsmisse")
    context.close()


def test_without_javascript_the_box_searches_all_the_same(browser, base_url):
    context = browser.new_context(base_url=base_url, java_script_enabled=False)
    page = context.new_page()
    page.goto("/")
    page.get_by_label("Skriv, hvad du søger hjælp til").fill("skils")
    page.keyboard.press("Enter")
    page.wait_for_url("**/tilbud/?q=skils")
    expect(page.get_by_role("textbox", name="Hvad har du brug for hjælp til?")).to_have_value("skils")
    context.close()
