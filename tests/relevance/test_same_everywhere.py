"""The first twenty answers are the same, whatever the database, and whatever keys it has given."""

import json
import os
import subprocess
import sys

import pytest

from directory.fixtures import load
from offers.management.commands.relevance import found_by, judged_queries
from tests.conftest import FIXTURES, ROOT

FOLDER = ROOT / "tests" / "relevance"
ANSWERS = """
import json

from django.core.management import call_command
from tests.relevance.test_same_everywhere import answers, files
call_command("migrate", verbosity=0)
call_command("load_data", *files(), verbosity=0, stdout=open("/dev/null", "w"))
print(json.dumps(answers()))
"""


def files():
    """Return the files of the data of the house, and of the invented offers."""
    return [*FIXTURES, FOLDER / "invented-offers.yaml"]


def answers():
    """Return the first twenty answers to each judged query."""
    paths = (FOLDER / "queries.yaml", FOLDER / "invented-queries.yaml")
    queries = [judged.query for path in paths for judged in judged_queries(path)]
    return {query: found_by(query)[:20] for query in queries}


@pytest.mark.django_db
def test_the_first_twenty_answers_are_those_of_a_new_sqlite(tmp_path):
    environment = {
        **os.environ,
        "DATABASE_URL": f"sqlite:///{tmp_path / 'new.sqlite3'}",
        "SEARCH_INDEX_DIR": str(tmp_path),
    }
    other = subprocess.run(
        [sys.executable, "manage.py", "shell", "-v0", "-c", ANSWERS],
        cwd=ROOT,
        env=environment,
        check=True,
        capture_output=True,
        text=True,
    )
    load([FOLDER / "invented-offers.yaml"])
    theirs = json.loads(other.stdout)
    assert len(theirs) > 300
    assert answers() == theirs
