"""Every kind of page, at every width and in every colour: it fits, and axe finds no barrier in it."""

import os

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

OFFICIAL = bool(os.environ.get("DKFDS_FROM"))
PAGES = {
    "front": "/",
    "list": "/tilbud/",
    "errors": "/tilbud/?alder=abc&behov=findes-ikke",
    "nothing": "/tilbud/?q=zzzzzz",
    "marked": "/tilbud/?q=min+far+drikker&alder=10",
    "few": "/tilbud/?q=skilsmisse+p%C3%A5+14+i+Lejre&pris=betaling",
    "unread": "/tilbud/?q=og+eller&form=chat",
    "acute": "/akut/",
    "second page": "/tilbud/?page=2",
    "offer": "/tilbud/headspace-roskilde/",
    "line": "/tilbud/alarm-112/",
    "easy": "/tilbud/boernetelefonen/",
    "poster": "/tilbud/boernetelefonen/opslag/",
    "report": "/tilbud/headspace-roskilde/ret/",
    "thanks": "/tilbud/headspace-roskilde/ret/tak/",
    "empty shortlist": "/liste/",
    "shortlist": "/liste/?tilbud=ak22a2+rdb9x2+f6zk4s+nope+nope&dato=2026-01-01&q=alkohol",
    "compared": "/liste/sammenlign/?tilbud=ak22a2+h7kq2m+c9m3rj+s5h2jb+f6zk4s",
    "overview": "/overblik/",
    "overview of one place": "/overblik/?kommune=0265&pris=gratis&adgang=x",
    "policies": "/politikker/",
    "search of policies": "/soeg-i-politik/?q=handicappolitk",
    "policy": "/politikker/roedovre-handleplan-2017-2018/",
    "draft": "/politikker/koebenhavns-sociale-strategi/",
    "initiative": "/indsatser/roedovre-faerre-ensomme/",
    "committees": "/udvalg/",
    "committee": "/udvalg/roskilde-skole-og-boerneudvalget/",
    "calendar": "/kalender/",
    "committee with goals": "/udvalg/roedovre-social-og-sundhedsudvalget/",
    "sdgs": "/verdensmaal/",
    "sdg": "/verdensmaal/3/",
    "library": "/bibliotek/",
    "drafts in the library": "/bibliotek/?status=udkast&udgiver=x",
    "ideas": "/ideer/",
    "ideas of one theme": "/ideer/?tema=bolig&status=x",
    "data": "/data/",
    "api": "/data/api/",
    "profile": "/data/hsds/",
    "embed": "/indlejr/?vis=liste&q=ensom&antal=3",
    "wrong embed": "/indlejr/?vis=x&kommune=x",
    "embedded box": "/indlejr/soeg/",
    "embedded list": "/indlejr/liste/?q=ensom&antal=3",
    "about": "/om/",
    "privacy": "/privatliv/",
    "accessibility": "/was",
}
# Width, colour scheme and forced colours. A phone in the dark has the same rules as a desk in the dark.
LOOKS = [
    (320, "light", "none"),
    (768, "light", "none"),
    (1280, "light", "none"),
    *([] if OFFICIAL else [(1280, "dark", "none"), (320, "dark", "active")]),
]
# Nothing is left out; what axe leaves out by itself is put in: links and buttons of 24 by 24 pixels.
OPTIONS = {"rules": {"target-size": {"enabled": True}}}


def assert_no_barrier(page) -> None:
    report = Axe().run(page, options=OPTIONS)
    assert report.violations_count == 0, report.generate_report()


@pytest.mark.parametrize("name", PAGES)
def test_pages_fit_every_width_and_have_no_barrier(page, name):
    page.goto(PAGES[name])
    for width, scheme, forced in LOOKS:
        page.set_viewport_size({"width": width, "height": 800})
        page.emulate_media(color_scheme=scheme, forced_colors=forced)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, f"{name} at {width}"
        assert_no_barrier(page)


def test_filters_that_are_open_fit_and_have_no_barrier(page):
    for width in (320, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        page.goto("/tilbud/")
        for title in ("Vælg, hvem og hvad", "Behov", "Kommune"):
            page.locator("summary").get_by_text(title, exact=True).click()
        expect(page.get_by_label("Skilsmisse")).to_be_visible()
        # Up again, where the bar that stays in reach lies over no field.
        page.evaluate("window.scrollTo({ top: 0, behavior: 'instant' })")
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert_no_barrier(page)


# What stands on a line of its own; links in running text may be as low as the text.
FOR_A_THUMB = (
    ".breadcrumbs__link, .contents a, .card-heading a, .tag, .deep-link, .heat-table a, .footer-links a"
)


@pytest.mark.parametrize("name", ["policies", "policy", "initiative", "committee with goals", "overview"])
def test_on_a_phone_links_are_as_high_as_a_thumb_needs(browser, base_url, name):
    context = browser.new_context(base_url=base_url, has_touch=True, viewport={"width": 360, "height": 740})
    page = context.new_page()
    page.goto(PAGES[name])
    heights = {
        link.inner_text(): box["height"]
        for link in page.locator(FOR_A_THUMB).all()
        if (box := link.bounding_box()) is not None
    }
    assert {text: height for text, height in heights.items() if height < 44} == {}
    assert "Om siden" in heights
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    context.close()


@pytest.mark.parametrize("width", [320, 1280])
def test_what_one_needs_first_is_seen_and_can_be_hit(page, width):
    page.set_viewport_size({"width": width, "height": 800})
    page.goto("/")
    for name in ("Få hjælp nu", "Forlad siden nu", "Ring 112", "Find hjælp"):
        box = page.get_by_role("link", name=name, exact=True).first.bounding_box()
        assert box["height"] >= 44, name
    assert page.get_by_role("button", name="Søg").bounding_box()["height"] >= 44
    page.goto("/tilbud/")
    expect(page.locator(".card").first).to_have_css("border-style", "solid")
    family = "IBM Plex Sans" if OFFICIAL else "system-ui"
    assert family in page.evaluate("getComputedStyle(document.body).fontFamily")


@pytest.mark.parametrize(
    ("path", "is_long"), [("/bibliotek/", True), ("/tilbud/headspace-roskilde/ret/tak/", False)]
)
def test_a_long_page_has_a_way_back_to_its_top(page, path, is_long):
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto(path)
    link = page.get_by_role("link", name="Til toppen")
    expect(link).to_have_count(0)
    page.keyboard.press("End")
    expect(link).to_have_count(int(is_long))
    if is_long:
        link.click()
        expect(page.get_by_role("link", name="Vejviser")).to_be_in_viewport()


def test_paper_has_the_words_and_no_buttons(page):
    page.goto("/tilbud/headspace-roskilde/")
    page.emulate_media(media="print")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    for name in ("Forlad siden nu", "Find hjælp", "Alle tilbud"):
        expect(page.get_by_role("link", name=name, exact=True)).to_have_count(0)
