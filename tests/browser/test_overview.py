"""The map of needs and ages, and the picture of a policy, in a browser."""

import pytest
from playwright.sync_api import expect


def test_a_switch_acts_at_once_and_can_be_taken_back(page, base_url):
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto("/overblik/")
    number = page.get_by_role("status").filter(has_text="hul")
    before = number.inner_text()
    page.get_by_label("Kommune", exact=True).select_option(label="Roskilde")
    expect(page).to_have_url(f"{base_url}/overblik/?kommune=0265")
    expect(page.locator("#kort")).to_contain_text("der bor i Roskilde")
    page.locator("summary").get_by_text("Pris", exact=True).click()
    page.get_by_label("Gratis").check()
    expect(page).to_have_url(f"{base_url}/overblik/?kommune=0265&pris=gratis")
    expect(number).not_to_have_text(before)
    page.go_back()
    expect(page.locator("#filter-pris input:checked")).to_have_count(0)
    page.go_back()
    expect(page.locator("#kort")).to_contain_text("fra alle kommuner")


@pytest.mark.parametrize("width", [360, 1280])
def test_a_number_leads_to_its_offers(page, width):
    page.set_viewport_size({"width": width, "height": 900})
    page.goto("/overblik/")
    picture = page.locator(".heat-map")
    expect(picture).to_be_visible() if width == 1280 else expect(picture).to_be_hidden()
    cell = page.get_by_role("row", name="Skilsmisse").get_by_role("link").nth(3)
    number = cell.inner_text().split()[0]
    cell.click()
    expect(page.locator("#fund-antal")).to_have_text(f"{number} tilbud")


@pytest.mark.parametrize("width", [360, 1280])
def test_the_picture_of_a_policy_gives_way_to_its_list(page, width):
    page.set_viewport_size({"width": width, "height": 900})
    page.goto("/politikker/roedovre-udsattepolitik/")
    picture = page.locator(".trace")
    expect(picture).to_be_visible() if width == 1280 else expect(picture).to_be_hidden()
    page.get_by_text("Mål, indsatser og tilbud som liste").click()
    page.get_by_role("link", name="Færre ensomme og flere fællesskaber").last.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Færre ensomme")


def test_a_box_of_the_picture_can_be_clicked(page):
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto("/politikker/roedovre-udsattepolitik/")
    page.locator(".trace a[href^='/tilbud/']").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Rødovre")
