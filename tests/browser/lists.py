"""What the tests of lists in a browser share: two offers, and a look at what the browser keeps."""

import re
from urllib.parse import urlsplit

from playwright.sync_api import expect

GROUP, LINE = "Børnegruppe, når mor eller far drikker", "Ring 112, når der er fare lige nu"
GROUP_PAGE, LINE_PAGE = "/tilbud/boernegruppe-naar-mor-eller-far-drikker/", "/tilbud/alarm-112/"
KEPT = "caches.open('vejviser-liste').then(one => one.keys()).then(all => all.map(one => one.url))"
STORED = "localStorage.getItem('vejviser-liste')"
FOREIGN = "/liste/?tilbud=h7kq2m+ak22a2&dato=2026-01-01"
PHONE = {"width": 360, "height": 740}


def put_two_on_the_list(page):
    """Add two offers from their pages, and open the list."""
    page.set_default_timeout(6000)
    for path in (GROUP_PAGE, LINE_PAGE):
        page.goto(path)
        page.get_by_role("button", name=re.compile("^Læg på liste ")).click()
    page.get_by_role("link", name="Din liste (2)").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Liste med 2 tilbud")


def titles(page):
    return page.locator(".shortlist .card-heading").all_text_contents()


def kept(page):
    """Return the paths that may be read offline."""
    return {urlsplit(url).path for url in page.evaluate(KEPT)}


def until(page, holds):
    """Wait until `holds()`; the policy of the pages forbids what the browser's own waiting is made of."""
    for _ in range(50):
        if holds():
            return
        page.wait_for_timeout(100)
    raise AssertionError("it did not come to hold")


def nothing_is_left(page):
    """Whether the browser keeps nothing of the site."""
    workers = "navigator.serviceWorker.getRegistrations().then(all => all.length)"
    left = [page.evaluate(one) for one in ("localStorage.length", "caches.keys()", workers)]
    return left == [0, [], 0]
