"""A list in an address: what is written can be read again, and nothing that is typed spoils the rest."""

from datetime import date, timedelta

import pytest
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from offers import cpr
from offers.models import Offer
from offers.models.offer import CODE_LETTERS
from offers.shortlist import codes
from offers.shortlist.codes import EARLIEST, MOST, Shortlist, read
from tests.test_cpr import DATE, LAST

TODAY = date(2026, 11, 22)
# Codes as `new_code` makes them; all digits could make up a CPR number with the next one.
CODE = st.text(CODE_LETTERS, min_size=5, max_size=7).map("a{}".format)
CODES = st.lists(CODE, max_size=MOST, unique=True).map(tuple)
DAYS = st.none() | st.dates(EARLIEST, TODAY)


def parsed(query):
    """Return what the pairs of a query string are read as."""
    asked = QueryDict(query)
    return read(asked.getlist("tilbud"), asked.get("dato", ""), TODAY)


@given(CODES, DAYS)
def test_a_list_that_is_written_is_read_as_it_was(some, day):
    listed = Shortlist(some, day if some else None)
    reading = parsed(listed.query)
    assert reading.shortlist == listed
    assert reading.faults == ()


@given(st.lists(st.text(), max_size=40), st.text())
def test_whatever_is_typed_is_a_list_that_can_be_written_and_read_again(texts, day):
    reading = read(texts, day, TODAY)
    listed = reading.shortlist
    assert len(listed.codes) <= MOST
    everything = [code.casefold() for code in (*listed.codes, *reading.rest.codes)]
    assert len(set(everything)) == len(everything)
    assert parsed(listed.query).shortlist.codes == listed.codes


@given(CODES.filter(bool), DAYS, st.integers(-3, 3), st.data())
def test_moving_and_removing_lose_nothing_else(some, day, step, data):
    listed = Shortlist(some, day)
    one = data.draw(st.sampled_from(some))
    moved = listed.moved(one, step)
    assert sorted(moved.codes) == sorted(some)
    assert moved.day == day
    assert moved.codes.index(one) == min(max(some.index(one) + step, 0), len(some) - 1)
    assert moved.without(one).codes == listed.without(one).codes
    assert set(listed.without(one).codes) == set(some) - {one}


@given(st.lists(CODE, min_size=MOST + 1, max_size=3 * MOST, unique=True))
def test_there_is_a_ceiling_and_the_rest_is_not_lost(some):
    reading = read([" ".join(some)], "", TODAY)
    assert reading.faults == (codes.TOO_MANY,)
    assert (*reading.shortlist.codes, *reading.rest.codes) == tuple(some)
    assert reading.shortlist.is_full


@pytest.mark.parametrize("between", [" ", "+", ",", ", ", "; ", "\n", "\0"])
def test_people_write_them_with_this_between(between):
    assert read([f"ab12{between}cd34"], "", TODAY).shortlist.codes == ("ab12", "cd34")


def test_one_that_stands_there_twice_stands_there_once_where_it_stood_first():
    reading = read(["ab12 cd34", "AB12"], "", TODAY)
    assert reading.shortlist.codes == ("ab12", "cd34")
    assert reading.faults == (codes.TWICE,)
    assert "Ab12" in reading.shortlist


def test_what_is_no_code_is_left_out_and_the_rest_stays():
    reading = read(["ab12 <script> " + "x" * 10_000 + " cd34"], "", TODAY)
    assert reading.shortlist.codes == ("ab12", "cd34")
    assert reading.faults == (codes.UNREADABLE,)


@pytest.mark.parametrize("number", [f"{DATE}-{LAST}", cpr.MARK, f"{DATE} {LAST}"])
def test_a_cpr_number_is_refused_and_the_rest_stays(number):
    reading = read([f"ab12 {number} cd34"], "", TODAY)
    assert reading.shortlist.codes == ("ab12", "cd34")
    assert reading.faults == (codes.CPR_SENTENCE,)


@pytest.mark.parametrize(
    ("day", "fault"),
    [
        ("2026-11-22", ()),
        (" 2026-11-22 ", ()),
        ("", ()),
        ("2026-11-23", (codes.FUTURE,)),
        ("9999-12-31", (codes.FUTURE,)),
        ("2019-12-31", (codes.NO_DAY,)),
        ("0000-00-00", (codes.NO_DAY,)),
        ("2026-02-30", (codes.NO_DAY,)),
        ("20261122", (codes.NO_DAY,)),
        ("2026-W47-7", (codes.NO_DAY,)),
        ("i går", (codes.NO_DAY,)),
        ("٢٠٢٦-١١-٢٢", (codes.NO_DAY,)),
        ("\0", (codes.NO_DAY,)),
        ("9" * 5000, (codes.NO_DAY,)),
        (f"{DATE}-{LAST}", (codes.NO_DAY,)),
        (cpr.MARK, (codes.CPR_SENTENCE,)),
    ],
)
def test_a_day_that_cannot_be_is_told_and_the_list_holds(day, fault):
    reading = read(["ab12"], day, TODAY)
    assert reading.shortlist.codes == ("ab12",)
    assert reading.faults == fault
    assert (reading.shortlist.day == TODAY) == (not fault and bool(day))


def test_a_code_that_the_program_makes_can_stand_on_a_list():
    made = Offer._meta.get_field("code").default()
    assert read([made], "", TODAY).shortlist.codes == (made,)
    assert Offer._meta.get_field("code").max_length == codes.LONGEST_CODE


def test_the_day_of_a_list_can_be_renewed():
    assert Shortlist(("ab12",), TODAY - timedelta(9)).made(TODAY).query == "tilbud=ab12&dato=2026-11-22"
    assert Shortlist((), TODAY).query == ""
