"""What every test has: the real data of `fixtures/`, and a visitor who looks closely at each page."""

import json
import re
import time
from contextlib import nullcontext
from pathlib import Path

import hypothesis
import pytest
from django.conf import settings
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.db import connection
from django.test import Client

from directory.fixtures import load
from offers.latest import Latest
from offers.models import Membership
from offers.pieces import PAGES
from tests.staff import person  # noqa: F401 (for every test)

# An example may take as long as it takes: on a busy machine, a deadline fails by chance.
hypothesis.settings.register_profile("untimed", deadline=None)
hypothesis.settings.load_profile("untimed")

ROOT = Path(__file__).resolve().parent.parent
FIXTURES = sorted((ROOT / "fixtures").glob("*.yaml"))

STRAY_TEMPLATE = re.compile(r"\{\{|\{%|%\}|\}\}")
# The public pages with a form that is sent: they may set the cookie against forgery, and store the answer.
FEEDBACK = re.compile(r"(?:/en)?/tilbud/[-\w]+/(?:ret|stadig-rigtigt)/")
# Data for machines, which no browser runs; it may hold no sign that would end it.
LINKED_DATA = re.compile(r'<script type="application/ld\+json">([^<>&]*)</script>')
INLINE_CODE = re.compile(r"<[^>]+\s(?:on[a-z]+|style)\s*=|<script(?![^>]*\bsrc=)|<style", re.IGNORECASE)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """Fill the test database once; each test sees the data and leaves them as they were."""
    with django_db_blocker.unblock():
        load(FIXTURES)


class Visitor(Client):
    """A client that fails on any page with template code, inline code or a cookie in it."""

    def request(self, **request):
        """Answer as the site does, after a close look at the page."""
        reports = FEEDBACK.fullmatch(request["PATH_INFO"])
        writes = reports and request["REQUEST_METHOD"] == "POST"
        with nullcontext() if writes else connection.execute_wrapper(refuse_writing):
            response = super().request(**request)
        if response.headers.get("Content-Type", "").startswith("text/html"):
            html = response.content.decode()
            for data in LINKED_DATA.findall(html):
                assert json.loads(data)["@context"] == "https://schema.org"
            html = LINKED_DATA.sub("", html)
            assert not STRAY_TEMPLATE.search(html), f"template code in {request['PATH_INFO']}"
            assert not INLINE_CODE.search(html), f"inline code in {request['PATH_INFO']}"
            whole = bool(html) and "HTTP_HX_REQUEST" not in request  # htmx asks for a part of a page
            assert len(re.findall("<h1", html)) == whole, f"not one h1 in {request['PATH_INFO']}"
        allowed = {settings.CSRF_COOKIE_NAME} if reports else set()
        assert set(response.cookies) <= allowed, f"a cookie from {request['PATH_INFO']}"
        return response


def without_icons(html: str) -> str:
    """Return a page without its icons, which are decoration: the words that stand beside them are left."""
    return re.sub(r"<svg.*?</svg>\s*", "", html)


def refuse_writing(execute, sql, params, many, context):
    """Stand in front of the database and let nothing through but reading."""
    assert sql.lstrip(" (\n").upper().startswith(("SELECT", "SAVEPOINT", "RELEASE")), (
        f"a public page writes: {sql}"
    )
    return execute(sql, params, many, context)


@pytest.fixture
def visitor(db):
    """Return a client for the public pages; they may not write."""
    return Visitor()


@pytest.fixture(autouse=True)
def whoever_is_let_in_has_proved_it(monkeypatch, settings):
    """Let `force_login` note what a log-in notes: a second factor, and the minute. Hash passwords fast."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    plain = Client.force_login

    def force_login(self, user, backend=None):
        plain(self, user, backend)
        session = self.session
        session["account_authentication_methods"] = [{"method": "mfa", "at": time.time()}]
        session["account_authentication_methods_user"] = str(user.pk)
        session["seen_at"] = time.time()
        session.save()

    monkeypatch.setattr(Client, "force_login", force_login)


@pytest.fixture
def editor(client, django_user_model):
    """Return a client logged in as someone who may do everything; no password, so no slow hashing."""
    client.force_login(django_user_model.objects.create_superuser("redaktør"))
    return client


@pytest.fixture
def log_in(client, db, django_user_model):
    """Return a function that logs a member of `own` with a role in, and returns the client."""
    call_command("sync_roles", verbosity=0)

    def logged_in(role, own=None):
        user = django_user_model.objects.create_user(f"person-{role}", is_staff=True)
        user.groups.add(Group.objects.get(name=role))
        if own:
            Membership.objects.create(user=user, organisation=own)
        client.force_login(user)
        return client

    return logged_in


@pytest.fixture(scope="session")
def index_folder(tmp_path_factory):
    """Return a folder for the files of the search index, apart from the developer's own."""
    return tmp_path_factory.mktemp("search-index")


@pytest.fixture(autouse=True)
def search_without_patience(monkeypatch, settings, index_folder):
    """Let every search look for changes: within a test, less than a second passes between them."""
    settings.SEARCH_INDEX_DIR = index_folder
    settings.DATA_FILES_DIR = index_folder / "data-files"
    settings.DATA_FILES_GRACE = 0
    monkeypatch.setattr("offers.search.following.MAX_AGE", 0.0)


@pytest.fixture(autouse=True)
def pages_of_its_own(monkeypatch):
    """Let no page kept by one test be filled in for another, which may have other settings."""
    monkeypatch.setattr("offers.pieces._pages", Latest(PAGES))
