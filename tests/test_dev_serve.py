"""`./dev`: the server and the worker beside it begin together, and end together."""

import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
# What stands in for Django here says its name, and stays, or leaves at once when it is told to.
STAND_IN = """
import os, subprocess, sys
print(sys.argv[1], flush=True)
if sys.argv[1] == os.environ.get("LEAVES"):
    sys.exit(3)
subprocess.run(["sleep", "60"])
"""


@pytest.fixture
def demo(tmp_path, request):
    """Return a function that starts the two, and returns the process once both have said their names.

    Its output comes to an end when the last process that was started has ended.
    """
    (tmp_path / "manage.py").write_text(STAND_IN)

    def start(**more):
        process = subprocess.Popen(
            [sys.executable, "-m", "scripts.serve", "127.0.0.1:8765"],
            cwd=tmp_path,
            env={"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), **more},
            stdout=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
        request.addfinalizer(process.stdout.close)
        assert {process.stdout.readline().strip() for _ in range(2)} == {"db_worker", "runserver"}
        return process

    return start


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_ends_both_and_leaves_no_orphan(demo, number):
    process = demo()
    # As a terminal does it: to the whole group, and twice when one is impatient.
    os.killpg(process.pid, number)
    os.killpg(process.pid, number)
    process.communicate(timeout=30)
    assert process.returncode == 128 + number


def test_worker_ends_with_the_server(demo):
    process = demo(LEAVES="runserver")
    process.communicate(timeout=30)
    assert process.returncode == 3


def test_worker_does_what_waits_and_what_is_done_daily_in_the_demo(tmp_path):
    """`./dev worker` from an environment that is whole, with a stand-in for its Python."""
    (tmp_path / "dev").write_text((ROOT / "dev").read_text())
    (tmp_path / ".venv/bin").mkdir(parents=True)
    for name in ("requirements.txt", ".venv/requirements.txt", ".venv/whole"):
        (tmp_path / name).touch()
    python = tmp_path / ".venv/bin/python"
    python.write_text('#!/bin/sh\necho "$* with DEBUG=$DEBUG at $BASE_URL"\n')
    python.chmod(0o755)
    command = [sys.executable, "dev", "worker", "--port", "8765"]
    told = subprocess.run(
        command, cwd=tmp_path, env={"PATH": os.environ["PATH"]}, capture_output=True, text=True
    )
    assert told.stdout.splitlines()[-1] == "manage.py worker with DEBUG=true at http://127.0.0.1:8765"
    assert re.search(r"SECRET_KEY=\S{60,}", (tmp_path / ".env").read_text())
