"""What is open at a moment: over midnight, on holidays, in closures."""

from datetime import date, datetime, time

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from offers.models import Closure, Offer, OpeningHours
from offers.search import current
from offers.search.opening import NO_LIMIT, minutes, open_at
from offers.search.question import Question
from tests.test_offer_list import make_offer

NO_CLOSURES = np.zeros((0, 3), np.int32)
MONDAY = date(2026, 11, 23)


def is_open(moment, *rows, closures=NO_CLOSURES, closed_on_holidays=False):
    hours = np.array([(0, *row) for row in rows], np.int32).reshape(-1, 6)
    return bool(open_at(hours, np.array(closures), np.array([closed_on_holidays]), moment)[0])


def row(weekday, opens, closes, first=None, last=None):
    limits = [NO_LIMIT if day is None else day.toordinal() for day in (first, last)]
    return (weekday, *minutes(opens, closes), *limits)


DAYTIME = row(0, time(9), time(15, 30))
NIGHT = row(0, time(22), time(2))


@pytest.mark.parametrize(
    ("hours", "moment", "expected"),
    [
        (DAYTIME, datetime(2026, 11, 23, 8, 59), False),
        (DAYTIME, datetime(2026, 11, 23, 9, 0), True),
        (DAYTIME, datetime(2026, 11, 23, 15, 29), True),
        (DAYTIME, datetime(2026, 11, 23, 15, 30), False),
        (DAYTIME, datetime(2026, 11, 24, 10, 0), False),
        (NIGHT, datetime(2026, 11, 23, 1, 0), False),
        (NIGHT, datetime(2026, 11, 23, 23, 0), True),
        (NIGHT, datetime(2026, 11, 24, 1, 59), True),
        (NIGHT, datetime(2026, 11, 24, 2, 0), False),
        (row(0, time(0), time(0)), datetime(2026, 11, 23, 0, 0), True),
        (row(0, time(0), time(0)), datetime(2026, 11, 23, 23, 59), True),
        (row(0, time(0), time(0)), datetime(2026, 11, 24, 0, 0), False),
    ],
)
def test_open_by_the_clock(hours, moment, expected):
    assert is_open(moment, hours) is expected


def test_hours_hold_within_their_limits():
    summer = row(0, time(9), time(15), date(2026, 6, 1), date(2026, 8, 31))
    assert is_open(datetime(2026, 6, 1, 10), summer)
    assert is_open(datetime(2026, 8, 31, 10), summer)
    assert not is_open(datetime(2026, 9, 7, 10), summer)
    assert not is_open(datetime(2026, 5, 25, 10), summer)


def test_a_closure_counts_for_what_began_on_its_days():
    closures = [(0, MONDAY.toordinal(), MONDAY.toordinal())]
    assert not is_open(datetime(2026, 11, 23, 23), NIGHT, closures=closures)
    assert not is_open(datetime(2026, 11, 24, 1), NIGHT, closures=closures)
    assert is_open(datetime(2026, 11, 30, 23), NIGHT, closures=closures)


def test_a_holiday_closes_those_that_say_so():
    easter_monday = datetime(2026, 4, 6, 10)
    assert is_open(easter_monday, DAYTIME)
    assert not is_open(easter_monday, DAYTIME, closed_on_holidays=True)
    assert is_open(datetime(2026, 4, 13, 10), DAYTIME, closed_on_holidays=True)


@given(st.times(), st.times(), st.datetimes(datetime(2026, 11, 23), datetime(2026, 11, 29, 23, 59)))
def test_open_on_every_day_means_open_at_those_times(opens, closes, moment):
    opens, closes = opens.replace(second=0, microsecond=0), closes.replace(second=0, microsecond=0)
    now = moment.time().replace(second=0, microsecond=0)
    inside = opens <= now < closes if opens < closes else now >= opens or now < closes
    assert is_open(moment, *[row(day, opens, closes) for day in range(7)]) is inside


@pytest.mark.django_db
def test_open_now_is_a_filter_with_its_count():
    make_offer("proeve", title="Kvalmehjælp")
    offer = Offer.objects.get(slug="proeve")
    at = datetime(2026, 11, 23, 10)
    before = current.ask(Question(), at).counts["aaben"]["nu"]
    OpeningHours.objects.create(offer=offer, weekday=0, opens=time(9), closes=time(12))
    open_now = Question(chosen={"aaben": ("nu",)})
    assert offer.pk in current.ask(open_now, at).keys
    assert current.ask(Question(), at).counts["aaben"]["nu"] == before + 1
    assert len(current.ask(open_now, at).keys) == before + 1
    assert offer.pk not in current.ask(open_now, datetime(2026, 11, 23, 13)).keys
    Closure.objects.create(offer=offer, starts_on=MONDAY, ends_on=MONDAY)
    assert offer.pk not in current.ask(open_now, at).keys
