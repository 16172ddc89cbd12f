"""The figures that the documents tell are those that were measured."""

import pytest

from bench import report
from bench.document import PAGE, TABLE, filled, on_paper, table


def test_the_tables_are_those_of_the_figures():
    text = PAGE.read_text()
    assert len(TABLE.findall(text)) >= 3
    assert filled(text) == text


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ({5_000: 1.0, 20_000: 2.0, 100_000: 10.0}, 100.0),
        ({5_000: 7.0, 100_000: 7.0}, 7.0),
        ({5_000: 9.0, 100_000: 8.0}, 8.0),
    ],
)
def test_a_million_lies_on_the_line_and_never_below_what_was_measured(row, expected):
    assert on_paper(row) == pytest.approx(expected)


def test_a_table_has_a_row_for_each_figure_and_no_million_for_a_ratio():
    made = table({"5,000": {"page, ms": 1.5, "page : L": 4}, "100,000": {"page, ms": 2000, "page : L": 5}})
    assert "| page, ms | 1.5 | 2,000 | 20,933 |" in made
    assert "| page : L | 4 | 5 |  |" in made


def test_two_runs_stand_side_by_side_and_what_one_has_not_is_a_dash():
    shown = report.table({"before": {"old": 1.0, "both": 2.0}, "here": {"both": 3.0, "new": 4.0}})
    rows = {line.split()[0]: line.split()[1:] for line in shown.splitlines()[1:]}
    assert rows == {"old": ["1", "–"], "both": ["2", "3"], "new": ["–", "4"]}
    assert report.middle([{"a": 1}, {"a": 3}, {"a": 2}]) == {"a": 2}
