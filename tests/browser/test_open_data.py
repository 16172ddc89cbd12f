"""The open data on a server, as others meet them: by a checker that knows only the standard."""

import subprocess
import sys
from importlib.util import find_spec

import pytest

from tests.conftest import ROOT

CHECKER = ROOT.parent / "shared" / "hsds_check.py"
# What keeps the checker from running on this machine; it is not ours.
MISSING = [
    reason
    for reason, is_there in (
        (f"no {CHECKER.name} beside the repository", CHECKER.is_file()),
        ("no jsonschema, which the checker needs", find_spec("jsonschema")),
    )
    if not is_there
]


@pytest.mark.skipif(bool(MISSING), reason=", ".join(MISSING))
@pytest.mark.parametrize("strictness", [[], ["--strict"], ["--oruk"]], ids=str)
def test_the_checker_of_hsds_finds_nothing(base_url, strictness):
    command = [sys.executable, CHECKER, f"{base_url}/api/hsds", "--schemas", CHECKER.parent / "hsds"]
    done = subprocess.run([*command, "--quiet", *strictness], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout
    assert done.stdout.splitlines()[-1].endswith(", 0 failed")
