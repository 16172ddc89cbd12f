"""Another site shows a part of ours: one that may, and one that may not; with its script and without."""

import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import free_port

LIST = "/indlejr/liste/?q=ensom&amp;antal=3"


@contextmanager
def site(address, body):
    """Serve one page at `address` in the block."""

    class Page(BaseHTTPRequestHandler):
        def do_GET(self):
            content = f'<!doctype html><html lang="da"><title>Nabo</title><body>{body}</html>'.encode()
            self.send_response(200 if self.path == "/" else 404)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(content if self.path == "/" else b"")

        def log_message(self, *args):
            """Say nothing."""

    parts = urlsplit(address)
    with ThreadingHTTPServer((parts.hostname, parts.port), Page) as server:
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        try:
            yield
        finally:
            server.shutdown()


@pytest.fixture
def other_page(browser, base_url):
    """Return a page of a reader of another site, whose cookies can be looked at."""
    context = browser.new_context(viewport={"width": 320, "height": 700})
    page = context.new_page()
    page.set_default_timeout(10_000)
    yield page
    assert context.cookies() == []
    context.close()


def by_script(base_url):
    """Return the code with a script, as the page that gives it writes it."""
    source = f'src="{base_url}/indlejr/vejviser.js" data-path="{LIST}"'
    return f'<script {source} data-title="Tilbud om hjælp" data-height="200" defer></script>'


def test_a_site_that_may_shows_the_list_in_its_whole_height(other_page, base_url, neighbour):
    with site(neighbour, by_script(base_url)):
        other_page.goto(neighbour)
        frame = other_page.frame_locator("iframe[title='Tilbud om hjælp']")
        expect(frame.get_by_role("heading", level=2)).to_have_count(3)
        other_page.wait_for_function("document.querySelector('iframe').height > 300")
        inside = next(one for one in other_page.frames if one.url.startswith(base_url))
        assert inside.evaluate("document.documentElement.scrollHeight <= innerHeight")
        assert inside.evaluate("document.documentElement.scrollWidth <= innerWidth")
        frame.get_by_role("link").first.click()
        other_page.wait_for_url(f"{base_url}/tilbud/*/")


def test_the_box_searches_in_the_whole_window_without_any_script(browser, base_url, neighbour):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    body = f'<iframe src="{base_url}/indlejr/soeg/" title="Find hjælp" width="280" height="230"></iframe>'
    with site(neighbour, body):
        page.goto(neighbour)
        frame = page.frame_locator("iframe")
        frame.get_by_label("Skriv, hvad du søger hjælp til").fill("ensom")
        frame.get_by_role("button", name="Søg").click()
        page.wait_for_url(f"{base_url}/tilbud/?q=ensom")
    context.close()


@pytest.mark.parametrize("path", [LIST, "/indlejr/soeg/", "/tilbud/", "/indlejr/"])
def test_a_site_that_may_not_shows_nothing(other_page, base_url, path):
    stranger = f"http://127.0.0.1:{free_port()}"
    refused = []
    other_page.on("console", lambda message: refused.append(message.text))
    with site(stranger, f'<iframe src="{base_url}{path}" title="x"></iframe>'):
        other_page.goto(stranger)
        other_page.wait_for_timeout(300)
        assert [one.url for one in other_page.frames if one.url.startswith(base_url)] == []
    assert any("frame-ancestors" in text or "X-Frame-Options" in text for text in refused)


def test_a_site_that_may_shows_no_other_page(other_page, base_url, neighbour):
    with site(neighbour, f'<iframe src="{base_url}/tilbud/" title="x"></iframe>'):
        other_page.goto(neighbour)
        other_page.wait_for_timeout(300)
        assert [one.url for one in other_page.frames if one.url.startswith(base_url)] == []


def test_only_our_own_frame_says_how_high_it_is(other_page, base_url, neighbour):
    with site(neighbour, by_script(base_url)):
        other_page.goto(neighbour)
        other_page.wait_for_function("document.querySelector('iframe').height > 300")
        height = other_page.evaluate("document.querySelector('iframe').height")
        other_page.evaluate("postMessage({ vejviser: 9000 }, '*')")
        other_page.wait_for_timeout(200)
        assert other_page.evaluate("document.querySelector('iframe').height") == height
