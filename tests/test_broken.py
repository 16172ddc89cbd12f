"""Faults in the middle of the work: a full disk, a process that is killed, an index that is lost."""

import os
import resource
import shutil
import signal
import sqlite3
import threading
from contextlib import closing, contextmanager
from pathlib import Path

import psycopg
import pytest
from django.db import OperationalError, connection

from bench.machines import wait_until
from tests.running.commands import manage
from tests.search.test_killed import environment  # noqa: F401 (a fixture)
from tests.test_cut_off import AFTER, BEFORE, desk, given_back  # noqa: F401 (a fixture)

SEARCH = "/tilbud/?q=ensom"
# As the server itself says that its disk is full.
FULL = """
CREATE FUNCTION pg_temp_full() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'could not extend file' USING ERRCODE = 'disk_full'; END $$;
CREATE TRIGGER full_disk BEFORE INSERT OR UPDATE ON offers_contactpoint EXECUTE FUNCTION pg_temp_full();
"""


@pytest.fixture(scope="module")
def collected(tmp_path_factory):
    """Return where the static files are, without which no page of production is made."""
    folder = str(tmp_path_factory.mktemp("static"))
    done = manage(
        "sqlite://:memory:", "collectstatic", "--no-input", "-v0", STATIC_ROOT=folder, DEBUG="false"
    )
    assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture(autouse=True)
def static_files(collected, monkeypatch):
    """Let the server of each test have them."""
    monkeypatch.setenv("STATIC_ROOT", collected)


@contextmanager
def full_disk(at):
    """Let the database of a desk have no room: no file of its processes may grow, or its server says so."""
    if not at.env["DATABASE_URL"].startswith("sqlite"):
        with psycopg.connect(at.env["DATABASE_URL"], autocommit=True) as server:
            server.execute(FULL)
            yield
            server.execute("DROP FUNCTION pg_temp_full CASCADE")
        return
    before = [(pid, resource.prlimit(pid, resource.RLIMIT_FSIZE)) for pid in at.workers()]
    for pid, (_, most) in before:
        resource.prlimit(pid, resource.RLIMIT_FSIZE, (0, most))
    yield
    for pid, limits in before:
        resource.prlimit(pid, resource.RLIMIT_FSIZE, limits)


def test_on_a_full_disk_readers_go_on_and_an_editor_loses_nothing(desk):  # noqa: F811
    with full_disk(desk):
        status, page = desk.save()
        assert status == 503
        assert "Det, du sendte, er ikke gemt, men det er her endnu." in page
        assert [desk.read(path)[0] for path in ("/", "/tilbud/", SEARCH, "/akut/")] == [200] * 4
        assert desk.stored() == BEFORE
    assert desk.save(given_back(page))[0] == 302
    assert desk.stored() == AFTER


def test_a_process_killed_while_it_saves_leaves_nothing_half_done(desk):  # noqa: F811
    said = []

    def save():
        with pytest.raises(OSError, match=r".*"):  # the line breaks
            said.append(desk.save())

    with held(desk):
        thread = threading.Thread(target=save)
        thread.start()
        wait_until(lambda: waits(desk), "the save begins")
        for pid in desk.workers():
            os.kill(pid, signal.SIGKILL)
        thread.join()
    assert said == []
    assert desk.stored() == BEFORE
    assert desk.save()[0] == 302
    assert desk.stored() == AFTER


@contextmanager
def held(at):
    """Hold what a save needs."""
    address = at.env["DATABASE_URL"]
    if address.startswith("sqlite"):
        with closing(sqlite3.connect(address.removeprefix("sqlite:///"))) as other:
            other.execute("BEGIN IMMEDIATE")
            yield
            other.rollback()
        return
    with psycopg.connect(address) as other:
        other.execute("SELECT 1 FROM offers_contactpoint WHERE id = %s FOR UPDATE", [at.made["contact"]])
        yield


def waits(at):
    """Return whether a request has come to the processes and is not answered: a line is open."""
    port = int(at.address.split(":")[1])
    lines = [line.split() for line in Path("/proc/net/tcp").read_text().splitlines()[1:]]
    mine = [line for line in lines if int(line[1].split(":")[1], 16) == port and line[3] == "01"]
    return any(line[4].endswith(":00000000") for line in mine)


@pytest.mark.parametrize("damage", ["gone", "cut short", "not writable"])
def test_an_index_lost_while_it_runs_stops_no_reader(desk, damage):  # noqa: F811
    folder = Path(desk.env["SEARCH_INDEX_DIR"])
    status, before = desk.read(SEARCH)
    assert status == 200
    if damage == "gone":
        shutil.rmtree(folder)
    elif damage == "cut short":
        for file in folder.glob("*.index"):
            os.truncate(file, 1000)
    else:
        shutil.rmtree(folder)
        folder.write_text("no folder")
    for pid in desk.workers():  # those that come now have nothing in memory
        os.kill(pid, signal.SIGKILL)
    wait_until(lambda: answers(desk), "a new process")
    status, after = desk.read(SEARCH)
    assert status == 200
    assert after.count('href="/tilbud/') == before.count('href="/tilbud/')
    assert desk.save()[0] == 302


def answers(at):
    """Return whether anybody is there."""
    try:
        return at.read("/healthz")[0] == 200
    except OSError:
        return False


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("text", "is_given_back"), [("Nummeret virker ikke.", True), ("Hendes er " + "010190" + "1234", False)]
)
def test_what_was_sent_is_given_back_unless_it_tells_of_a_person(client, text, is_given_back):
    def gone(*args):
        raise OperationalError("the connection is closed")

    client.raise_request_exception = False
    page = "/tilbud/headspace-roskilde/ret/"
    with connection.execute_wrapper(gone):
        answer = client.post(page, {"kind": "telefon", "text": text, "hjemmeside": ""})
        log_in = client.post("/konto/log-ind/", {"login": "person", "password": "hemmelig sætning"})
    assert answer.status_code == log_in.status_code == 503
    assert ("det er her endnu" in answer.text) is is_given_back
    assert (text in answer.text) is is_given_back
    assert "hemmelig sætning" not in log_in.text
