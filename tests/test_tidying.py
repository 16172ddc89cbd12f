"""What people searched for in vain is kept no longer than the privacy page says."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.management import call_command

from offers.models import SearchMiss, SettledSearch
from offers.tidying import months_before, tidy

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("day", "months", "before"),
    [
        ((2026, 11, 22), 13, (2025, 10, 22)),
        ((2026, 1, 31), 13, (2024, 12, 31)),
        ((2025, 3, 31), 13, (2024, 2, 29)),
        ((2026, 3, 31), 13, (2025, 2, 28)),
        ((2026, 12, 5), 12, (2025, 12, 5)),
        ((2026, 12, 31), 1, (2026, 11, 30)),
    ],
)
def test_months_are_those_of_the_calendar(day, months, before):
    assert months_before(date(*day), months) == date(*before)


def miss(words, days_ago, count):
    SearchMiss.objects.create(words=words, day=TODAY - timedelta(days=days_ago), count=count)


@pytest.mark.django_db
def test_after_thirteen_months_and_rare_words_after_ninety_days():
    miss("gammel", 397, 99)
    miss("hyppig", 390, 3)
    miss("hyppig", 100, 2)
    miss("sjælden", 91, 4)
    miss("sjælden lige nu", 90, 1)
    assert tidy(TODAY) == 2
    left = SearchMiss.objects.order_by("words", "day").values_list("words", "count")
    assert list(left) == [("hyppig", 3), ("hyppig", 2), ("sjælden lige nu", 1)]
    assert tidy(TODAY) == 0


@pytest.mark.django_db
def test_a_decision_goes_with_its_words_but_not_before_them():
    for words, year in (("væk", 2024), ("talt endnu", 2024), ("ny", 2026)):
        at = datetime(year, 9, 1, tzinfo=UTC)
        SettledSearch.objects.create(words=words, outcome=SettledSearch.Outcome.ASIDE, settled_at=at)
    miss("talt endnu", 5, 9)
    assert tidy(TODAY) == 1
    assert set(SettledSearch.objects.values_list("words", flat=True)) == {"talt endnu", "ny"}


@pytest.mark.django_db
def test_the_command_says_how_much_it_deleted(capsys):
    miss("gammel", 5000, 99)
    call_command("tidy")
    assert capsys.readouterr().out == "1 rækker er slettet.\n"
