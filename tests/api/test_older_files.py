"""While a file with all offers is made anew, the one before is given: as it is, and not for long."""

import fcntl
import hashlib
import json
import os
import time
from contextlib import contextmanager
from threading import Thread

import pytest

from offers.hsds import kept
from offers.models import Offer

pytestmark = pytest.mark.django_db
ADDRESS = "/data/services.json"
NAME = "services.json"


@pytest.fixture
def folder(settings, tmp_path):
    """Return the folder of the files; an older one may be given for ten minutes."""
    settings.DATA_FILES_DIR = tmp_path / "files"
    settings.DATA_FILES_GRACE = 600
    settings.DATA_FILES_DIR.mkdir()
    return settings.DATA_FILES_DIR


@pytest.fixture(autouse=True)
def at_once(monkeypatch):
    """Let what is done beside be done at once, within the transaction of the test."""

    class AtOnce(Thread):
        def start(self):
            self._target(*self._args)

    monkeypatch.setattr(kept, "Beside", AtOnce)


@contextmanager
def another_process(folder):
    """Make the file, as another process would: the lock is held for a block."""
    with (folder / f"{NAME}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def withdraw():
    """Take an offer down, and return its title."""
    offer = Offer.objects.get(slug="headspace-roskilde")
    Offer.objects.filter(pk=offer.pk).update(title="Taget af", status=Offer.Status.ARCHIVED)
    return offer.title


def seen(folder, seconds):
    """Let it be so long ago that the file was found to be as the data are."""
    at = time.time() - seconds
    os.utime(folder / f"{NAME}.seen", (at, at))


def titles(response):
    """Return the names of the services that a file tells of."""
    return {service["name"] for service in json.loads(response.getvalue())}


def test_a_new_file_that_is_soon_made_is_given(visitor, folder):
    visitor.get(ADDRESS).getvalue()
    gone = withdraw()
    assert gone not in titles(visitor.get(ADDRESS))


def test_while_another_process_makes_a_file_the_one_before_is_given_at_once(visitor, folder, monkeypatch):
    before = visitor.get(ADDRESS)
    content, gone = before.getvalue(), withdraw()
    with another_process(folder):
        monkeypatch.setattr(kept, "time", Clock())
        again = visitor.get(ADDRESS)
        assert again.getvalue() == content
        assert kept.time.slept == 0
        for name in ("ETag", "Last-Modified"):
            assert again.headers[name] == before.headers[name]
        assert again.headers["ETag"] == f'"{hashlib.sha256(content).hexdigest()}"'
        assert again.headers["Cache-Control"] == "public, no-cache"
    assert gone not in titles(visitor.get(ADDRESS))


class Clock:
    """Time in which nobody really sleeps."""

    def __init__(self):
        self.slept = 0.0

    def time(self):
        return time.time() + self.slept

    def monotonic(self):
        return self.slept

    def sleep(self, seconds):
        self.slept += seconds


def test_the_checksums_are_those_of_what_is_given(visitor, folder):
    before = visitor.get("/data/SHA256SUMS").content.decode()
    withdraw()
    with another_process(folder):
        between = visitor.get("/data/SHA256SUMS").content.decode()
        given = hashlib.sha256(visitor.get(ADDRESS).getvalue()).hexdigest()
        assert f"{given}  {NAME}\n" in between
        assert f"{given}  {NAME}\n" in before
        assert between != before, "the other files are new"
        assert given in visitor.get("/data/katalog.jsonld").content.decode()
        assert given in visitor.get("/data/").content.decode()
    assert given not in visitor.get("/data/SHA256SUMS").content.decode()


def test_what_is_withdrawn_is_not_given_beyond_the_bound(visitor, folder, monkeypatch):
    assert visitor.get(ADDRESS).getvalue()
    gone = withdraw()
    with another_process(folder):
        seen(folder, 590)
        assert gone in titles(visitor.get(ADDRESS))
        seen(folder, 610)
        monkeypatch.setattr(kept, "time", Clock())
        response = visitor.get(ADDRESS)
        assert (response.status_code, response.headers["Retry-After"]) == (503, "60")
        assert response.headers["Cache-Control"] == "no-store"
        assert response.json()["type"].endswith("/data/api/#ikke-endnu")
        assert kept.PATIENCE <= kept.time.slept < 30
        assert 'id="ikke-endnu"' in visitor.get("/data/api/").content.decode()
        assert visitor.get("/data/SHA256SUMS").status_code == 503
    assert gone not in titles(visitor.get(ADDRESS))


def test_the_bound_is_counted_from_when_the_file_was_last_as_the_data_are(visitor, folder):
    visitor.get(ADDRESS).getvalue()
    seen(folder, 10_000)
    visitor.get(ADDRESS).getvalue()  # nothing has changed since
    gone = withdraw()
    with another_process(folder):
        noted = (folder / f"{NAME}.seen").stat().st_mtime
        assert gone in titles(visitor.get(ADDRESS))
        assert (folder / f"{NAME}.seen").stat().st_mtime == noted, "to be given makes it no younger"
    assert gone not in titles(visitor.get(ADDRESS))


def test_where_nobody_may_wait_for_an_older_one_each_waits_for_the_new(visitor, folder, settings):
    settings.DATA_FILES_GRACE = 0
    visitor.get(ADDRESS).getvalue()
    gone = withdraw()
    assert gone not in titles(visitor.get(ADDRESS))
    assert "forrige fil" not in visitor.get("/data/").content.decode()


@pytest.mark.parametrize(("seconds", "told"), [(60, "højst et minut"), (900, "højst 15 minutter")])
def test_the_page_says_for_how_long(visitor, settings, seconds, told):
    settings.DATA_FILES_GRACE = seconds
    assert told in visitor.get("/data/").content.decode()


def test_a_file_that_cannot_be_made_does_not_take_the_one_before_along(visitor, folder):
    content = visitor.get(ADDRESS).getvalue()
    withdraw()

    def fail(_file):
        raise OSError("no space")

    with pytest.raises(OSError, match="no space"):
        kept._make_in_turn(kept.ExitStack(), folder, NAME, fail)
    found = kept.opened({NAME: lambda file: file.write(content)})[NAME]
    with found.file as file:
        assert file.read() == content


def test_a_folder_that_cannot_be_written_to_is_no_hindrance(visitor, settings, tmp_path):
    (tmp_path / "a-file").touch()
    settings.DATA_FILES_DIR, settings.DATA_FILES_GRACE = tmp_path / "a-file", 600
    assert titles(visitor.get(ADDRESS))
