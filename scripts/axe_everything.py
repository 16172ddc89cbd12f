#!/usr/bin/env python3
"""Look for barriers on every public address of a running site, at three widths in three kinds of colours.

    python scripts/axe_everything.py http://127.0.0.1:8000 /usr/bin/chromium

The addresses are those of /sitemap.xml. It takes some ten minutes, and is not a part of `./dev test`, which
looks at one page of each kind. The exit code is 1 when a page had a barrier.
"""
# ruff: noqa: S310, T201 (the caller types the address of a site of her own; printing is what this is for)

import os
import re
import sys
from itertools import product
from urllib.parse import urlsplit
from urllib.request import urlopen

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, sync_playwright

WIDTHS = (320, 768, 1280)
COLOURS = (("light", "none"), ("dark", "none"), ("dark", "active"))
OPTIONS = {"rules": {"target-size": {"enabled": True}}}


def addresses(site: str) -> list[str]:
    """Return what the sitemap names, on this site, wherever it says that it lives."""
    with urlopen(f"{site}/sitemap.xml") as answer:
        found = re.findall(r"<loc>([^<]+)</loc>", answer.read().decode())
    return [site + urlsplit(address).path for address in found]


def barriers(page: Page, address: str) -> set[str]:
    """Return what is wrong with one page in any look: rules of axe, and text that does not fit."""
    page.goto(address)
    found = set()
    for (scheme, forced), width in product(COLOURS, WIDTHS):
        page.set_viewport_size({"width": width, "height": 800})
        page.emulate_media(color_scheme=scheme, forced_colors=forced)
        if page.evaluate("document.documentElement.scrollWidth") > width:
            found.add(f"too wide at {width}")
        report = Axe().run(page, options=OPTIONS)
        found |= {f"{rule['id']} ({width}, {scheme}, {forced})" for rule in report.response["violations"]}
    return found


def main(site: str, browser_path: str) -> int:
    """Look at everything and tell what was found."""
    wrong = 0
    with sync_playwright() as playwright:
        sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
        page = playwright.chromium.launch(executable_path=browser_path, args=sandbox).new_page()
        pages = addresses(site)
        for address in pages:
            found = barriers(page, address)
            wrong += bool(found)
            for one in sorted(found):
                print(f"{urlsplit(address).path}: {one}")
    print(f"{len(pages)} pages, {len(WIDTHS) * len(COLOURS)} looks each: {wrong} with a barrier")
    return min(wrong, 1)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1].rstrip("/"), sys.argv[2]))
