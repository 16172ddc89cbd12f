"""A cache that all share: what stands in it, and what happens when it is gone."""

import json
import socket
from contextlib import contextmanager
from threading import Thread

import pytest
from django.core.cache import caches

from directory import caching, shared_cache
from directory.kept_pages import Page
from directory.shared_cache import PlainSerializer, SharedCache
from tests.running.commands import manage

OPTIONS = {"MAX_ENTRIES": 10, **caching.PATIENCE}


@pytest.fixture
def nobody():
    """Return a port of this machine where nobody listens."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        yield taken.getsockname()[1]


@pytest.fixture(autouse=True)
def new_line(monkeypatch):
    """Begin with a line that nobody has tried."""
    monkeypatch.setattr(shared_cache, "line", shared_cache.Line())


def cache_at(port):
    """Return a cache at a port, as the settings make it."""
    params = {"KEY_PREFIX": f"test-{port}", "TIMEOUT": 60, "OPTIONS": OPTIONS}
    return SharedCache(f"redis://127.0.0.1:{port}/0", params)


@contextmanager
def silent_server():
    """Give the port of somebody who takes calls, counts them, and never says a word."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        calls = []

        def take():
            while True:
                try:
                    calls.append(server.accept()[0])
                except OSError:
                    return

        Thread(target=take, daemon=True).start()
        yield server.getsockname()[1], calls
        server.shutdown(socket.SHUT_RDWR)
        for call in calls:
            call.close()


def test_without_redis_each_process_counts_and_keeps_for_itself(nobody):
    cache = cache_at(nobody)
    assert cache.add("tries", 0, 60)
    assert [cache.incr("tries"), cache.incr("tries")] == [1, 2]
    cache.set("page", b"words")
    assert (cache.get("page"), cache.get("other")) == (b"words", None)


def test_one_that_does_not_answer_is_asked_once_and_told_of_once(caplog):
    with silent_server() as (port, calls):
        cache = cache_at(port)
        for _ in range(20):
            cache.set("page", b"words")
            assert cache.get("page") == b"words"
        assert len(calls) == 1
    assert [record.message for record in caplog.records] == [
        "The shared cache does not answer: TimeoutError"
    ]


def test_a_number_that_is_forgotten_begins_anew(nobody):
    with pytest.raises(ValueError, match="tries"):
        cache_at(nobody).incr("tries")


@pytest.mark.parametrize("value", [0, 17, b"", b'["a"]\nwords', b"\x80\x04pickle"])
def test_what_is_kept_comes_out_as_it_went_in(value):
    plain = PlainSerializer()
    sent = plain.dumps(value)
    assert plain.loads(str(sent).encode() if isinstance(sent, int) else sent) == value


def test_a_page_is_kept_as_text_and_not_as_an_object():
    page = Page("v1", 7, "offers:list", (("ETag", '"æ"'), ("Vary", "x")), b"a\nb\x00")
    kept = page.to_bytes()
    assert json.loads(kept.split(b"\n")[0])[2] == "offers:list"
    assert Page.read(kept) == page


@pytest.mark.parametrize(
    "kept", [None, b"", b"7", b"{}\n", b"[1]\nx", b"\x80\x04K\x01.", b'["a",1,"b",7]\n']
)
def test_what_is_no_page_is_none(kept):
    assert Page.read(kept) is None


def test_another_release_or_setting_has_other_pages(monkeypatch):
    def key():
        caching.release.cache_clear()
        return caching.key_of_a_page("k", "p", 1)

    monkeypatch.setitem(caching.settled, "SITE_NAME", "Vejviser")
    ours = key()
    monkeypatch.setitem(caching.settled, "SEARCH_INDEX_DIR", "elsewhere")
    assert key() == ours  # machines may lay things in other places
    monkeypatch.setitem(caching.settled, "SITE_NAME", "Hjælp")
    renamed = key()
    monkeypatch.setattr(caching, "PROGRAMS", ("directory",))
    assert len({ours, renamed, key()}) == 3
    caching.release.cache_clear()


def test_an_address_that_is_none_stops_the_start():
    said = manage("sqlite://:memory:", "check", CACHE_URL="http://x")
    assert said.returncode
    assert "CACHE_URL kan ikke bruges" in said.stderr


def test_without_a_setting_nothing_is_shared():
    assert not isinstance(caches["pages"], SharedCache)
