"""Public pages read from a replica of PostgreSQL: never anything old, and nothing fails when it dies.

With real servers: a primary, a copy made by `pg_basebackup`, and gunicorn as in production.
"""

import time

import pytest

from bench.machines import POSTGRES, Cluster, program, status_of, wait_until
from bench.people import Editor, Readers

MISSING = [name for name in POSTGRES if not program(name)]
pytestmark = pytest.mark.skipif(bool(MISSING), reason=f"needs {MISSING}; `./dev test pg` fetches them")
SEARCH = "/tilbud/?q=trefork{n}"
PAGES = ["/", "/tilbud/", "/tilbud/?q=ensom+{n}", "/tilbud/?q=g%C3%A6ld+{n}&kommune=0265", "/politikker/"]
# What is promised.
SECONDS = 2


@pytest.fixture(scope="module")
def cluster():
    with Cluster() as cluster:
        cluster.primary()
        yield cluster


@pytest.fixture(scope="module")
def replica(cluster):
    return cluster.replica()


@pytest.fixture(scope="module")
def site(cluster, replica):
    return cluster.web("a", REPLICA_URLS=replica.url)[0]


@pytest.fixture(scope="module")
def editor(cluster):
    return Editor(cluster)


def shows(port, path, word):
    status, html = status_of(port, path)
    assert status == 200
    return f"Trefork {word}" in html


def test_the_replica_is_read(site, replica):
    def was_read():
        before = replica.reads()
        for number in range(5):
            assert status_of(site, f"/tilbud/?q=ensom+{number}")[0] == 200
        time.sleep(1)  # PostgreSQL counts once a second
        return replica.reads() > before + 100

    wait_until(was_read, "the replica is read", 20)


def test_a_change_shows_on_pages_and_in_the_search_within_two_seconds(site, replica, editor):
    for word in ("aabenraa", "billund", "christiansborg"):
        editor.writes(word)
        start = time.monotonic()
        wait_until(lambda w=word: shows(site, f"/tilbud/{editor.slug}/", w), "the page")
        wait_until(lambda w=word: shows(site, f"/tilbud/?q={w}", w), "the search")
        assert time.monotonic() - start < SECONDS


def test_a_replica_that_stands_still_shows_nothing_old(site, replica, editor):
    replica.sql("SELECT pg_wal_replay_pause()")
    try:
        editor.writes("dragsholm")
        wait_until(lambda: shows(site, "/tilbud/?q=dragsholm", "dragsholm"), "the search", SECONDS)
        for _ in range(30):  # also after it was asked again
            assert shows(site, f"/tilbud/{editor.slug}/", "dragsholm")
            assert shows(site, "/tilbud/?q=dragsholm", "dragsholm")
            time.sleep(0.1)
    finally:
        replica.sql("SELECT pg_wal_replay_resume()")


def test_its_death_fails_no_reader(cluster, editor):
    doomed = cluster.replica()
    port, _ = cluster.web("b", REPLICA_URLS=doomed.url)
    with Readers([port] * 3, PAGES) as readers:
        time.sleep(3)
        before = len(readers.statuses)
        doomed.kill()
        time.sleep(4)
    assert len(readers.statuses) > before > 20
    assert readers.failed == []
    editor.writes("egeskov")
    wait_until(lambda: shows(port, "/tilbud/?q=egeskov", "egeskov"), "the search", SECONDS)


def test_one_that_never_was_there_fails_no_reader(cluster):
    port, _ = cluster.web("c", REPLICA_URLS="postgresql://postgres@127.0.0.1:1/postgres")
    assert [status_of(port, path)[0] for path in PAGES] == [200] * len(PAGES)
