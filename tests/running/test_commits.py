"""Whether anything was written is one question, and the answer is right whoever wrote it."""

from offers.search.commits import Watch
from tests.running.commands import manage

LOOKING = """
import threading
from django.db import connection, connections
from offers.models import Organisation
from offers.search.commits import Watch

def create(name):
    Organisation.objects.create(slug=name, name=name, kind="forening")
    connections.close_all() if threading.current_thread() is not threading.main_thread() else None

watch, value, asked = Watch(), object(), []

def look(of=value):
    with connection.execute_wrapper(lambda run, *rest: (asked.append(rest[0]), run(*rest))[1]):
        print(watch.is_still(of), len(asked))
    asked.clear()

look(); watch.saw(value)
look()
look(object())
create("by-itself"); look(); watch.saw(value)
look()
other = threading.Thread(target=create, args=("by-another",)); other.start(); other.join()
look(); watch.saw(value)
look()
connections.close_all(); look()
"""


def test_what_is_written_by_itself_or_by_another_is_noticed_by_one_statement(databases):
    result = manage(databases.filled(), "shell", "-v", "0", "-c", LOOKING)
    seen, asked = zip(*(line.split() for line in result.stdout.splitlines()), strict=True)
    assert seen[:7] == ("False", "True", "False", "False", "True", "False", "True"), result.stderr
    assert set(asked) == {"1"}


def test_inside_a_transaction_nobody_says_that_nothing_was_written(db):
    watch, value = Watch(), object()
    assert not watch.is_still(value)
    watch.saw(value)
    assert not watch.is_still(value)
