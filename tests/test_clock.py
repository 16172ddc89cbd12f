"""The clock goes wrong, or is changed: twice a year by law, and now and then by a machine."""

import time
from datetime import UTC, date, datetime, timedelta

import pytest
from django.contrib.sessions.models import Session
from django.core.cache import caches
from django.utils import timezone

from directory import kept_pages
from offers import tasks
from offers.models import Offer, Reminder
from tests.conftest import Visitor
from tests.staff import DESK, ROLES, enter
from tests.test_opening_now import ALL_DAYS, hours, words

pytestmark = pytest.mark.django_db
HOURS = 3600


@pytest.fixture
def at(monkeypatch):
    """Return a function that sets the clock of the site to a moment (UTC)."""

    def set_to(*moment):
        now = datetime(*moment, tzinfo=UTC)
        monkeypatch.setattr(timezone, "now", lambda: now)
        return now

    return set_to


@pytest.mark.parametrize("jump", [-3 * HOURS, -60, 3 * HOURS])
def test_no_kept_page_outlives_a_jump_of_the_clock(settings, monkeypatch, jump):
    settings.KEEP_PAGES = True
    caches["pages"].clear()
    reader, now = Visitor(), time.time()
    monkeypatch.setattr(kept_pages.time, "time", lambda: now)
    reader.get("/akut/")
    assert not reader.get("/akut/").templates
    monkeypatch.setattr(kept_pages.time, "time", lambda: now + jump)
    assert reader.get("/akut/").templates


def test_after_the_clock_is_set_back_a_session_ends_when_it_should(client, person):
    enter(client, person(ROLES[2]))
    session = client.session
    session["seen_at"] = time.time() + 3 * HOURS
    session.save()
    Session.objects.filter(pk=session.session_key).update(
        expire_date=timezone.now() + timedelta(hours=3, minutes=30)
    )
    client.get(DESK)
    left = Session.objects.get(pk=session.session_key).expire_date - timezone.now()
    assert left <= timedelta(minutes=30)


# Half past three at night in Denmark: the days before, of, and after each change.
@pytest.mark.parametrize(
    "nights",
    [
        [(2026, 3, 28, 2, 30), (2026, 3, 29, 1, 30), (2026, 3, 30, 1, 30)],
        [(2026, 10, 24, 1, 30), (2026, 10, 25, 2, 30), (2026, 10, 26, 2, 30)],
        [(2027, 3, 27, 2, 30), (2027, 3, 28, 1, 30), (2027, 3, 29, 1, 30)],
    ],
)
def test_what_is_done_every_day_is_done_once_on_days_of_23_and_25_hours(at, nights):
    for night in nights:
        at(*night)
        assert len(tasks.enqueue_daily()) == len(tasks.DAILY)
        assert tasks.enqueue_daily() == []


def test_what_was_done_today_is_not_done_again_when_the_clock_is_set_back(at):
    at(2026, 10, 25, 9, 0)
    assert tasks.enqueue_daily()
    at(2026, 10, 25, 6, 0)
    assert tasks.enqueue_daily() == []


@pytest.mark.parametrize(
    ("moment", "line"),
    [
        # 28 March 2027 has no hour after 2: at 1 UTC it is 3.
        ((2027, 3, 28, 0, 59), "Åbent nu, lukker kl. 4"),
        ((2027, 3, 28, 1, 0), "Åbent nu, lukker kl. 4"),
        ((2027, 3, 28, 1, 59), "Åbent nu, lukker kl. 4"),
        ((2027, 3, 28, 2, 0), "Åbner kl. 22"),
        # 25 October 2026 has it twice.
        ((2026, 10, 25, 0, 30), "Åbent nu, lukker kl. 4"),
        ((2026, 10, 25, 1, 30), "Åbent nu, lukker kl. 4"),
        ((2026, 10, 25, 2, 59), "Åbent nu, lukker kl. 4"),
        ((2026, 10, 25, 3, 0), "Åbner kl. 22"),
    ],
)
def test_a_night_line_closes_by_the_clock_on_the_wall(moment, line):
    assert words(datetime(*moment, tzinfo=UTC), hours(ALL_DAYS, 22, 4))[1] == [line]


@pytest.mark.parametrize(
    ("moment", "is_due"),
    [
        ((2026, 3, 29, 21, 59), False),
        ((2026, 3, 29, 22, 0), True),  # midnight of a summer night
        ((2026, 10, 25, 22, 59), False),
        ((2026, 10, 25, 23, 0), True),  # midnight of a winter night
    ],
)
def test_facts_are_due_from_midnight_in_denmark(at, moment, is_due):
    at(*moment)
    assert Offer(review_by=date(*moment[:3])).is_overdue() is is_due


def test_a_link_holds_as_long_as_promised_and_a_clock_set_back_ends_it_no_sooner(at):
    sent = at(2026, 3, 28, 12, 0)
    reminder = Reminder(sent_at=sent)
    assert not reminder.has_expired()
    at(2026, 3, 28, 9, 0)
    assert not reminder.has_expired()
    at(2027, 3, 28, 12, 0)
    assert reminder.has_expired()
