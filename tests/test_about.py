"""Pages about the site itself: for people, for search engines, and for those who find a weakness."""

import re
from datetime import date
from xml.etree import ElementTree as ET

import pytest
from django.conf import settings as configured
from django.utils import timezone

from offers.models import Offer
from tests.addresses import public_addresses
from tests.conftest import ROOT
from tests.test_offer_list import make_offer
from tests.test_pages import assert_valid

pytestmark = pytest.mark.django_db

PAGES = ("/om/", "/privatliv/", "/was")
SPACE = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def rows_of_the_map(visitor):
    """Return path → time of change, or nothing, as the map tells search engines."""
    response = visitor.get("/sitemap.xml")
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "application/xml"
    rows = {}
    for row in ET.fromstring(response.content).iter(f"{SPACE}url"):  # noqa: S314 (what the view under test wrote)
        address = row.findtext(f"{SPACE}loc")
        assert address.startswith(configured.BASE_URL)
        rows[address.removeprefix(configured.BASE_URL)] = row.findtext(f"{SPACE}lastmod")
    return rows


@pytest.mark.parametrize("path", PAGES)
def test_every_page_leads_there_and_they_are_valid_with_and_without_names(visitor, settings, path):
    assert f'href="{path}"' in visitor.get("/").content.decode()
    html = visitor.get(path).content.decode()
    assert "Der mangler en kontakt her" in html
    settings.OPERATOR, settings.CONTACT_EMAIL = "Prøve & Kommune", "vejviser@example.org"
    settings.CONTACT_PHONE = "12 34 56 78"
    html = visitor.get(path).content.decode()
    assert_valid(html, path)
    assert "Prøve &amp; Kommune" in html
    assert 'href="mailto:vejviser@example.org"' in html
    assert 'href="tel:+4512345678"' in html
    assert "Der mangler" not in html


def test_the_statement_has_what_the_law_asks_for(visitor, settings):
    settings.WAS_URL = "https://www.was.digst.dk/example"
    html = visitor.get("/was").content.decode()
    assert '<a href="/was">Tilgængelighedserklæring</a>' in html
    assert 'href="https://www.was.digst.dk/example"' in html
    assert 'href="https://digst.dk/' in html
    for heading in ("Overholder siden kravene?", "Hvad er ikke tilgængeligt?", "Hvordan er siden prøvet?"):
        assert f"<h2>{heading}</h2>" in html


def test_the_map_names_all_public_pages_but_those_that_ask_not_to_be(visitor):
    rows = rows_of_the_map(visitor)
    for path in public_addresses():
        assert (path in rows) != is_closed(visitor.get(path)), path
    assert set(rows) <= set(public_addresses())


def is_closed(response) -> bool:
    """Whether a page asks search engines to leave it out."""
    return 'name="robots" content="noindex' in response.content.decode()


@pytest.mark.parametrize(
    "path", ["/tilbud/?q=angst", "/tilbud/?alder=9", "/soeg-i-politik/?q=x", "/liste/?tilbud=x"]
)
def test_what_one_asked_for_is_not_for_search_engines(visitor, path):
    assert is_closed(visitor.get(path))


def test_the_map_tells_when_an_offer_was_changed_and_hides_those_that_are_not_public(visitor):
    offer = make_offer("paa-kortet")
    make_offer("ikke-paa-kortet", status=Offer.Status.DRAFT)
    rows = rows_of_the_map(visitor)
    assert rows["/tilbud/paa-kortet/"] == timezone.localdate(offer.updated_at).isoformat()
    assert "/tilbud/ikke-paa-kortet/" not in rows
    assert rows["/om/"] is None


def test_machines_are_told_where_the_map_is_and_where_they_have_no_business(visitor):
    response = visitor.get("/robots.txt")
    assert response.headers["Content-Type"].startswith("text/plain")
    lines = response.content.decode().splitlines()
    assert lines[0] == "User-agent: *"
    assert "Disallow: /admin/" in lines
    assert f"Sitemap: {configured.BASE_URL}/sitemap.xml" in lines
    closed = [line.removeprefix("Disallow: ") for line in lines if line.startswith("Disallow")]
    assert not [path for path in public_addresses() if path.startswith(tuple(closed))]


def test_whom_to_tell_of_a_weakness(visitor, settings):
    assert visitor.get("/.well-known/security.txt").status_code == 404
    settings.SECURITY_CONTACT, settings.SECURITY_EXPIRES = "mailto:sikker@example.org", date(2999, 6, 30)
    response = visitor.get("/.well-known/security.txt")
    assert response.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert response.content.decode().splitlines() == [
        "Contact: mailto:sikker@example.org",
        "Expires: 2999-06-30T00:00:00Z",
        "Preferred-Languages: da, en",
        f"Canonical: {configured.BASE_URL}/.well-known/security.txt",
    ]


@pytest.mark.parametrize("path", ["/", "/tilbud/med-tegn/"])
def test_a_shared_link_tells_what_it_leads_to_with_our_own_picture(visitor, path):
    make_offer("med-tegn", title='Råd & "dåd"', summary="Kom <nu>")
    html = visitor.get(path).content.decode()
    tags = dict(re.findall(r'<meta property="(og:[a-z:]+)" content="([^"]*)">', html))
    assert tags["og:url"] == configured.BASE_URL + path
    assert tags["og:image"].startswith(f"{configured.BASE_URL}/static/")
    if path != "/":
        assert tags["og:title"] == "Råd &amp; &quot;dåd&quot;"
        assert tags["og:description"] == "Kom &lt;nu&gt;"


def test_the_picture_has_the_size_that_is_told():
    head = (ROOT / "static" / "vejviser-card.png").read_bytes()[:24]
    assert head.startswith(b"\x89PNG")
    assert (int.from_bytes(head[16:20]), int.from_bytes(head[20:24])) == (1200, 630)
