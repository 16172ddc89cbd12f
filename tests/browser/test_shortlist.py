"""The list one hands on, in a browser: with and without JavaScript, by keyboard, offline and on paper."""

import json
import re
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

GROUP, LINE = "Børnegruppe, når mor eller far drikker", "Ring 112, når der er fare lige nu"
GROUP_PAGE, LINE_PAGE = "/tilbud/boernegruppe-naar-mor-eller-far-drikker/", "/tilbud/alarm-112/"
KEPT = "caches.open('vejviser-liste').then(one => one.keys()).then(all => all.map(one => one.url))"
STORED = "localStorage.getItem('vejviser-liste')"
PHONE = {"width": 360, "height": 740}


def put_two_on_the_list(page):
    page.set_default_timeout(6000)
    """Add two offers from their pages, and open the list."""
    for path in (GROUP_PAGE, LINE_PAGE):
        page.goto(path)
        page.get_by_role("button", name=re.compile("^Læg på liste ")).click()
    page.get_by_role("link", name="Din liste (2)").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Liste med 2 tilbud")


def titles(page):
    return page.locator(".shortlist .card-heading").all_text_contents()


def kept(page):
    """Return the paths that may be read offline."""
    return {urlsplit(url).path for url in page.evaluate(KEPT)}


def until(page, holds):
    """Wait until `holds()`; the policy of the pages forbids what the browser's own waiting is made of."""
    for _ in range(50):
        if holds():
            return
        page.wait_for_timeout(100)
    raise AssertionError("it did not come to hold")


def nothing_is_left(page):
    """Whether the browser keeps nothing of the site."""
    workers = "navigator.serviceWorker.getRegistrations().then(all => all.length)"
    left = [page.evaluate(one) for one in ("localStorage.length", "caches.keys()", workers)]
    return left == [0, [], 0]


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


def test_the_heading_and_the_notes_stay_and_are_never_sent(page):
    sent = []
    page.on("request", lambda request: sent.append(f"{request.url} {request.post_data} {request.headers}"))
    put_two_on_the_list(page)
    page.get_by_label("Overskrift").fill("Kvaksalver")
    page.get_by_label(f"Note om {LINE}").fill("Hemmelighed")
    page.get_by_role("link", name=f"Flyt op {LINE}").click()
    page.wait_for_url("**#ned-1")
    expect(page.get_by_label("Overskrift")).to_have_value("Kvaksalver")
    expect(page.get_by_label(f"Note om {LINE}")).to_have_value("Hemmelighed")
    page.get_by_role("button", name="Vis dem ved siden af hinanden").click()
    page.get_by_role("link", name="Tilbage til listen").click()
    page.get_by_label("Skriv ord, eller koden på et tilbud").fill("gæld")
    page.get_by_role("button", name="Søg").click()
    expect(page.get_by_label(f"Note om {LINE}")).to_have_value("Hemmelighed")
    assert len(sent) > 10
    assert not [request for request in sent if re.search("Kvaksalver|Hemmelighed", request)]
    page.get_by_role("link", name=f"Fjern {LINE}").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Liste med 1 tilbud")
    assert "Hemmelighed" not in page.evaluate(STORED)
    assert page.context.cookies() == []


def test_offline_the_list_and_its_offers_can_be_read_and_nothing_else(page):
    page.goto("/tilbud/?q=far+drikker")
    assert page.evaluate("navigator.serviceWorker.getRegistrations().then(all => all.length)") == 0
    page.goto("/tilbud/headspace-roskilde/")
    put_two_on_the_list(page)
    until(page, lambda: LINE_PAGE in kept(page))
    assert {path for path in kept(page) if not path.startswith("/static/")} == {
        "/liste/",
        GROUP_PAGE,
        LINE_PAGE,
    }
    page.context.set_offline(True)
    page.reload()
    assert titles(page) == [GROUP, LINE]
    page.get_by_role("link", name=LINE, exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(LINE)
    row = page.locator(".safety-row")
    assert row.evaluate("row => getComputedStyle(row).display") == "flex"
    page.goto("/liste/")
    page.wait_for_url("**/liste/?tilbud=*")
    assert titles(page) == [GROUP, LINE]
    page.context.set_offline(False)


def test_what_is_taken_off_is_no_longer_kept(page):
    put_two_on_the_list(page)
    until(page, lambda: LINE_PAGE in kept(page))
    page.get_by_role("link", name=f"Fjern {LINE}").click()
    until(page, lambda: LINE_PAGE not in kept(page))
    page.goto(GROUP_PAGE)
    page.get_by_role("button", name=f"Fjern fra liste {GROUP}").click()
    until(page, lambda: nothing_is_left(page))
    put_two_on_the_list(page)
    for title in (GROUP, LINE):
        page.get_by_role("link", name=f"Fjern {title}").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Din liste er tom")
    until(page, lambda: nothing_is_left(page))


@pytest.mark.parametrize("way", ["press", "keys"])
def test_leaving_the_site_deletes_the_list_and_what_is_kept(page, way):
    put_two_on_the_list(page)
    until(page, lambda: LINE_PAGE in kept(page))
    page.get_by_label(f"Note om {LINE}").fill("Hemmelighed")
    if way == "press":
        page.get_by_role("link", name="Forlad siden nu").click()
    else:
        for _ in range(3):
            page.keyboard.press("Escape")
    page.wait_for_url("**/healthz")
    assert nothing_is_left(page)


def test_everything_on_the_device_is_deleted_by_one_press(page):
    put_two_on_the_list(page)
    until(page, lambda: LINE_PAGE in kept(page))
    page.get_by_role("button", name="Slet alt på denne enhed").press("Enter")
    page.wait_for_url("**/liste/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Din liste er tom")
    assert nothing_is_left(page)
    expect(page.get_by_role("button", name="Slet alt på denne enhed")).to_have_count(0)


def test_a_list_that_one_was_given_is_stored_only_when_one_asks_for_it(page):
    page.goto("/liste/?tilbud=ak22a2+f6zk4s&dato=2026-01-01")
    expect(page.get_by_text("Listen er fra 1. januar 2026")).to_be_visible()
    page.get_by_label("Overskrift").fill("Noget")
    assert nothing_is_left(page)
    page.get_by_role("button", name="Gem som min liste").click()
    expect(page.get_by_role("button", name="Gem som min liste")).to_have_count(0)
    assert json.loads(page.evaluate(STORED)) == {
        "codes": ["ak22a2", "f6zk4s"],
        "day": "2026-01-01",
        "notes": {"overskrift": "Noget", "ak22a2": "", "f6zk4s": ""},
    }
    page.get_by_role("link", name="Jeg har set det nye. Brug dagens dato").click()
    expect(page.get_by_role("link", name="Jeg har set det nye. Brug dagens dato")).to_have_count(0)
    assert json.loads(page.evaluate(STORED))["day"] > "2026-01-01"


def test_what_is_stored_and_spoilt_does_no_harm(page):
    page.goto("/")
    for spoilt in ("{", "null", "[]", '{"codes": 3}', '"x"'):
        page.evaluate("(text) => localStorage.setItem('vejviser-liste', text)", spoilt)
        page.goto(LINE_PAGE)
        page.get_by_role("button", name=f"Læg på liste {LINE}").click()
        expect(page.get_by_role("link", name="Din liste (1)")).to_be_visible()


def test_a_full_list_says_so_and_loses_nothing(page):
    page.goto("/")
    many = [f"kode{number}" for number in range(30)]
    page.evaluate("(codes) => localStorage.setItem('vejviser-liste', JSON.stringify({codes}))", many)
    page.goto(LINE_PAGE)
    page.get_by_role("button", name=f"Læg på liste {LINE}").click()
    expect(page.get_by_role("alert")).to_contain_text("En liste kan have 30 tilbud.")
    assert json.loads(page.evaluate(STORED))["codes"] == many


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
