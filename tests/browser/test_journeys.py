"""What people do on the site, on a phone and on a desk, with and without JavaScript."""

import re

import pytest
from playwright.sync_api import expect

# Adds up how much of the page moved after it was shown (cumulative layout shift).
SHIFTS = """window.shifted = 0;
new PerformanceObserver(list => { for (const one of list.getEntries()) window.shifted += one.value; })
  .observe({type: "layout-shift", buffered: true});"""


@pytest.mark.parametrize("javascript", [True, False])
def test_a_child_whose_father_drinks_finds_the_group(browser, base_url, javascript):
    context = browser.new_context(
        base_url=base_url, java_script_enabled=javascript, viewport={"width": 360, "height": 740}
    )
    page = context.new_page()
    page.goto("/")
    page.get_by_label("Skriv, hvad du søger hjælp til").fill("far drikker")
    page.get_by_role("button", name="Søg").click()
    page.get_by_text("Vælg, hvem og hvad").click()
    page.get_by_label("Alder").fill("10")
    page.get_by_role("button", name=re.compile(r"^Vis \d+ tilbud$")).click()
    assert "?q=far+drikker&alder=10" in page.url
    expect(page.get_by_role("heading", name="Åben rådgivning om alkohol")).to_have_count(0)
    page.get_by_role("link", name="Børnegruppe, når mor eller far drikker", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Børnegruppe, når mor eller far drikker")
    expect(page.get_by_text("9–12 år").first).to_be_visible()
    page.go_back()
    page.get_by_role("link", name="Fjern Alder: 10").click()
    assert "alder" not in page.url
    context.close()


def test_a_first_visit_to_the_results_is_light(browser, base_url):
    """All that a phone fetches, as it comes over the wire: a poor line carries it, and nothing jumps."""
    context = browser.new_context(base_url=base_url, viewport={"width": 360, "height": 740})
    page = context.new_page()
    wire, sizes, names = context.new_cdp_session(page), {}, {}
    wire.send("Network.enable")
    wire.on(
        "Network.responseReceived", lambda one: names.update({one["requestId"]: one["response"]["url"]})
    )
    wire.on(
        "Network.loadingFinished",
        lambda one: sizes.update({names[one["requestId"]]: one["encodedDataLength"]}),
    )
    page.add_init_script(SHIFTS)
    page.goto("/tilbud/?q=ensom", wait_until="networkidle")
    shifted = page.evaluate("window.shifted")
    context.close()
    assert any("icons" in address for address in sizes)
    assert len(sizes) <= 8, sorted(sizes)
    assert sum(sizes.values()) <= 60 * 1024, sizes
    assert shifted == 0


def test_help_that_cannot_wait_is_one_tap_away(page):
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto("/")
    call = page.get_by_role("link", name=re.compile("^Ring 112$")).first
    assert call.get_attribute("href") == "tel:112"
    box = page.get_by_role("link", name="Ring 112", exact=True).first.bounding_box()
    assert box["height"] >= 44


def test_the_keyboard_gets_past_the_menu(page):
    page.goto("/tilbud/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Gå til indholdet")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#indhold")).to_be_focused()


def test_an_approver_publishes_an_offer_and_the_public_sees_it(page, log_in):
    log_in("godkender")
    for path in (
        "",
        "offers/offer/",
        "offers/offer/add/",
        "policies/policy/",
        "offers/organisation/",
        "offers/need/",
    ):
        page.goto(f"/admin/{path}")
        expect(page.locator("h1").last).to_be_visible()
    title = "Prøvecafé på Ærø"
    page.goto("/admin/offers/offer/add/")
    page.get_by_label("Titel").press_sequentially(title)
    page.keyboard.press("Tab")
    expect(page.get_by_role("textbox", name="Adresse:")).to_have_value("proevecafe-paa-aeroe")
    page.get_by_label("Kort fortalt").fill("Kaffe og snak for alle.")
    page.locator("#id_organisation + .select2-container").click()
    page.get_by_role("searchbox").last.fill("kl")
    page.get_by_role("option", name="KL", exact=True).click()
    page.get_by_label("Status").select_option(label="Offentlig")
    page.get_by_role("button", name="Gem", exact=True).last.click()
    page.goto("/tilbud/?q=prøvecafé")
    expect(page.get_by_role("link", name=title)).to_be_visible()
