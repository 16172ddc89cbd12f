"""Every public page: it answers, is valid HTML, and keeps to the security policy."""

import re
from collections import Counter

import html5lib
import pytest

from offers.models import Offer
from tests.addresses import LISTS, public_addresses

pytestmark = pytest.mark.django_db


def assert_valid(html: str, address: str) -> None:
    """Fail on a parse error of the HTML standard, a repeated id, or a label without its field."""
    parser = html5lib.HTMLParser(strict=False)
    document = parser.parse(html)
    assert not parser.errors, f"{address}: {parser.errors}"
    ids = Counter(element.get("id") for element in document.iter() if element.get("id"))
    assert not [name for name, number in ids.items() if number > 1], f"{address}: repeated id"
    pointed_at = [element.get("for") for element in document.iter() if element.get("for")]
    for several in re.findall(r'aria-(?:labelledby|describedby)="([^"]+)"', html):
        pointed_at += several.split()
    assert set(pointed_at) <= set(ids), f"{address}: {set(pointed_at) - set(ids)} point nowhere"


def test_every_public_page_answers_and_is_valid(visitor):
    addresses = list(public_addresses())
    assert len(addresses) > len(LISTS)
    for address in addresses:
        response = visitor.get(address)
        assert response.status_code == 200, address
        assert_valid(response.content.decode(), address)


def test_every_link_to_the_site_itself_leads_somewhere(visitor):
    answers = {}
    for address in public_addresses():
        for href in re.findall(r'href="(/[^"#]*)', visitor.get(address).content.decode()):
            path = href.replace("&amp;", "&")
            if not path.startswith("/static/") and path not in answers:
                answer = visitor.get(path)
                answer.getvalue()  # a file is closed when it is read
                answers[path] = answer.status_code
    assert {path: code for path, code in answers.items() if code != 200} == {}


@pytest.mark.parametrize("query", ["", "?alder=abc&behov=findes-ikke&sorter=x&kommune=9999", "?q=zzzzzz"])
def test_the_list_is_valid_html_whatever_is_asked(visitor, query):
    assert_valid(visitor.get(f"/tilbud/{query}").content.decode(), query)


def test_pages_name_a_strict_policy_without_inline_code(visitor):
    policy = visitor.get("/").headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self'" in policy
    assert "style-src 'self'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy


def test_a_page_that_is_not_there_helps_on(visitor):
    response = visitor.get("/tilbud/findes-ikke/")
    assert response.status_code == 404
    html = response.content.decode()
    assert "Siden findes ikke" in html
    assert 'action="/tilbud/"' in html
    assert_valid(html, "404")


def test_a_fault_of_ours_says_so_and_names_112(client, monkeypatch):
    client.raise_request_exception = False
    monkeypatch.setattr(Offer.objects.__class__, "published", lambda *_: 1 / 0)
    response = client.get("/akut/")
    assert response.status_code == 500
    assert "Det er ikke din skyld" in response.content.decode()
    assert "tel:112" in response.content.decode()
    assert_valid(response.content.decode(), "500")


def test_only_reading_is_allowed(client):
    assert client.post("/tilbud/").status_code == 405


def test_the_front_page_asks_for_whom_and_the_list_knows_the_answers(visitor):
    html = visitor.get("/").content.decode()
    choices = re.findall(r'name="hvem" value="(\w+)"', html)
    assert choices == ["mig", "barn", "paaroerende", "fagperson"]
    for choice in choices:
        assert not visitor.get("/tilbud/", {"hvem": choice}).context["filter"].form.errors


def test_pages_come_compressed_where_the_browser_can(client):
    response = client.get("/tilbud/", headers={"accept-encoding": "gzip"})
    assert response["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in response["Vary"]
    assert len(response.content) < 15_000
