"""Every answer has its headers: pages, files, faults, redirects, the API, the desk."""

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from directory.middleware import HeadersMiddleware
from tests.closing import closing
from tests.test_settings import PRODUCTION, manage

ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "X-Frame-Options": "DENY",
}
ADDRESSES = [
    "/",
    "/tilbud/?q=ensom",
    "/tilbud",
    "/findes-ikke/",
    "/static/findes-ikke.css",
    "/favicon.ico",
    "/healthz",
    "/readyz",
    "/robots.txt",
    "/sitemap.xml",
    "/kommune.css",
    "/data/services.ndjson",
    "/data/tilbud.csv",
    "/api/hsds/services",
    "/api/hsds/findes-ikke",
    "/tilbud/nyt.atom",
    "/konto/log-ind/",
    "/admin/",
    "/admin/offers/offer/",
    "/?" + "a&" * 400,
]
OPEN = ("/api/", "/data/services", "/data/tilbud")


def assert_guarded(response, path):
    """Fail unless the answer has every header."""
    for name, value in ALWAYS.items():
        assert response.headers.get(name) == value, (path, name)
    policy = response.headers["Content-Security-Policy"]
    for part in ("default-src 'none'", "frame-ancestors 'none'", "base-uri 'none'", "script-src 'self'"):
        assert part in policy, path
    assert "unsafe" not in policy
    assert "camera=()" in response.headers["Permissions-Policy"]
    shared = "cross-origin" if path.startswith(OPEN) else "same-origin"
    assert response.headers["Cross-Origin-Resource-Policy"] == shared, path


@pytest.mark.parametrize("path", ADDRESSES)
def test_every_kind_of_answer_is_guarded(client, db, path):
    with closing(client.get(path)) as response:  # a file stays open else
        assert_guarded(response, path)


def test_a_file_is_guarded(settings, db):
    settings.WHITENOISE_USE_FINDERS = settings.WHITENOISE_AUTOREFRESH = True
    with closing(Client().get("/static/vejviser.svg")) as response:
        assert b"".join(response.streaming_content).startswith(b"<svg")
        assert_guarded(response, "/static/vejviser.svg")


@pytest.mark.parametrize("method", ["post", "put", "delete", "options", "head"])
def test_every_method_is_answered_with_them(client, db, method):
    for path in ("/", "/tilbud/", "/api/hsds/services", "/findes-ikke/"):
        assert_guarded(getattr(client, method)(path), path)


def test_the_desk_has_them(editor):
    for path in (reverse("admin:index"), reverse("admin:offers_offer_changelist"), reverse("running")):
        assert_guarded(editor.get(path), path)


def test_a_fault_has_them(client, db, monkeypatch):
    client.raise_request_exception = False
    monkeypatch.setattr("offers.views.kept_page", lambda *_, **__: 1 / 0)
    response = client.get("/tilbud/")
    assert response.status_code == 500
    assert_guarded(response, "/tilbud/")


def test_a_strange_host_is_refused_with_them_and_never_repeated(db, settings):
    for redirects in (False, True):
        settings.SECURE_SSL_REDIRECT = redirects
        response = Client(headers={"host": "ond.example"}).get("/tilbud/")
        assert response.status_code == 400
        assert "ond.example" not in response.content.decode()
        assert_guarded(response, "/tilbud/")


def test_the_redirect_to_https_has_them_and_leads_to_our_own_host(settings, db):
    settings.SECURE_SSL_REDIRECT = True
    response = Client(headers={"x-forwarded-host": "ond.example"}).get("/tilbud/")
    assert response.headers["Location"] == "https://testserver/tilbud/"
    assert_guarded(response, "/tilbud/")


def test_over_https_browsers_are_told_to_stay_there(settings, client, db):
    settings.SECURE_HSTS_SECONDS = 365 * 24 * 3600
    settings.SECURE_HSTS_INCLUDE_SUBDOMAINS = settings.SECURE_HSTS_PRELOAD = True
    for path in ("/", "/findes-ikke/", "/api/hsds/services", "/tilbud"):
        told = Client().get(path, secure=True).headers["Strict-Transport-Security"]
        assert told == "max-age=31536000; includeSubDomains; preload"


def test_what_may_be_embedded_says_so_itself(rf):
    policy = "frame-ancestors https:"

    def embedded(request):
        response = HttpResponse(headers={"Content-Security-Policy": policy})
        response.xframe_options_exempt = True
        return response

    response = HeadersMiddleware(embedded)(rf.get("/"))
    assert response.headers["Content-Security-Policy"] == policy
    assert "X-Frame-Options" not in response.headers


COOKIES = """
from django.conf import settings as s
names = ("NAME", "SECURE", "HTTPONLY", "SAMESITE", "PATH", "DOMAIN")
print([[getattr(s, f"{kind}_COOKIE_{name}") for name in names] for kind in ("SESSION", "CSRF")])
"""


def test_cookies_of_production_stay_with_this_host_over_https_and_away_from_scripts():
    told = manage("shell", "-v", "0", "-c", COOKIES, **PRODUCTION).stdout
    for name in "sessionid", "csrftoken":
        assert f"['__Host-{name}', True, True, 'Lax', '/', None]" in told


def test_no_answer_tells_a_version_of_a_program(client, db):
    for path in ADDRESSES:
        with closing(client.get(path)) as response:
            headers = dict(response.headers)
        for name, value in headers.items():
            assert not name.lower().startswith(("x-powered", "x-generator", "server")), path
            assert "django" not in value.lower(), (path, name)


def test_text_tells_its_signs(client, db):
    for path in ADDRESSES:
        with closing(client.get(path)) as response:
            kind = response.headers.get("Content-Type", "")
        assert kind or not response.content, path
        assert not kind.startswith("text/") or "charset=" in kind.lower(), path
