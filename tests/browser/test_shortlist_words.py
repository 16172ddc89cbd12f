"""The codes, the heading and the notes of a list: whose they are, and that none is lost."""

import json
import re
from urllib.parse import urlsplit

from playwright.sync_api import expect

from tests.browser.lists import (
    FOREIGN,
    GROUP,
    LINE,
    LINE_PAGE,
    STORED,
    nothing_is_left,
    put_two_on_the_list,
)


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


def test_a_list_that_one_was_given_is_stored_only_when_one_asks_for_it(page):
    page.goto("/liste/?tilbud=ak22a2+f6zk4s&dato=2026-01-01")
    expect(page.get_by_text("Listen er fra 1. januar 2026")).to_be_visible()
    assert page.evaluate("sessionStorage.length") == 0
    page.get_by_label("Overskrift").fill("Noget")
    assert nothing_is_left(page)
    page.get_by_role("button", name="Gem som min liste").click()
    expect(page.get_by_role("button", name="Gem som min liste")).to_have_count(0)
    stored = json.loads(page.evaluate(STORED))
    assert stored.pop("id")
    assert stored == {
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
    expect(page.locator("[data-list-status] [role=status]")).to_contain_text("Listen er fuld")
    assert urlsplit(page.url).path == LINE_PAGE
    assert json.loads(page.evaluate(STORED))["codes"] == many


def test_the_words_of_ones_own_list_never_stand_on_the_list_of_another(page):
    put_two_on_the_list(page)
    page.get_by_label("Overskrift").fill("Mit eget")
    page.get_by_label(f"Note om {LINE}").fill("Kun til mig")
    page.goto(FOREIGN)
    expect(page).to_have_title(re.compile("^En liste"))
    assert page.get_by_label("Overskrift").input_value() == ""
    assert page.get_by_label(f"Note om {LINE}").input_value() == ""
    assert not page.get_by_text("Kun til mig").count()
    page.get_by_role("button", name="Erstat min liste").click()
    expect(page.get_by_role("button", name="Erstat min liste")).to_be_hidden()
    stored = json.loads(page.evaluate(STORED))
    assert stored["codes"] == ["h7kq2m", "ak22a2"]
    assert not any(stored["notes"].values())


def test_a_list_is_added_to_ones_own_with_the_words_of_both(page):
    put_two_on_the_list(page)
    page.get_by_label(f"Note om {LINE}").fill("Min")
    page.goto(FOREIGN)
    page.get_by_label(f"Note om {LINE}").fill("Din")
    expect(page.get_by_text("Gemmes ikke, før du gemmer listen").locator("visible=true")).to_have_count(1)
    page.get_by_role("link", name=f"Flyt op {LINE}").click()
    page.wait_for_url("**#ned-1")
    expect(page.get_by_label(f"Note om {LINE}")).to_have_value("Din")
    page.reload()
    expect(page.get_by_label(f"Note om {LINE}")).to_have_value("Din")
    page.get_by_role("button", name="Læg til min liste").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Liste med 3 tilbud")
    expect(page.get_by_label(f"Note om {LINE}")).to_have_value("Min – Din")
    assert page.evaluate("sessionStorage.length") == 0


def test_what_is_typed_after_going_back_is_stored(page):
    put_two_on_the_list(page)
    page.get_by_role("link", name=f"Flyt ned {GROUP}").click()
    page.wait_for_url("**#op-2")
    page.go_back()
    page.get_by_label("Overskrift").fill("Efter tilbage")
    page.goto("/liste/")
    page.wait_for_url("**/liste/?tilbud=*")
    expect(page.get_by_label("Overskrift")).to_have_value("Efter tilbage")


def test_two_tabs_keep_what_each_has_written(page):
    put_two_on_the_list(page)
    other = page.context.new_page()
    other.goto(page.url)
    page.get_by_label(f"Note om {LINE}").fill("Fra den ene")
    other.get_by_label(f"Note om {GROUP}").fill("Fra den anden")
    expect(page.get_by_label(f"Note om {GROUP}")).to_have_value("Fra den anden")
    other.goto("/tilbud/headspace-roskilde/")
    other.get_by_role("button", name=re.compile("^Læg på liste ")).click()
    page.get_by_label("Overskrift").fill("Stadig min")
    page.get_by_role("link", name=f"Flyt ned {GROUP}").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Liste med 3 tilbud")
    for label, text in {
        "Overskrift": "Stadig min",
        f"Note om {LINE}": "Fra den ene",
        f"Note om {GROUP}": "Fra den anden",
    }.items():
        expect(page.get_by_label(label)).to_have_value(text)


def test_leaving_in_one_tab_empties_the_list_in_the_others(page):
    put_two_on_the_list(page)
    page.get_by_label("Overskrift").fill("Hemmelighed")
    other = page.context.new_page()
    other.goto("/")
    other.get_by_role("link", name="Forlad siden nu").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Din liste er tom")
    assert nothing_is_left(page)
