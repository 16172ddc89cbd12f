"""An association writes an offer, the municipality publishes it, and the public finds it."""

import re

from playwright.sync_api import expect

TITLE = "Brætspil i kælderen"


def test_an_offer_goes_from_the_association_to_the_public(page, log_in):
    log_in("tilbudsejer")
    page.goto("/admin/offers/offer/add/")
    page.get_by_label("Titel").press_sequentially(TITLE)
    page.keyboard.press("Tab")
    expect(page.get_by_role("textbox", name="Adresse:")).to_have_value("braetspil-i-kaelderen")
    page.get_by_label("Kort fortalt").fill("Kom og spil med andre unge.")
    expect(page.locator("#id_organisation option[selected]")).to_have_text("headspace Danmark")
    status = page.get_by_label("Status")
    assert status.locator("option").all_inner_texts() == ["Kladde", "Til godkendelse", "Arkiveret"]
    status.select_option(label="Til godkendelse")
    page.get_by_role("button", name="Gem", exact=True).last.click()
    expect(page.get_by_role("link", name=TITLE).first).to_be_visible()
    address = f"/admin/offers/offer/?q={TITLE}"
    page.get_by_role("button", name="Log ud").click()
    log_in("godkender")
    page.goto(address)
    page.get_by_role("checkbox", name=re.compile("Vælg")).last.check()
    page.locator("select[name=action]").select_option(label="Gør offentlig")
    page.get_by_role("button", name="Udfør").click()
    expect(page.get_by_text("1 tilbud er gjort offentlige.")).to_be_visible()
    page.get_by_role("button", name="Log ud").click()
    page.goto(f"/tilbud/?q={TITLE}")
    expect(page.get_by_role("link", name=TITLE).first).to_be_visible()
