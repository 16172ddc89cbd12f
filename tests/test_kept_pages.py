"""Pages that are the same for everybody are kept, and shown again as long as nothing has changed."""

import gzip
import time
from datetime import timedelta

import brotli
import pytest
from django.apps import apps
from django.core.cache import caches
from django.db import OperationalError, connection
from django.test import Client
from django.utils import timezone

from directory import data_version, kept_pages
from offers.models import LifeSituation, Need, Offer, Organisation
from policies.models import Meeting
from tests.conftest import Visitor

pytestmark = pytest.mark.django_db
# Tables that no public page shows.
NOT_PUBLIC = {
    "factcheck",
    "reminder",
    "importrun",
    "sourcerecord",
    "membership",
    "feedback",
    "linkcheck",
    "version",
    "workingcopy",
    "searchmiss",
    "settledsearch",
}
PAGES = [
    "/",
    "/tilbud/",
    "/tilbud/?kommune=0265",
    "/akut/",
    "/politikker/",
    "/udvalg/",
    "/bibliotek/",
    "/om/",
    "/en/",
]


@pytest.fixture
def keeper(settings, monkeypatch):
    """Return a visitor of a site that keeps its pages, and has none yet; the minute is a long one."""
    settings.KEEP_PAGES = True
    monkeypatch.setattr(kept_pages, "MINUTE", 10**12)
    caches["pages"].clear()
    return Visitor()


def is_kept(response):
    """Return whether the answer came from memory: no template was rendered for it."""
    return not response.templates


@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_made_once_and_given_again_letter_by_letter(keeper, path):
    first, second = keeper.get(path), keeper.get(path)
    assert (is_kept(first), is_kept(second)) == (False, True)
    assert second.content == first.content
    of_its_time = {"X-Request-ID": "", "X-Accel-Expires": ""}
    assert {**second.headers, **of_its_time} == {**first.headers, **of_its_time}


def test_a_server_in_front_gives_a_page_to_the_end_of_this_second(keeper):
    before = int(time.time())
    told = keeper.get("/akut/").headers["X-Accel-Expires"]
    assert before <= int(told.removeprefix("@")) <= time.time()
    assert "X-Accel-Expires" not in keeper.get("/tilbud/?q=ensom").headers


def test_the_log_names_what_answered_though_it_came_from_memory(keeper, caplog):
    with caplog.at_level("INFO", "vejviser.requests"):
        keeper.get("/akut/")
        keeper.get("/akut/")
    assert [record.route for record in caplog.records] == ["offers:acute", "offers:acute"]


@pytest.mark.parametrize("path", PAGES)
def test_whoever_has_the_page_is_told_so(keeper, path):
    etag = keeper.get(path).headers["ETag"]
    response = keeper.get(path, headers={"If-None-Match": etag})
    assert (response.status_code, response.content) == (304, b"")
    assert response.headers["Cache-Control"] == "public, max-age=0, s-maxage=1, stale-if-error=86400"


def test_a_kept_page_costs_no_query_within_a_second(keeper, monkeypatch, django_assert_num_queries):
    etag = keeper.get("/tilbud/").headers["ETag"]
    monkeypatch.setattr("offers.search.following.MAX_AGE", 60)
    for headers in ({}, {"If-None-Match": etag}):
        with django_assert_num_queries(0):
            keeper.get("/tilbud/", headers=headers)


CHANGES = {
    "/tilbud/?behov=ensom": lambda: Offer.objects.filter(needs__slug="ensom").update(summary="Nyt resumé"),
    "/": lambda: LifeSituation.objects.update(name="Nyt resumé"),
    "/bibliotek/": lambda: Organisation.objects.update(name="Nyt resumé"),
    "/om/": lambda: Need.objects.update(name="Nyt resumé"),
    "/kalender/": lambda: Meeting.objects.create(
        committee=apps.get_model("policies", "Committee").objects.first(),
        held_on=timezone.localdate() + timedelta(days=3),
        place="Nyt resumé",
    ),
}


@pytest.mark.parametrize("path", CHANGES)
def test_a_change_makes_the_page_anew(keeper, path):
    before = keeper.get(path)
    CHANGES[path]()
    after = keeper.get(path)
    assert not is_kept(after)
    assert ("Nyt resumé" in after.content.decode()) == (path != "/om/")
    assert path == "/om/" or after.headers["ETag"] != before.headers["ETag"]


def test_every_minute_a_page_is_made_anew(keeper, monkeypatch):
    keeper.get("/akut/")
    now = kept_pages.time.time()
    monkeypatch.setattr(kept_pages.time, "time", lambda: now + kept_pages.MINUTE)
    assert not is_kept(keeper.get("/akut/"))


@pytest.mark.parametrize(("coding", "unpack"), [("br", brotli.decompress), ("gzip", gzip.decompress)])
def test_a_page_is_packed_as_the_browser_asks(keeper, coding, unpack):
    client = Client()
    for _ in range(2):
        response = client.get("/tilbud/", headers={"Accept-Encoding": f"zstd, {coding};q=0.9, *;q=0"})
        assert response.headers["Content-Encoding"] == coding
        assert response.headers["Content-Length"] == str(len(response.content))
        assert unpack(response.content).decode().rstrip().endswith("</html>")
    assert "Accept-Encoding" in response.headers["Vary"]


def test_brotli_is_preferred_and_what_is_refused_is_not_sent(keeper):
    client = Client()
    best = client.get("/", headers={"Accept-Encoding": "gzip, deflate, br"})
    other = client.get("/", headers={"Accept-Encoding": "gzip, br;q=0"})
    assert (best.headers["Content-Encoding"], other.headers["Content-Encoding"]) == ("br", "gzip")


@pytest.mark.parametrize(
    "path", ["/tilbud/?q=ensom", "/soeg-i-politik/?q=ensom", "/liste/", "/findes-ikke/"]
)
def test_what_tells_of_a_person_or_is_a_fault_is_kept_by_nobody(keeper, path):
    first, second = keeper.get(path), keeper.get(path)
    assert not is_kept(second)
    assert "public" not in first.headers.get("Cache-Control", "")


def test_whoever_has_a_session_gets_a_page_of_her_own(keeper, editor):
    keeper.get("/")
    assert not is_kept(editor.get("/"))


def test_a_part_for_htmx_is_not_the_whole_page(keeper):
    whole = keeper.get("/tilbud/")
    part = Client().get("/tilbud/", headers={"HX-Request": "true"})
    assert part.content != whole.content
    assert "HX-Request" in whole.headers["Vary"]


@pytest.fixture
def broken():
    """Yield a function after which the database does not answer."""

    def fails(execute, *asked):
        raise OperationalError("no route")

    yield lambda: connection.execute_wrappers.append(fails)
    if fails in connection.execute_wrappers:
        connection.execute_wrappers.remove(fails)


def test_without_a_database_the_last_good_page_is_given(keeper, broken):
    page = keeper.get("/tilbud/")
    broken()
    response = keeper.get("/tilbud/")
    assert (response.status_code, response.content) == (200, page.content)


def test_without_a_database_and_a_page_one_is_told_calmly_with_the_numbers(keeper, broken):
    keeper.get("/")
    broken()
    client = Client(raise_request_exception=False)
    for path in ("/bibliotek/", "/tilbud/?q=ensom", "/en/bibliotek/"):
        response = client.get(path)
        html = response.content.decode()
        assert response.status_code == 503
        assert response.headers["Retry-After"] == "30"
        assert 'href="tel:112"' in html
        assert "70 201 201" in html
    assert "Livslinien" in html


def test_without_a_database_what_needs_none_is_answered_all_the_same(keeper, broken):
    broken()
    assert keeper.get("/healthz").json() == {"status": "ok"}
    assert keeper.get("/robots.txt").status_code == 200
    response = keeper.get("/readyz")
    assert (response.status_code, response.json()) == (503, {"database": "unreachable"})


def test_every_table_is_followed_or_named_as_not_public():
    followed = {
        table
        for part in (data_version.offers.offers, data_version.policies.policies)
        for table, _ in part.source.parts
    } | {table for table, _ in data_version.PARTS}
    followed |= {"offers_wordrule", "offers_synonym"}  # with the analysis and the thesaurus
    models = [
        model
        for label in ("offers", "policies")
        for model in apps.get_app_config(label).get_models(include_auto_created=True)
    ]
    missing = {
        model._meta.db_table for model in models if model._meta.model_name not in NOT_PUBLIC
    } - followed
    assert not missing
