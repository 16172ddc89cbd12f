"""docs/asvs.md names every item of level 1 once, and tests that are there."""

import ast
import re

import pytest

from tests.conftest import ROOT

# The items of level 1 in ASVS 4.0.3, without those that it has struck out.
_LEVEL_1 = """
2.1:1-12 2.2:1-3 2.3:1 2.5:1-6 2.7:1-4 2.8:1
3.1:1 3.2:1-3 3.3:1-2 3.4:1-5 3.7:1
4.1:1-3 4.1:5 4.2:1-2 4.3:1-2
5.1:1-5 5.2:1-8 5.3:1-10 5.5:1-4
6.2:1
7.1:1-2 7.4:1
8.2:1-3 8.3:1-4
9.1:1-3
10.3:1-3
11.1:1-5
12.1:1 12.3:1-5 12.4:1-2 12.5:1-2 12.6:1
13.1:1 13.1:3 13.2:1-3 13.3:1
14.2:1-3 14.3:2-3 14.4:1-7 14.5:1-3
"""
ROW = re.compile(r"\| (\d+\.\d+\.\d+) \| (.+?) \| (yes|partly|no|n/a) \| (.+) \|")
NAMED = re.compile(r"`(tests/[\w/]+\.py)::(\w+)`")


def level_1():
    """Return the numbers, in their order."""
    for span in _LEVEL_1.split():
        section, _, numbers = span.partition(":")
        first, _, last = numbers.partition("-")
        for number in range(int(first), int(last or first) + 1):
            yield f"{section}.{number}"


def rows():
    """Return item, what it is about, whether it holds, and what shows it."""
    lines = (ROOT / "docs" / "asvs.md").read_text().splitlines()
    found = [line for line in lines if line.startswith("| ")][1:]
    matches = [ROW.fullmatch(line) for line in found if not line.startswith("| ---")]
    assert all(matches), "a line of the table has another form"
    return [match.groups() for match in matches if match]


def test_every_item_stands_there_once():
    assert [item for item, *_ in rows()] == list(level_1())


@pytest.mark.parametrize("row", rows(), ids=lambda row: row[0])
def test_what_holds_is_shown_by_tests_that_are_there_and_the_rest_says_why(row):
    _, _, holds, shown = row
    named = NAMED.findall(shown)
    assert bool(named) is (holds in {"yes", "partly"})
    for file, name in named:
        tree = ast.parse((ROOT / file).read_text())
        assert name in {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}, (
            file,
            name,
        )
    rest = NAMED.sub("", shown).strip(" ,")
    assert holds == "yes" or len(rest) > 8
