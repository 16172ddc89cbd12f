"""What is kept of a list for reading offline, and how it is deleted."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.lists import (
    GROUP,
    GROUP_PAGE,
    LINE,
    LINE_PAGE,
    kept,
    nothing_is_left,
    put_two_on_the_list,
    titles,
    until,
)


def test_offline_the_list_and_its_offers_can_be_read_and_nothing_else(page):
    page.goto("/tilbud/?q=far+drikker")
    assert page.evaluate("navigator.serviceWorker.getRegistrations().then(all => all.length)") == 0
    page.goto("/tilbud/headspace-roskilde/")
    put_two_on_the_list(page)
    until(page, lambda: {GROUP_PAGE, LINE_PAGE} <= kept(page))
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
    assert titles(page) == [GROUP, LINE]
    page.context.set_offline(False)


def test_what_is_taken_off_is_no_longer_kept(page):
    put_two_on_the_list(page)
    until(page, lambda: {GROUP_PAGE, LINE_PAGE} <= kept(page))
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
    until(page, lambda: {GROUP_PAGE, LINE_PAGE} <= kept(page))
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
    until(page, lambda: {GROUP_PAGE, LINE_PAGE} <= kept(page))
    page.get_by_role("button", name="Slet alt på denne enhed").press("Enter")
    page.wait_for_url("**/liste/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Din liste er tom")
    assert nothing_is_left(page)
    expect(page.get_by_role("button", name="Slet alt på denne enhed")).to_have_count(0)


def test_offline_the_list_is_read_as_it_was_and_says_so(page):
    put_two_on_the_list(page)
    until(page, lambda: {GROUP_PAGE, LINE_PAGE} <= kept(page))
    page.context.set_offline(True)
    page.get_by_role("link", name=f"Flyt ned {GROUP}").click()
    said = page.locator("[data-list-status] [role=status]")
    expect(said).to_have_text("Du er uden internet. Vent med at ændre listen.")
    for path in ("/liste/?tilbud=ak22a2+f6zk4s#op-2", "/liste/sammenlign/?tilbud=f6zk4s", "/liste/"):
        page.goto(path)
        assert titles(page) == [GROUP, LINE]
        expect(page.get_by_text("Du er uden internet. Her er siden, som den var")).to_be_visible()
    page.get_by_label("Overskrift").fill("Uden net")
    page.get_by_role("link", name=LINE, exact=True).click()
    expect(page.get_by_text("Du er uden internet. Her er siden, som den var")).to_be_visible()
    page.get_by_role("button", name=f"Fjern fra liste {LINE}").click()
    until(page, lambda: LINE_PAGE not in kept(page))
    assert {"/liste/", GROUP_PAGE} <= kept(page)
    page.goto("/liste/")
    expect(page.get_by_label("Overskrift")).to_have_value("Uden net")
    page.context.set_offline(False)


def test_an_offer_put_on_the_list_can_be_read_offline_without_opening_the_list(page):
    put_two_on_the_list(page)
    until(page, lambda: {GROUP_PAGE, LINE_PAGE} <= kept(page))
    page.goto("/tilbud/headspace-roskilde/")
    page.get_by_role("button", name=re.compile("^Læg på liste ")).click()
    until(page, lambda: "/tilbud/headspace-roskilde/" in kept(page))
    page.context.set_offline(True)
    page.goto("/liste/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Liste med 3 tilbud")
    page.context.set_offline(False)


def test_what_is_kept_is_fetched_anew_when_the_list_is_opened(page):
    put_two_on_the_list(page)
    until(page, lambda: {GROUP_PAGE, LINE_PAGE} <= kept(page))
    page.evaluate(
        f"caches.open('vejviser-liste').then(one => one.put('{LINE_PAGE}', new Response('gammel')))"
    )
    page.reload()
    text = f"caches.match('{LINE_PAGE}').then(one => one.text())"
    until(page, lambda: page.evaluate(text) != "gammel")
