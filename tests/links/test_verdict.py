"""An address is dead when it has failed several times over days, and never for what a machine is denied."""

from datetime import UTC, datetime, timedelta

import pytest

from offers.links.verdict import AFTER_ANSWER, AFTER_FAILURE, Kind, Look, Record, State, after, by_status

NOW = datetime(2026, 11, 22, 3, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
FAILED, ANSWERED = Look(Kind.FAILED), Look(Kind.ANSWERED)


def looked(*looks, record=Record()):  # noqa: B008 (frozen)
    """Return what is known after looks, each with the time since the first."""
    for since, look in looks:
        record = after(record, look, NOW + since)
    return record


def test_dead_is_what_failed_three_times_over_three_days():
    assert looked((0 * DAY, FAILED)).state is State.FAILING
    assert looked((0 * DAY, FAILED), (DAY, FAILED), (2 * DAY, FAILED)).state is State.FAILING
    assert looked((0 * DAY, FAILED), (3 * DAY, FAILED)).state is State.FAILING
    dead = looked((0 * DAY, FAILED), (DAY, FAILED), (3 * DAY, FAILED))
    assert dead == Record(State.DEAD, 3, NOW, NOW + 3 * DAY + AFTER_ANSWER)
    assert looked(*((number * HOUR, FAILED) for number in range(50))).state is State.FAILING


def test_one_answer_makes_it_alive_again():
    found = looked(
        (0 * DAY, FAILED), (DAY, FAILED), (3 * DAY, FAILED), (4 * DAY, ANSWERED), (5 * DAY, FAILED)
    )
    assert (found.state, found.failures, found.failing_since) == (State.FAILING, 1, NOW + 5 * DAY)
    assert found.next_at == NOW + 5 * DAY + AFTER_FAILURE


def test_waiting_changes_nothing_but_when_it_is_looked_at_again():
    failing = looked((0 * DAY, FAILED))
    for asked, waited in ((timedelta(0), HOUR), (5 * HOUR, 5 * HOUR), (900 * DAY, 7 * DAY)):
        found = looked((DAY, Look(Kind.ASKED_TO_WAIT, 429, wait=asked)), record=failing)
        assert (found.state, found.failures, found.failing_since) == (State.FAILING, 1, NOW)
        assert found.next_at == NOW + DAY + waited


def test_a_machine_that_is_barred_knows_nothing():
    assert looked((0 * DAY, FAILED), (DAY, Look(Kind.BARRED, 403))).state is State.UNSURE


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (100, Kind.FAILED),
        (200, Kind.ANSWERED),
        (204, Kind.ANSWERED),
        (304, Kind.FAILED),
        (401, Kind.BARRED),
        (403, Kind.BARRED),
        (404, Kind.FAILED),
        (410, Kind.FAILED),
        (429, Kind.BARRED),
        (500, Kind.FAILED),
        (503, Kind.FAILED),
        (999, Kind.BARRED),
    ],
)
def test_what_a_status_means_is_said_in_danish(status, kind):
    found, reason = by_status(status)
    assert found is kind
    assert bool(reason) == (kind is not Kind.ANSWERED)
