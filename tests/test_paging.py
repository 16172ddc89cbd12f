"""Which pages of a list one is shown the way to."""

import pytest
from django.http import QueryDict
from django.test import RequestFactory

from offers.paging import page_of
from offers.templatetags.wording import other_than_page


@pytest.mark.parametrize(
    ("asked", "rows", "numbers"),
    [
        ("1", 1, [1]),
        ("1", 3, [1, 2, 3]),
        ("2", 4, [1, 2, 3, 4]),
        ("1", 9, [1, 2, None, 9]),
        ("5", 9, [1, None, 4, 5, 6, None, 9]),
        ("9", 9, [1, None, 8, 9]),
        ("999", 9, [1, None, 8, 9]),
        ("nej", 2, [1, 2]),
    ],
)
def test_the_first_the_last_and_the_neighbours_are_named(asked, rows, numbers):
    request = RequestFactory().get("/tilbud/", {"page": asked})
    assert page_of(request, range(rows), size=1).way.numbers == numbers


@pytest.mark.parametrize(
    ("query", "before"),
    [
        ("", "?"),
        ("page=3", "?"),
        ("q=b%C3%B8rn+%26+far&page=2&kommune=1&kommune=2", "?q=b%C3%B8rn+%26+far&kommune=1&kommune=2&"),
    ],
)
def test_another_page_keeps_all_that_was_asked_but_the_page(query, before):
    assert other_than_page(QueryDict(query)) == before
