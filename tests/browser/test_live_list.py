"""Filters that act at once: the page shows what a fresh page would, and the address says what is shown."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

# What a person has ticked or folded out stands in properties; the rest must be the same to the letter.
CONTENT = """() => {
  const main = document.querySelector("main").cloneNode(true);
  for (const one of main.querySelectorAll("details")) one.removeAttribute("open");
  for (const one of main.querySelectorAll(".second-group")) one.remove(); // comes when it is scrolled to
  const live = document.querySelectorAll("main input, main option");
  main.querySelectorAll("input, option").forEach((copy, number) => {
    const { checked, selected, value } = live[number];
    for (const name of ["checked", "selected", "value"]) copy.removeAttribute(name);
    copy.dataset.state = `${checked} ${selected} ${value}`;
  });
  for (const one of main.querySelectorAll("[class]"))
    one.setAttribute("class", one.getAttribute("class").replace(/htmx-\\w+/g, "").trim());
  return main.innerHTML.replace(/ class=""| data-hx-revealed="true"/g, "").replace(/\\s+/g, " ");
}"""


@pytest.fixture
def panel(page):
    """Open the list with its filters folded out."""
    page.goto("/tilbud/?q=alkohol")
    page.get_by_text("Vælg, hvem og hvad").click()
    return page.locator("[data-live]")


def tick(panel, group, choice):
    """Fold a group of filters out, and tick one of its choices."""
    folded = panel.locator(f"#filter-{group} details")
    if folded.get_attribute("open") is None:
        folded.locator("summary").click()
    folded.get_by_role("checkbox", name=re.compile(f"^{choice} ")).click()


def test_what_is_swapped_in_is_what_a_fresh_page_has(page, panel):
    tick(panel, "form", "Gruppe")
    expect(page).to_have_url(re.compile(r"/tilbud/\?q=alkohol&form=gruppe$"))
    panel.get_by_label("Alder", exact=True).fill("10")
    page.keyboard.press("Tab")
    expect(page).to_have_url(re.compile(r"/tilbud/\?q=alkohol&alder=10&form=gruppe$"))
    swapped = page.evaluate(CONTENT)
    page.goto(page.url)
    assert page.evaluate(CONTENT) == swapped


def test_the_number_is_told_and_the_focus_stays(page, panel):
    expect(page.locator("#fund-antal")).to_have_attribute("role", "status")
    tick(panel, "form", "Gruppe")
    expect(panel.locator("#valgt-form")).to_have_text(re.compile("1 valgt"))
    number = page.locator("#antal").inner_text()
    expect(page.locator("#fund-antal")).to_have_text(number)
    expect(page.get_by_role("button", name=f"Vis {number}")).to_be_visible()
    expect(panel.get_by_role("checkbox", name=re.compile("^Gruppe "))).to_be_focused()
    expect(panel.locator("#valgt-form")).to_have_text(re.compile("1 valgt"))


def test_back_and_forward_show_what_was_shown(page, panel):
    before = page.locator("#antal").inner_text()
    tick(panel, "form", "Gruppe")
    expect(page.locator("#valgt-form")).to_have_text(re.compile("1 valgt"))
    after = page.locator("#antal").inner_text()
    page.go_back()
    expect(page).to_have_url(re.compile(r"q=alkohol$"))
    expect(page.locator("#antal")).to_have_text(before)
    expect(page.locator("#filter-form input:checked")).to_have_count(0)
    page.go_forward()
    expect(page).to_have_url(re.compile("form=gruppe"))
    expect(page.locator("#antal")).to_have_text(after)
    expect(page.locator("#filter-form input:checked")).to_have_count(1)


def test_a_wrong_age_is_told_by_the_whole_page(page, panel):
    panel.get_by_label("Alder", exact=True).fill("ti")
    page.keyboard.press("Tab")
    expect(page.get_by_role("alert")).to_contain_text("Skriv alderen som et helt tal")
    expect(page.get_by_label("Alder", exact=True)).to_have_value("ti")


def test_a_crisis_that_is_ticked_brings_the_lines(page, panel):
    tick(panel, "behov", "Vold")
    expect(page.locator("#krise").get_by_role("heading", name="Har du brug for hjælp nu?")).to_be_visible()


def test_nothing_of_it_stays_in_the_browser(page, panel):
    tick(panel, "form", "Gruppe")
    expect(page).to_have_url(re.compile("form=gruppe"))
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0


def test_the_changed_page_has_no_barrier(page, panel):
    tick(panel, "pris", "Gratis")
    expect(page).to_have_url(re.compile("pris=gratis"))
    report = Axe().run(page)
    assert report.violations_count == 0, report.generate_report()


def test_when_the_answer_does_not_come_the_page_is_asked_for_whole(base_url, browser):
    context = browser.new_context(base_url=base_url)  # a failed request is told in the console
    page = context.new_page()
    page.route("**/tilbud/?*", lambda route: route.abort() if asks_for_a_part(route) else route.continue_())
    page.goto("/tilbud/?q=alkohol")
    page.get_by_text("Vælg, hvem og hvad").click()
    tick(page.locator("[data-live]"), "form", "Gruppe")
    expect(page).to_have_url(re.compile(r"\?q=alkohol&form=gruppe$"))
    expect(page.locator("#filter-form input:checked")).to_have_count(1)
    context.close()


def asks_for_a_part(route) -> bool:
    """Whether htmx asks."""
    return route.request.headers.get("hx-request") == "true"


def test_what_is_put_in_place_can_be_put_on_the_list_without_leaving(page, panel):
    tick(panel, "form", "Gruppe")
    expect(page).to_have_url(re.compile("form=gruppe"))
    page.get_by_role("button", name=re.compile("^Læg på liste")).first.click()
    expect(page.get_by_role("link", name="Din liste (1)")).to_be_visible()
    expect(page).to_have_url(re.compile("form=gruppe"))


def test_an_age_and_the_button_at_once_are_one_step_back(page, panel):
    panel.get_by_label("Alder", exact=True).fill("10")
    page.get_by_role("button", name=re.compile(r"^Vis \d+ tilbud$")).click()
    expect(page).to_have_url(re.compile(r"/tilbud/\?q=alkohol&alder=10$"))
    expect(page.get_by_role("link", name="Fjern Alder: 10")).to_be_visible()
    page.go_back()
    expect(page).to_have_url(re.compile(r"q=alkohol$"))


def tab_to(page, selector):
    """Press Tab until the element has the focus, as somebody without a mouse does."""
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"the focus never came to {selector}")


def test_by_keyboard_one_filters_and_opens_an_offer(page):
    page.goto("/tilbud/?q=alkohol")
    tab_to(page, ".details-summary")
    page.keyboard.press("Enter")
    tab_to(page, "#filter-form summary")
    page.keyboard.press("Enter")
    tab_to(page, "#filter-form input[value=gruppe]")
    page.keyboard.press("Space")
    expect(page).to_have_url(re.compile("form=gruppe$"))
    tab_to(page, "main [type=submit]")
    tab_to(page, "#fund h3 a")
    title = page.evaluate("document.activeElement.innerText")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(title.replace("\n", " "))
    tab_to(page, ".contact a")
