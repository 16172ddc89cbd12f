#!/usr/bin/env python3
"""Take the pictures of the editors' handbook from a running site with demo data and demo accounts.

    python scripts/handbook_pictures.py http://127.0.0.1:8000 /usr/bin/chromium

It writes as an editor does: a report, a new version of an offer, two corrections at once. So use a site
made for it (`manage.py prepare` on an empty database), and make a new one each time.
"""
# ruff: noqa: T201 (printing tells what was taken; nobody imports this)

import os
import re
import sys
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "haandbog" / "billeder"
WIDTH, HIGHEST, MARGIN = 1280, 620, 4  # points of a screen
PASSWORD = "vejviser-demo"  # noqa: S105 (of the demo accounts, which no real site has)
FILE = """dato;start;slut;sted;status
3.2.2027;16.00;18.30;Rådhuset;planlagt
3.3.2027;16.00;18.30;Rådhuset;planlagt
7.4.2027;16.00;18.30;Biblioteket;planlagt
"""


def picture(page: Page, name: str, first: str, last: str = "", highest: int = HIGHEST) -> None:
    """Save what stands from the element `first` to the end of `last`, at most `highest` of it."""
    boxes = [page.locator(one).first.bounding_box() for one in (first, last or first)]
    scrolled = page.evaluate("window.scrollY")
    top, bottom = boxes[0]["y"] + scrolled, boxes[1]["y"] + boxes[1]["height"] + scrolled
    left = min(box["x"] for box in boxes)
    right = max(box["x"] + box["width"] for box in boxes)
    left, top = max(left - MARGIN, 0), max(top - MARGIN, 0)
    clip = {
        "x": left,
        "y": top,
        "width": min(right + MARGIN, WIDTH) - left,
        "height": min(bottom + MARGIN - top, highest),
    }
    page.screenshot(path=FOLDER / f"{name}.png", clip=clip, full_page=True)


def enter(browser: Browser, site: str, who: str) -> Page:
    """Log somebody in with the code that a demo site shows; return her page."""
    context = browser.new_context(
        base_url=site,
        viewport={"width": WIDTH, "height": 800},
        locale="da-DK",
        timezone_id="Europe/Copenhagen",
        color_scheme="light",
    )
    page = context.new_page()
    page.goto("/admin/")
    if who == "demo-redaktoer":
        picture(page, "log-ind", "main h1", "main form")
    page.get_by_label("Brugernavn").fill(who)
    page.get_by_label("Adgangskode").fill(PASSWORD)
    page.get_by_role("button", name="Log ind", exact=True).click()
    shown = page.get_by_text("Demo: koden er").inner_text()
    page.get_by_label("Kode", exact=True).fill(re.search(r"\d{6}", shown)[0])
    page.get_by_role("button", name="Bekræft").click()
    page.wait_for_url("**/admin/")
    return page


def open_offer(page: Page, words: str) -> str:
    """Open the offer that a search finds first; return its address on the desk."""
    page.goto(f"/admin/offers/offer/?q={words}")
    page.locator("#result_list tbody th a").first.click()
    return page.url.split("?")[0]


def save(page: Page) -> None:
    """Press “Gem”."""
    page.locator('input[name="_save"]').last.click()


def offers(page: Page) -> None:
    """Take the pictures of offers: new, still right, and in a new version."""
    picture(page, "bord", ".desk-chores", highest=420)
    page.goto("/admin/offers/offer/guide/")
    page.get_by_label("Hvad kalder I det?").fill("Snak med andre, når du har mistet")
    picture(page, "guide", ".guide", highest=HIGHEST)
    page.goto("/admin/offers/offer/add/")
    page.get_by_label("Titel:").fill("Snak med andre, når du har mistet")
    page.get_by_label("Kort fortalt:").fill("Mød andre, der savner. I taler, og I spiser sammen.")
    picture(page, "nyt-tilbud", "fieldset:has(.field-title)", ".field-summary")
    open_offer(page, "headspace")
    picture(page, "stadig-rigtigt", ".desk-facts")
    page.get_by_role("link", name="Arbejdsgang", exact=True).click()
    page.get_by_role("button", name="Begynd en ny udgave").click()
    page.get_by_label("Kort fortalt:").fill(
        "Tal med en voksen om det, der er svært. Du kan chatte eller ringe."
    )
    save(page)
    page.goto(page.url.replace("/udgave/", "/arbejdsgang/"))
    picture(page, "arbejdsgang", "#content-main", ".ver-steps")


def two_editors(page: Page, other: Page) -> None:
    """Take the pictures of two who correct the same offer, and of its history."""
    address = open_offer(page, "alkolinjen")
    other.goto(address)
    other.get_by_label("Om prisen:").fill("Gratis for alle.")
    other.get_by_label("Hvorfor?").fill("Har ringet og spurgt.")
    save(other)
    page.get_by_label("Om prisen:").fill("Det koster ikke noget.")
    save(page)
    picture(page, "to-retter", "#content-main")
    page.goto(address.replace("/change/", "/history/"))
    picture(page, "historik", ".ver-entry", ".ver-entry:nth-of-type(2)")


def reports(page: Page) -> None:
    """Take the picture of what a reader reports."""
    page.goto("/tilbud/headspace-roskilde/ret/")
    page.get_by_label("Telefonnummeret").check()
    page.locator("textarea").fill("Jeg ringede i går. Nummeret er lukket.")
    page.get_by_role("button", name="Send", exact=True).click()
    page.goto("/admin/offers/feedback/")
    page.locator("#result_list tbody th a").first.click()
    picture(page, "henvendelse", "#feedback_form fieldset", "#feedback_form fieldset:nth-of-type(2)")


def the_rest(page: Page) -> None:
    """Take the pictures of synonyms, ideas and meetings; none of them is saved."""
    page.goto("/admin/offers/synonym/add/")
    page.get_by_label("Som folk siger:").fill("min fætter drikker arven op")
    page.get_by_label("Søg også efter:").fill("alkohol")
    page.get_by_role("button", name="Vis virkning").last.click()
    picture(page, "synonym", ".lab-note", "#synonym_form fieldset")
    page.goto("/admin/policies/goal/?kind__exact=ide")
    page.locator("#result_list tbody th a").first.click()
    page.locator("#decisions-group .add-row a").click()
    picture(page, "ide", "#decisions-group")
    page.goto("/admin/policies/meeting/hent/")
    page.get_by_label("Fil:").set_input_files(
        {"name": "moeder.csv", "mimeType": "text/csv", "buffer": FILE.encode()}
    )
    page.get_by_label("Udvalg:").select_option(index=1)
    page.get_by_role("button", name="Vis, hvad filen vil gøre").click()
    picture(page, "moeder", "section:has(#plan)")


def main(site: str, browser_path: str) -> int:
    """Take every picture."""
    FOLDER.mkdir(exist_ok=True)
    sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_path, args=sandbox)
        page, other = (enter(browser, site, name) for name in ("demo-redaktoer", "demo-godkender"))
        offers(page)
        two_editors(page, other)
        reports(page)
        the_rest(page)
    print(f"{len(list(FOLDER.glob('*.png')))} pictures")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1].rstrip("/"), sys.argv[2]))
