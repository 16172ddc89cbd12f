"""“Læs højt”: only with a Danish voice of the machine's own, by keyboard, and silent when one leaves."""

import gzip
import json

import pytest
from playwright.sync_api import expect

from tests.conftest import ROOT

ADDRESS = "/tilbud/boernetelefonen/"
# This browser has no voices; what it would say is written down.
SPEECH = """(voices) => {
  window.said = [];
  const speech = Object.assign(new EventTarget(), {
    speaking: false,
    getVoices: () => voices,
    speak(line) { said.push([line.voice.lang, line.text]); this.speaking = true; this.last = line; },
    cancel() { this.speaking = false; },
  });
  Object.defineProperty(window, "speechSynthesis", { value: speech });
  window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
}"""
DANISH = {"lang": "da-DK", "localService": True}


def voices(page, *known):
    """Let the browser have some voices."""
    page.add_init_script(f"({SPEECH})({json.dumps(known)})")


@pytest.mark.parametrize(
    ("known", "shown"),
    [
        ([], 0),
        ([{"lang": "en-GB", "localService": True}], 0),
        # Such a voice sends what it reads to somebody else.
        ([{"lang": "da-DK", "localService": False}], 0),
        ([{"lang": "en-GB", "localService": True}, DANISH], 1),
    ],
)
def test_the_button_shows_where_the_machine_itself_can_read_danish(page, known, shown):
    voices(page, *known)
    page.goto(ADDRESS)
    expect(page.get_by_role("button", name="Læs højt")).to_have_count(shown)


def test_it_reads_title_easy_text_summary_and_description_and_stops_by_keyboard(page):
    voices(page, DANISH)
    page.goto(ADDRESS)
    button = page.get_by_role("button", name="Læs højt")
    button.focus()
    page.keyboard.press("Enter")
    said = page.evaluate("said")
    assert {lang for lang, _ in said} == {"da-DK"}
    texts = [text for _, text in said]
    assert texts[0] == "BørneTelefonen: tal med en voksen, der lytter"
    assert texts.index("Har du det svært?") < texts.index("Du kan også chatte.")
    assert texts[-1].startswith("Børns Vilkår står bag.")
    assert not [text for text in texts if "Kontakt" in text]
    stop = page.get_by_role("button", name="Stop oplæsning")
    expect(stop).to_be_focused()
    page.keyboard.press("Space")
    expect(button).to_be_visible()
    assert page.evaluate("speechSynthesis.speaking") is False


def test_the_button_is_ready_again_when_all_is_read_and_nothing_is_stored(page):
    voices(page, DANISH)
    page.goto(ADDRESS)
    page.get_by_role("button", name="Læs højt").click()
    page.evaluate("speechSynthesis.last.onend()")
    expect(page.get_by_role("button", name="Læs højt")).to_be_visible()
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0
    assert page.context.cookies() == []


def test_without_javascript_there_is_no_button(browser, base_url):
    context = browser.new_context(base_url=base_url, java_script_enabled=False)
    page = context.new_page()
    page.goto(ADDRESS)
    expect(page.locator("[data-read-aloud]")).to_be_hidden()
    context.close()


def test_the_file_is_small():
    assert len(gzip.compress((ROOT / "static" / "read-aloud.js").read_bytes())) <= 1024
