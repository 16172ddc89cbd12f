"""The pinned packages: the same everywhere, and no word on where this machine gets them."""

import re
from pathlib import Path

import pytest

from scripts import lock

ROOT = Path(__file__).resolve().parent.parent
LOCKS = ["requirements.txt", "requirements-dev.txt"]


def pins(name):
    return set(re.findall(r"(?m)^\S+==\S+", (ROOT / name).read_text()))


def test_development_runs_the_versions_of_production():
    assert pins("requirements.txt") <= pins("requirements-dev.txt")


@pytest.mark.parametrize("name", LOCKS)
def test_no_lock_names_a_host(name):
    assert "://" not in (ROOT / name).read_text()


@pytest.mark.parametrize("trace", ["django @ https://example.org/django.whl", "--find-links x"])
def test_a_lock_that_names_a_host_is_refused(tmp_path, monkeypatch, trace):
    monkeypatch.chdir(tmp_path)
    Path("requirements.txt").write_text("as it was")
    with pytest.raises(SystemExit, match="not written"):
        lock.keep("requirements.txt", f"{trace}\ndjango==5.2.19\n")
    assert Path("requirements.txt").read_text() == "as it was"


def test_the_lock_is_for_the_oldest_python_that_may_run_it():
    assert f'OLDEST_PYTHON = "{lock.OLDEST_PYTHON}"' in (ROOT / "dev").read_text()
