"""A developer tries an address on the page about the APIs, with the script and without."""

from playwright.sync_api import expect


def test_the_answer_is_shown_below_the_form(page):
    page.goto("/data/api/")
    page.get_by_text("Prøv listServices", exact=True).click()
    form = page.locator("details[open]")
    form.get_by_label("search").fill("ensom")
    form.get_by_label("per_page").fill("1")
    form.get_by_role("button", name="Hent").click()
    answer = form.get_by_label("Svar")
    expect(answer).to_be_focused()
    said = answer.input_value()
    assert said.startswith("200 ")
    assert "search=ensom" in said.partition("\n")[0]
    assert '"total_items"' in said
    assert answer.evaluate("box => [box.selectionStart, box.scrollTop]") == [0, 0]


def test_without_a_script_the_form_opens_the_answer(browser, base_url):
    context = browser.new_context(java_script_enabled=False, base_url=base_url)
    page = context.new_page()
    page.goto("/data/api/")
    page.get_by_text("Prøv getRoot", exact=True).click()
    page.locator("details[open]").get_by_role("button", name="Hent").click()
    expect(page).to_have_url(f"{base_url}/api/hsds")
    assert "3.2" in page.content()
    context.close()
