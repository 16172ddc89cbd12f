"""The staff log in, in a real browser: by app, by passkey, by keyboard, and at every width."""

import re

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from playwright.sync_api import expect

from tests.browser.conftest import fresh_code
from tests.browser.test_accessibility import assert_no_barrier
from tests.staff import PASSWORD, ROLES

WIDTHS = (320, 360, 768, 1280)
# What each role sees first of an offer of another organisation that is public: what it may do there.
MAY_SAVE = {
    "tilbudsejer": False,
    "sagsbehandler": False,
    "redaktør": True,
    "godkender": True,
    "administrator": True,
}


@pytest.fixture(params=[role.lower() for role in ROLES])
def username(request):
    """Somebody with each role."""
    return request.param


def test_each_role_gets_from_the_log_in_to_an_offer(page, log_in, username):
    log_in(username)
    page.goto("/admin/offers/offer/?q=livslinien&hvis=alle")
    page.locator("#result_list .field-title a").first.click()
    expect(page.locator("h1").last).to_be_visible()
    save = page.get_by_role("button", name="Gem", exact=True)
    expect(save).to_have_count(2 if MAY_SAVE[username] else 0)
    expect(page.get_by_text("Note til redaktøren:")).to_have_count(0 if username == "tilbudsejer" else 1)
    people = page.request.get("/admin/auth/user/")
    assert people.status == (200 if username == "administrator" else 403)


def fits_and_has_no_barrier(page):
    """Look at the page at every width."""
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert_no_barrier(page)


def test_pages_of_the_log_in_have_no_barrier(page):
    page.goto("/konto/log-ind/")
    fits_and_has_no_barrier(page)
    page.get_by_role("button", name="Log ind", exact=True).click()
    expect(page.get_by_text("Skriv din adgangskode.")).to_be_visible()
    fits_and_has_no_barrier(page)
    page.get_by_role("link", name="Glemt adgangskode?").click()
    fits_and_has_no_barrier(page)
    page.goto("/konto/log-ind/")
    page.get_by_label("Brugernavn eller e-mail").fill("redaktør")
    page.get_by_label("Adgangskode").fill(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_label("Kode")).to_be_focused()
    fits_and_has_no_barrier(page)
    page.get_by_label("Kode").fill("000000")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Koden er forkert")).to_be_visible()
    fits_and_has_no_barrier(page)
    page.get_by_label("Kode").fill(fresh_code("redaktør"))
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/admin/$"))
    page.goto("/konto/totrin/")
    fits_and_has_no_barrier(page)


def test_somebody_new_sets_up_an_app_with_the_keyboard_alone(page):
    page.goto("/admin/")
    page.keyboard.type("ny")
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Sæt totrinslogin op")).to_be_visible()
    fits_and_has_no_barrier(page)
    page.get_by_role("link", name="Brug en app").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Sæt din app op")).to_be_visible()
    fits_and_has_no_barrier(page)
    secret = page.locator(".sign-in-secret").inner_text()
    step = page.evaluate("Math.floor(Date.now() / 30000)")
    page.get_by_label("Kode").focus()
    page.keyboard.type(format_hotp_value(hotp_value(secret, step)))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Dine nødkoder")).to_be_visible()
    fits_and_has_no_barrier(page)
    page.get_by_role("link", name="Videre til redaktionen").focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/admin/$"))


def test_a_passkey_is_added_and_opens_the_desk_alone(browser, base_url):
    # A browser makes keys for the name localhost, not for a number.
    context = browser.new_context(base_url=base_url.replace("127.0.0.1", "localhost"), locale="da")
    page = context.new_page()
    faults = []
    page.on("console", lambda message: faults.append(message.text))
    devices = context.new_cdp_session(page)
    devices.send("WebAuthn.enable")
    has = {"hasResidentKey": True, "hasUserVerification": True, "isUserVerified": True}
    kind = {"protocol": "ctap2", "transport": "internal", "automaticPresenceSimulation": True}
    devices.send("WebAuthn.addVirtualAuthenticator", {"options": has | kind})
    page.goto("/konto/log-ind/")
    page.get_by_label("Brugernavn eller e-mail").fill("nøgle")
    page.get_by_label("Adgangskode").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.get_by_role("link", name="Brug en adgangsnøgle").click()
    page.get_by_label("Navn").fill("Arbejdstelefon")
    fits_and_has_no_barrier(page)
    page.get_by_role("button", name="Tilføj", exact=True).click()
    expect(page.get_by_role("heading", name="Dine nødkoder")).to_be_visible()
    page.goto("/konto/totrin/noegler/")
    expect(page.get_by_text("Arbejdstelefon").first).to_be_visible()
    fits_and_has_no_barrier(page)
    context.clear_cookies()
    page.goto("/admin/")
    page.get_by_role("button", name="Log ind med adgangsnøgle").click()
    expect(page).to_have_url(re.compile("/admin/$"))
    assert faults == []
    context.close()


def test_a_browser_without_keys_is_not_offered_any(page):
    page.add_init_script("delete window.PublicKeyCredential")
    page.goto("/konto/log-ind/")
    expect(page.get_by_label("Adgangskode")).to_be_visible()
    expect(page.get_by_role("button", name="Log ind med adgangsnøgle")).to_be_hidden()
