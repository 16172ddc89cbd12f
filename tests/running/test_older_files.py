"""A file of all offers made beside, by a real thread of one of two processes."""

import os
import subprocess
import sys
import time
import urllib.request
from contextlib import suppress

import pytest

from tests.browser.conftest import free_port
from tests.conftest import ROOT
from tests.running.commands import manage

CHANGE = """
from offers.models import Offer
offer = Offer.objects.get(slug="headspace-roskilde")
offer.title = {!r}
offer.save()
"""


@pytest.fixture
def url(databases):
    """Return the address of a database that two processes share."""
    return databases.filled()


@pytest.fixture
def server(url, tmp_path):
    """Return the address of a file, served by two processes."""
    port = free_port()
    environment = {
        **os.environ,
        "DEBUG": "true",
        "SECRET_KEY": "test" * 15,
        "DATABASE_URL": url,
        "SEARCH_INDEX_DIR": str(tmp_path / "index"),
        "DATA_FILES_DIR": str(tmp_path / "files"),
    }
    command = [sys.executable, "-m", "gunicorn", "directory.wsgi", "-w", "2", "-b", f"127.0.0.1:{port}"]
    pipe = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT}
    with subprocess.Popen(command, cwd=ROOT, env=environment, **pipe) as process:
        try:
            yield f"http://127.0.0.1:{port}/data/services.ndjson"
        finally:
            process.terminate()
            log = process.communicate(timeout=60)[0].decode()
    assert "could not be made" not in log


def read(address):
    """Return a file, as soon as it is given."""
    for _ in range(300):
        with suppress(OSError), urllib.request.urlopen(address, timeout=60) as answer:
            return answer.read().decode()
        time.sleep(0.1)
    raise AssertionError("no answer")


def test_after_a_change_the_old_file_or_the_new_comes_and_then_the_new(url, server):
    assert "headspace" in read(server)
    for title in ("Det nye navn", "Det nyeste navn"):
        assert manage(url, "shell", "-c", CHANGE.format(title)).returncode == 0
        for _ in range(100):
            text = read(server)
            assert text.endswith("}\n")
            if title in text:
                break
            time.sleep(0.1)
        else:
            pytest.fail("the new file never came")
