"""The handbook on the desk: it fits every width, and axe finds no barrier in it."""

import pytest
from playwright.sync_api import expect

from tests.browser.test_accessibility import assert_no_barrier


@pytest.mark.parametrize("width", [320, 1280])
def test_the_handbook_is_found_on_the_desk_fits_and_has_no_barrier(page, log_in, width):
    log_in("redaktør")
    page.set_viewport_size({"width": width, "height": 800})
    page.get_by_role("link", name="Håndbog", exact=True).click()
    for name in ("Skriv et nyt tilbud", "Når to retter, og når du fortryder", "Hvem må hvad"):
        assert page.evaluate("document.documentElement.scrollWidth") <= width, name
        assert_no_barrier(page)
        page.get_by_role("link", name=name, exact=True).click()
        expect(page.get_by_role("heading", name=name, exact=True)).to_be_visible()
        for picture in page.get_by_role("article").get_by_role("img").all():
            assert picture.evaluate("one => one.naturalWidth") > 0, picture.get_attribute("alt")
        assert page.evaluate("document.documentElement.scrollWidth") <= width, name
        assert_no_barrier(page)
        page.get_by_role("link", name="Alle sider i håndbogen").click()
    page.goto("/admin/haandbog/roller/")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert_no_barrier(page)
