"""The list one hands on, in a browser: with and without JavaScript, by keyboard and on paper."""

import json
import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.browser.lists import GROUP, LINE, LINE_PAGE, PHONE, STORED, put_two_on_the_list, titles, until


def test_without_javascript_the_whole_list_lives_in_the_address(browser, base_url):
    context = browser.new_context(base_url=base_url, java_script_enabled=False, viewport=PHONE)
    page = context.new_page()
    page.goto("/tilbud/?q=far+drikker")
    page.get_by_role("link", name=f"Læg på liste {GROUP}").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Liste med 1 tilbud")
    page.get_by_label("Skriv ord, eller koden på et tilbud").fill("112")
    page.get_by_role("button", name="Søg", exact=True).click()
    page.get_by_role("link", name=re.compile(f"^{LINE}")).click()
    assert titles(page) == [GROUP, LINE]
    page.get_by_role("link", name=f"Flyt op {LINE}").click()
    assert titles(page) == [LINE, GROUP]
    page.get_by_role("button", name="Vis dem ved siden af hinanden").click()
    expect(page.get_by_role("columnheader")).to_have_text([LINE, GROUP])
    page.get_by_role("link", name="Tilbage til listen").click()
    page.get_by_role("link", name=f"Fjern {GROUP}").click()
    assert titles(page) == [LINE]
    expect(page.get_by_role("button", name=re.compile("Kopiér|Skriv ud|Slet alt|Gem som"))).to_have_count(0)
    assert context.cookies() == []
    context.close()


def test_by_keyboard_one_adds_moves_and_removes_and_never_loses_the_place(page):
    page.goto("/tilbud/?q=far+drikker")
    page.get_by_role("button", name=f"Læg på liste {GROUP}").press("Enter")
    said = page.locator("[data-list-status] [role=status]")
    expect(said).to_have_text(f"{GROUP} er lagt på din liste.")
    expect(page.get_by_role("button", name=f"Fjern fra liste {GROUP}")).to_be_focused()
    page.keyboard.press("Space")
    expect(said).to_have_text(f"{GROUP} er taget af din liste.")
    expect(page.get_by_role("link", name=re.compile("Din liste [(]"))).to_have_count(0)
    page.keyboard.press("Space")
    page.goto(LINE_PAGE)
    page.get_by_role("button", name=f"Læg på liste {LINE}").press("Space")
    page.get_by_role("link", name="Din liste (2)").press("Enter")
    page.get_by_role("link", name=f"Flyt ned {GROUP}").press("Enter")
    page.wait_for_url("**#op-2")
    expect(page.get_by_role("link", name=f"Flyt op {GROUP}, plads 2 af 2")).to_be_focused()
    assert titles(page) == [LINE, GROUP]
    page.keyboard.press("Enter")
    page.wait_for_url("**#ned-1")
    expect(page.get_by_role("link", name=f"Flyt ned {GROUP}, plads 1 af 2")).to_be_focused()
    page.get_by_role("link", name=f"Fjern {GROUP}").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_be_focused()
    assert len(json.loads(page.evaluate(STORED))["codes"]) == 1
    page.goto("/liste/")
    page.wait_for_url("**/liste/?tilbud=*")
    assert titles(page) == [LINE]


def test_the_link_is_copied(page, base_url):
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    put_two_on_the_list(page)
    page.get_by_role("button", name="Kopiér link").click()
    expect(page.locator("[data-list-status] [role=status]")).to_have_text("Linket er kopieret.")
    assert (
        page.evaluate("navigator.clipboard.readText()")
        == page.get_by_label("Link til listen").input_value()
    )


def test_on_paper_stand_the_words_and_no_buttons(page):
    put_two_on_the_list(page)
    page.get_by_label("Overskrift").fill("Til dig")
    page.get_by_label(f"Note om {LINE}").fill("Sig, hvor du er")
    page.emulate_media(media="print")
    for text in ("Til dig", "Sig, hvor du er", LINE, "Sådan får du hjælpen"):
        expect(page.get_by_text(text, exact=True).locator("visible=true").first).to_be_visible()
    expect(page.get_by_role("img", name="QR-kode med linket til listen")).to_be_visible()
    expect(page.locator(".footer")).to_be_hidden()
    for role in ("button", "textbox", "navigation"):
        expect(page.get_by_role(role)).to_have_count(0)
    paper = page.pdf(prefer_css_page_size=True)
    width, height = map(float, re.search(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", paper).groups())
    assert (round(width / 72 * 25.4), round(height / 72 * 25.4)) == (210, 297)
    assert len(re.findall(rb"/Type /Page\b", paper)) <= 2


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_list_of_ones_own_has_no_barrier(page, scheme):
    page.emulate_media(color_scheme=scheme)
    put_two_on_the_list(page)
    paths = [page.url, "/tilbud/?q=far+drikker", "/liste/sammenlign/?tilbud=ak22a2+f6zk4s+h7kq2m+c9m3rj"]
    for width in (320, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        for path in paths:
            page.goto(path)
            assert page.evaluate("document.documentElement.scrollWidth") <= width, path
            report = Axe().run(page)
            assert report.violations_count == 0, report.generate_report()


def test_side_by_side_one_scrolls_in_the_table_by_keyboard(page):
    page.set_viewport_size(PHONE)
    page.goto("/liste/sammenlign/?tilbud=ak22a2+f6zk4s+h7kq2m+c9m3rj")
    table = page.get_by_role("region", name="Sammenlign tilbud")
    table.focus()
    page.keyboard.press("ArrowRight")
    until(page, lambda: table.evaluate("table => table.scrollLeft") > 0)


def test_without_javascript_the_fields_themselves_go_to_paper(browser, base_url):
    context = browser.new_context(base_url=base_url, java_script_enabled=False)
    page = context.new_page()
    page.goto("/liste/?tilbud=ak22a2")
    page.get_by_label("Overskrift").fill("Til dig")
    page.get_by_label(f"Note om {LINE}").fill("Sig, hvor du er")
    page.emulate_media(media="print")
    expect(page.get_by_label("Overskrift")).to_be_visible()
    expect(page.get_by_label(f"Note om {LINE}")).to_be_visible()
    expect(page.get_by_text("Din browser bruger ikke JavaScript")).to_be_hidden()
    assert len(re.findall(rb"/Type /Page\b", page.pdf(prefer_css_page_size=True))) == 1
    context.close()


def test_three_short_offers_stand_on_one_sheet_under_ones_own_heading(page):
    page.goto("/liste/?tilbud=ak22a2+ak33b3+ak44c4")
    page.get_by_label("Overskrift").fill("Til dig")
    page.emulate_media(media="print")
    size = "one => parseFloat(getComputedStyle(one).fontSize)"
    heading = page.locator(".list-heading")
    assert heading.evaluate(size) > 1.5 * page.get_by_role("heading", level=1).evaluate(size)
    assert len(re.findall(rb"/Type /Page\b", page.pdf(prefer_css_page_size=True))) == 1


@pytest.mark.parametrize("size", [PHONE, {"width": 740, "height": 360}])
def test_what_is_said_covers_nothing_that_was_pressed_and_is_in_sight(page, size):
    page.set_viewport_size(size)
    page.goto("/tilbud/?q=far+drikker")
    button = page.get_by_role("button", name=f"Læg på liste {GROUP}")
    button.evaluate("one => one.scrollIntoView({ block: 'end' })")
    button.click()
    said = page.locator("[data-list-status] [role=status]")
    expect(said).to_be_in_viewport(ratio=1)
    pressed = page.get_by_role("button", name=f"Fjern fra liste {GROUP}")
    above = "one => one.getBoundingClientRect().bottom"
    until(page, lambda: pressed.evaluate(above) <= page.locator(".list-status").bounding_box()["y"])


def test_on_a_phone_one_is_told_that_the_table_is_wider(page):
    page.set_viewport_size(PHONE)
    page.goto("/liste/sammenlign/?tilbud=ak22a2+f6zk4s+h7kq2m+c9m3rj")
    expect(page.get_by_text("Træk tabellen til siden.")).to_be_visible()
    page.set_viewport_size({"width": 1280, "height": 800})
    expect(page.get_by_text("Træk tabellen til siden.")).to_be_hidden()
