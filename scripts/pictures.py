#!/usr/bin/env python3
"""Take the pictures of `docs/pictures/` from a running site with the data that comes with the house.

    python scripts/pictures.py http://127.0.0.1:8000 /usr/bin/chromium

Each kind of page on a phone and on a desk; some also in dark colours, in English, and as they are printed.
"""
# ruff: noqa: T201 (printing tells what was taken; nobody imports this)

import os
import sys
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "pictures"
PAGES = {
    "front": "/",
    "list": "/tilbud/?q=min+far+drikker+p%C3%A5+10",
    "offer": "/tilbud/headspace-roskilde/",
    "poster": "/tilbud/headspace-roskilde/opslag/",
    "acute": "/akut/",
    "report": "/tilbud/headspace-roskilde/ret/",
    "shortlist": "/liste/",
    "policy": "/politikker/roedovre-handleplan-2017-2018/",
    "committee": "/udvalg/roedovre-social-og-sundhedsudvalget/",
    "library": "/bibliotek/",
    "ideas": "/ideer/",
    "not-found": "/findes-ikke/",
    "english": "/en/tilbud/?q=lonely",
}
DARK = ("front", "list", "offer")
PRINTED = ("offer", "poster", "shortlist")
SIZES = {360: 740, 1280: 800}
A4 = {"width": 794, "height": 1123}  # points of a screen


def picture(browser: Browser, address: str, path: Path, viewport: dict, **looks: str) -> None:
    """Save what one sees first of a page."""
    page = browser.new_page(viewport=viewport)
    page.emulate_media(**looks)
    page.goto(address)
    page.wait_for_load_state("networkidle")
    page.screenshot(path=path)
    page.close()


def shortlist(browser: Browser, site: str) -> str:
    """Return the address of a list with the three offers that a page names first."""
    page = browser.new_page()
    page.goto(f"{site}/tilbud/?q=min+far+drikker")
    codes = page.eval_on_selector_all("[data-list-add]", "found => found.map(one => one.dataset.listAdd)")
    page.close()
    return f"/liste/?tilbud={'+'.join(codes[:3])}"


def main(site: str, browser_path: str) -> int:
    """Take every picture."""
    sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_path, args=sandbox)
        for name, path in (PAGES | {"shortlist": shortlist(browser, site)}).items():
            for width, height in SIZES.items():
                viewport = {"width": width, "height": height}
                picture(
                    browser, site + path, FOLDER / f"{name}-{width}.png", viewport, color_scheme="light"
                )
                if name in DARK:
                    file = FOLDER / f"{name}-{width}-dark.png"
                    picture(browser, site + path, file, viewport, color_scheme="dark")
            if name in PRINTED:
                picture(browser, site + path, FOLDER / f"{name}-print.png", A4, media="print")
    print(f"{len(list(FOLDER.glob('*.png')))} pictures")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1].rstrip("/"), sys.argv[2]))
