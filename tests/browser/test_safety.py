"""Acute help and the way out: by touch, by keyboard, and without JavaScript."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

NEUTRAL = "**/healthz"
LEAVE = "Forlad siden nu"


@pytest.fixture
def phone(page):
    """Return a page as large as a phone, on a site that one came to from somewhere else."""
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto("about:blank")
    return page


def test_one_press_leaves_and_back_does_not_return(phone):
    phone.goto("/tilbud/?q=vold")
    phone.get_by_role("link", name=LEAVE).click()
    phone.wait_for_url(NEUTRAL)
    phone.go_back()
    assert phone.url == "about:blank"


def test_escape_three_times_leaves_from_the_search_box_too(phone):
    phone.goto("/")
    box = phone.get_by_role("combobox")
    box.press_sequentially("skils")
    expect(phone.locator("#forslag:not([hidden])")).to_be_visible()
    for _ in range(3):
        phone.keyboard.press("Escape")
    phone.wait_for_url(NEUTRAL)
    phone.go_back()
    assert phone.url == "about:blank"


def test_escape_once_or_with_other_keys_between_stays(phone):
    phone.goto("/")
    for key in ("Escape", "Escape", "a", "Escape", "Escape"):
        phone.keyboard.press(key)
    expect(phone.get_by_role("link", name=LEAVE)).to_be_visible()
    assert phone.title() != "127.0.0.1"


@pytest.mark.parametrize(("between", "stays"), [(900, False), (1100, True)])
def test_escape_counts_within_two_seconds(phone, between, stays):
    phone.route(NEUTRAL, lambda route: route.fulfill(status=204))
    phone.goto("/")
    phone.evaluate(
        """(between) => { for (const number of [0, 1, 2]) {
            const event = new KeyboardEvent("keydown", { key: "Escape" });
            Object.defineProperty(event, "timeStamp", { value: number * between });
            document.dispatchEvent(event);
        } }""",
        between,
    )
    expect(phone.get_by_role("link", name=LEAVE)).to_have_count(int(stays))


def test_what_was_typed_and_read_is_gone_before_the_neutral_site_comes(phone):
    left = []
    phone.expose_function("tell", lambda told: left.extend(told))
    phone.goto("/tilbud/?q=vold&alder=30")
    phone.evaluate(
        """() => {
            const fields = [...document.querySelectorAll("[name=q], [name=alder]")];
            const look = () => tell([
                document.title, document.body.childElementCount, ...fields.map((field) => field.value),
            ]);
            new MutationObserver(look).observe(document.body, { childList: true });
        }"""
    )
    phone.get_by_role("link", name=LEAVE).click()
    phone.wait_for_url(NEUTRAL)
    assert left == ["127.0.0.1", 0, "", ""]


def test_without_javascript_both_are_plain_links(browser, base_url):
    size = {"width": 360, "height": 740}
    context = browser.new_context(base_url=base_url, java_script_enabled=False, viewport=size)
    page = context.new_page()
    page.goto("/")
    page.get_by_role("link", name="Få hjælp nu").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Få hjælp nu")
    page.get_by_role("link", name=LEAVE).click()
    page.wait_for_url(NEUTRAL)
    context.close()


@pytest.mark.parametrize("width", [320, 1280])
def test_both_can_be_reached_from_the_foot_of_a_page_without_covering_its_head(page, width):
    page.set_viewport_size({"width": width, "height": 740})
    page.goto("/tilbud/")
    for name in ("Få hjælp nu", LEAVE):
        assert page.get_by_role("link", name=name).bounding_box()["height"] >= 44
    head = page.locator(".header").bounding_box()
    bar = page.locator(".safety").bounding_box()
    assert bar["y"] + bar["height"] <= head["y"]
    page.evaluate("window.scrollTo({ top: document.body.scrollHeight, behavior: 'instant' })")
    expect(page.get_by_role("link", name=LEAVE)).to_be_in_viewport()
    expect(page.get_by_role("link", name="Få hjælp nu")).to_be_in_viewport()


LOW = {"phone on its side": (740, 360), "keyboard on the screen": (360, 420), "400 %": (320, 256)}


@pytest.mark.parametrize("size", LOW)
def test_on_a_low_screen_the_way_out_is_in_reach_and_takes_little_room(page, size):
    width, height = LOW[size]
    page.set_viewport_size({"width": width, "height": height})
    page.goto("/tilbud/")
    page.evaluate("window.scrollTo({ top: document.body.scrollHeight / 2, behavior: 'instant' })")
    leave = page.get_by_role("link", name=LEAVE)
    expect(leave).to_be_in_viewport(ratio=1)
    box = leave.bounding_box()
    assert box["height"] <= height / 7
    assert box["height"] >= 24
    # At 400 % it is alone in its corner, so that half of its line is left.
    if height < 320:
        assert box["width"] <= width / 2
    else:
        expect(page.get_by_role("link", name="Få hjælp nu")).to_be_in_viewport(ratio=1)
    leave.click()
    page.wait_for_url(NEUTRAL)


@pytest.mark.parametrize("size", LOW)
def test_on_a_low_screen_the_keyboard_lands_on_nothing_that_is_covered(page, size):
    width, height = LOW[size]
    page.set_viewport_size({"width": width, "height": height})
    page.emulate_media(reduced_motion="reduce")  # scrolls at once
    page.goto("/tilbud/boernetelefonen/")
    for key in ["Tab"] * 25 + ["Shift+Tab"] * 15:
        page.keyboard.press(key)
        seen = page.evaluate(
            """() => { const one = document.activeElement, box = one.getClientRects()[0];
            const at = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
            return one === document.body || one.contains(at) || at?.contains(one) ? "" : one.outerHTML; }"""
        )
        assert seen == ""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_of_acute_help_has_no_barrier(page, scheme):
    page.emulate_media(color_scheme=scheme)
    for width in (320, 768, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        page.goto("/akut/")
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        report = Axe().run(page)
        assert report.violations_count == 0, report.generate_report()
