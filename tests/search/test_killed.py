"""A process that is killed while it indexes or saves leaves a search that is right."""

import os
import signal
import subprocess
import sys
import time

import pytest
from django.db import connection

from offers.search import store
from tests.conftest import ROOT

SAVE_FOR_EVER = """
from itertools import count
from offers.models import Need, Offer, Organisation
offer = Offer.objects.create(slug="draebt", title="Kvalmehjælp", summary="x", status=Offer.Status.PUBLISHED,
                             organisation=Organisation.objects.get(slug="kl"))
for number in count():
    offer.title = f"Kvalmehjælp{number}xyz"
    offer.save()
    offer.needs.set(Need.objects.order_by("pk")[number % 7 : number % 7 + 3])
    print(number, flush=True)
"""
FIND_IT = """
from offers.models import Offer
from offers.search import current
from offers.search.question import Question
offer = Offer.objects.get(slug="draebt")
words = offer.title.casefold()
found = current.ask(Question(words=words, correct=False)).keys
assert found[:1] == [offer.pk], (offer.title, found)
needs = [need.slug for need in offer.needs.all()]
for need in needs:
    assert offer.pk in current.ask(Question(chosen={"behov": (need,)})).keys, need
print(offer.title)
"""
DELETE_IT = """
from offers.models import Offer
Offer.objects.filter(slug="draebt").delete()
"""


@pytest.fixture
def environment(django_db_setup, django_db_blocker, tmp_path):
    """Return the environment of processes that share a database with the data of the tests.

    A database server is used as it is; one in memory is copied to a file.
    """
    with django_db_blocker.unblock():
        connection.ensure_connection()
        used = connection.settings_dict
        if connection.vendor == "sqlite":
            address = f"sqlite:///{tmp_path / 'db.sqlite3'}"
            connection.cursor().execute("VACUUM INTO %s", [str(tmp_path / "db.sqlite3")])
        else:
            where = used["OPTIONS"] | {key.lower(): used[key] for key in ("HOST", "PORT") if used[key]}
            place = "&".join(f"{key}={where[key]}" for key in ("host", "port") if key in where)
            password = f":{used['PASSWORD']}" if used["PASSWORD"] else ""
            address = f"postgresql://{used['USER']}{password}@/{used['NAME']}?{place}"
    return {**os.environ, "DATABASE_URL": address, "SEARCH_INDEX_DIR": str(tmp_path / "index")}


def command(*arguments):
    return [sys.executable, "manage.py", *arguments]


def run(environment, *arguments):
    return subprocess.run(
        command(*arguments), cwd=ROOT, env=environment, check=True, capture_output=True, text=True
    ).stdout


def shell(code):
    return ["shell", "-v0", "-c", code]


def started(environment, *arguments):
    return subprocess.Popen(
        command(*arguments),
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )


def test_killed_while_saving(environment):
    try:
        with started(environment, *shell(SAVE_FOR_EVER)) as process:
            for line in process.stdout:
                if int(line) >= 20:
                    process.send_signal(signal.SIGKILL)
                    break
        assert process.wait() == -signal.SIGKILL
        assert "Kvalmehjælp" in run(environment, *shell(FIND_IT))
        assert "rettet" not in run(environment, "index", "--check")
    finally:
        run(environment, *shell(DELETE_IT))


def test_killed_while_indexing(environment, tmp_path):
    run(environment, "index")
    (path,) = (tmp_path / "index").glob("offers-*.index")
    keys = store.read(path).index.keys.tolist()
    start = time.monotonic()
    run(environment, "index")
    whole = time.monotonic() - start
    for share in (0.5, 0.8, 0.9, 0.95, 0.99):
        with started(environment, "index") as process:
            time.sleep(share * whole)
            process.send_signal(signal.SIGKILL)
        assert store.read(path).index.keys.tolist() == keys
    (path.parent / f"{path.stem}.123.tmp").write_bytes(b"half an ind")
    assert "indekset passede" in run(environment, "index", "--check")
    assert not list(path.parent.glob("*.tmp"))
