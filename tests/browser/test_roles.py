"""An association writes an offer, the municipality publishes it, and the public finds it."""

import re

from playwright.sync_api import expect

TITLE = "Brætspil i kælderen"
ADDRESS, NEW = "/tilbud/headspace-family/", "47 47 10 30"


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


def test_a_volunteer_corrects_a_number_and_sees_it_live_after_approval(page, log_in):
    """By keyboard alone from the front page on, and on a small screen."""
    page.set_viewport_size({"width": 360, "height": 740})
    log_in("tilbudsejer")
    mine = page.get_by_role("region", name="Dine tilbud")
    mine.get_by_role("link", name="headspace Family").press("Enter")
    page.get_by_role("button", name="Ret tilbuddet").press("Enter")
    page.get_by_role("link", name="Kontakter", exact=True).press("Enter")
    number = page.locator("#id_contact_points-0-value")
    old = number.input_value()
    number.press("Control+A")
    number.press_sequentially(NEW)
    number.press("Enter")
    expect(page.get_by_text("Rettelsen er sendt til godkendelse.")).to_be_visible()
    expect(page.get_by_text("Nu venter den nye udgave på en godkender.")).to_be_visible()
    way = page.url
    page.get_by_role("button", name="Log ud").press("Enter")
    page.goto(ADDRESS)
    expect(page.get_by_role("link", name=old).first).to_be_visible()
    log_in("godkender")
    page.get_by_role("link", name="rettelser", exact=True).press("Enter")
    page.get_by_role("link", name="Læs og afgør").first.press("Enter")
    assert page.url.split("#")[0] == way.split("#")[0]
    expect(page.get_by_role("row", name="Kontakt")).to_contain_text(f"SMS: {NEW}")
    why = page.get_by_label("Hvorfor?")
    why.fill("Ringet op.")
    why.press("Enter")  # takes no step
    expect(why).to_have_value("Ringet op.")
    page.get_by_role("button", name="Godkend og gør offentlig").press("Enter")
    expect(page.get_by_text("Godkendt og gjort offentlig.").first).to_be_visible()
    page.goto(ADDRESS)
    expect(page.get_by_role("link", name=NEW).first).to_be_visible()
    expect(page.get_by_role("link", name=old)).to_have_count(0)
