"""Pure functions that put facts into words and order."""

import doctest
from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from offers import ages, danish, markdown, opening_hours, phone
from offers.models import OpeningHours
from offers.templatetags.wording import website
from offers.validity import covers


@pytest.mark.parametrize("module", [ages, danish, phone])
def test_the_examples_in_the_docstrings_hold(module):
    results = doctest.testmod(module)
    assert results.attempted
    assert not results.failed


@given(st.text())
def test_fold_is_idempotent_and_never_raises(text):
    assert danish.fold(danish.fold(text)) == danish.fold(text)


@given(st.text())
def test_a_sort_key_is_plain_ascii(text):
    key = danish.sort_key(text)
    assert key.isascii()
    assert "\0" not in key


def test_names_in_danish_order():
    names = ["Ærø", "Aabenraa", "Zebra", "Ø", "Abe", "Åse", "Ølstykke"]
    assert sorted(names, key=danish.sort_key) == ["Abe", "Zebra", "Ærø", "Ø", "Ølstykke", "Aabenraa", "Åse"]


@pytest.mark.parametrize(
    ("number", "uri"),
    [
        ("112", "tel:112"),
        ("116 111", "tel:116111"),
        ("33 33 00 47", "tel:+4533330047"),
        ("+46 8 123", "tel:+468123"),
    ],
)
def test_what_one_dials(number, uri):
    assert phone.tel_uri(number) == uri


def hours(weekday, opens, closes, **more):
    return OpeningHours(weekday=weekday, opens=opens, closes=closes, **more)


def test_days_with_equal_hours_stand_together():
    rows = [hours(day, time(11), time(18)) for day in range(4)] + [hours(5, time(9, 30), time(12))]
    (week,) = opening_hours.weeks(rows)
    assert week.days == [("mandag–torsdag", ["kl. 11–18"]), ("lørdag", ["kl. 9.30–12"])]


def test_a_day_with_a_break_has_two_intervals():
    (week,) = opening_hours.weeks([hours(0, time(13), time(15)), hours(0, time(9), time(12))])
    assert week.days == [("mandag", ["kl. 9–12", "kl. 13–15"])]


def test_round_the_clock_and_over_midnight():
    (week,) = opening_hours.weeks([hours(day, time(0), time(0)) for day in range(7)])
    assert week.days == [("alle dage", ["Døgnet rundt"])]
    (night,) = opening_hours.weeks([hours(4, time(22), time(2))])
    assert night.days == [("fredag", ["kl. 22–2"])]
    (evening,) = opening_hours.weeks([hours(4, time(17), time(0))])
    assert evening.days == [("fredag", ["kl. 17–24"])]


def test_hours_out_of_their_time_are_not_shown():
    rows = [hours(0, time(9), time(15), valid_until=date(2026, 1, 1))]
    assert opening_hours.weeks(rows, at=date(2026, 1, 2)) == []
    assert opening_hours.weeks(rows, at=date(2026, 1, 1))


def test_channels_are_apart():
    rows = [hours(0, time(9), time(15)), hours(0, time(9), time(21), channel="telefon")]
    assert [week.channel for week in opening_hours.weeks(rows)] == ["Fremmøde", "Telefon"]


@pytest.mark.parametrize(
    ("start", "end", "inside"),
    [
        (None, None, True),
        (date(2026, 1, 2), None, True),
        (date(2026, 1, 3), None, False),
        (None, date(2026, 1, 1), False),
    ],
)
def test_a_period_includes_its_first_and_last_day(start, end, inside):
    assert covers(start, end, date(2026, 1, 2)) is inside


@pytest.mark.parametrize(
    ("text", "harmless"),
    [
        ("<script>alert(1)</script>", "&lt;script&gt;"),
        ("[x](javascript:alert(1))", "[x](javascript"),
        ("# Stor", "<h3>Stor</h3>"),
        ("##### Lille", "<h4>Lille</h4>"),
        ("![x](https://example.org/a.png)", "<p></p>"),
        (
            "**fed** og [link](https://example.org)",
            '<a href="https://example.org" rel="noopener noreferrer">link</a>',
        ),
    ],
)
def test_markdown_does_no_harm(text, harmless):
    html = markdown.render(text)
    assert harmless in html
    assert "<script" not in html
    assert "<h1" not in html


@given(st.text())
def test_markdown_never_raises_and_never_runs_code(text):
    html = markdown.render(text).lower()
    assert "<script" not in html
    assert 'href="javascript' not in html


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("https://www.bt.dk/samfund/en-lang-adresse?side=2", "bt.dk"),
        ("https://Borger.dk", "borger.dk"),
        ("http://wwwhuset.example:8080/", "wwwhuset.example"),
        ("noget", "noget"),
    ],
)
def test_a_page_elsewhere_is_called_by_its_host(url, name):
    assert website(url) == name
