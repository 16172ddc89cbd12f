"""Days are read as Danes write them, in tables of offers and in files of meetings."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from offers.days import MONTHS, month_of, parts_of_day

STYLES = (
    "{d}.{m}.{y}",
    "{d:02}.{m:02}.{y}",
    "{d}. {m}. {y}",
    "{d}/{m} {y}",
    "{d}/{m}-{y}",
    "{d:02}-{m:02}-{y}",
    "{y}-{m:02}-{d:02}",
    "{y}-{m:02}-{d:02} 00:00:00",
    "{d}. {name} {y}",
    "{d}.{name} {y}",
    "den {d}. {name} {y}",
    "d. {d}. {name}, {y}",
    "{d} {name} {y}",
    "{d}. {short} {y}",
    "{d}. {short}. {y}",
    "{d:02}-{short}-{y}",
    "den {d}{ending} {name} {y}",
    "  {d}.   {name}\n{y} ",
)
ENDINGS = {1: "ste", 2: "den", 3: "die", 4: "de", 21: "nde", 22: "ende", 30: "te"}
DAYS = st.dates(date(1900, 1, 1), date(2100, 12, 31))


@given(DAYS, st.sampled_from(STYLES), st.integers(3, 9), st.sampled_from([str, str.upper, str.capitalize]))
def test_every_day_is_read_in_every_way_of_writing(day, style, letters, case):
    name = MONTHS[day.month - 1]
    given_as = {"d": day.day, "m": day.month, "y": day.year, "name": case(name), "short": name[:letters]}
    text = style.format(**given_as, ending=ENDINGS.get(day.day, "."))
    assert parts_of_day(text) == (day.year, day.month, day.day), text


@given(st.text(max_size=40) | st.from_regex(r"[0-9]{0,5}[ ./-]{0,2}[a-zæøå0-9]{0,9}[ ./-]{0,2}[0-9]{0,5}"))
def test_any_other_text_is_no_day_or_three_numbers(text):
    found = parts_of_day(text)
    assert found is None or [type(part) for part in found] == [int, int, int]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "februar 2027",
        "3. februar",
        "3/2-27",
        "3. feb 27",
        "3. marth 2027",
        "3. ma 2027",
        "i morgen",
        "3. februar 20270",
        "13. 2027",
        "3. februar 2027 eller 4. marts 2027",
        "3februar2027",
    ],
)
def test_what_does_not_name_one_day_and_year_is_no_day(text):
    assert parts_of_day(text) is None


@pytest.mark.parametrize("word", ["ma", "ju", "j", "", "march", "mai"])
def test_letters_that_fit_several_months_or_none_are_no_month(word):
    assert month_of(word) is None
