"""What is deleted when its time is over: words that people searched for in vain, and old imports."""

from datetime import date, timedelta

from django.db import transaction
from django.db.models import Sum

from offers.models import ImportRun, SearchMiss, SettledSearch
from offers.search.missed import DAYS, LEAST

# So long are counted searches kept: a year can be compared with the one before. The privacy page says it.
MONTHS = 13


def months_before(day: date, months: int) -> date:
    """Return the same day of the month `months` earlier, or the last day of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    first_of_next = date(year + (month + 1) // 12, (month + 1) % 12 + 1, 1)
    return min(date(year, month + 1, 1) + timedelta(days=day.day - 1), first_of_next - timedelta(days=1))


@transaction.atomic
def tidy(today: date) -> int:
    """Delete searches and imports whose time is over, decisions on words that are gone; return how many.

    Words with fewer than `LEAST` searches in all are told to nobody, and go after `DAYS` days.
    """
    recent = today - timedelta(days=DAYS)
    gone = SearchMiss.objects.filter(day__lt=months_before(today, MONTHS)).delete()[0]
    often = SearchMiss.objects.order_by().values("words").annotate(times=Sum("count"))
    rare = SearchMiss.objects.filter(day__lt=recent).exclude(
        words__in=often.filter(times__gte=LEAST).values("words")
    )
    gone += rare.delete()[0]
    gone += ImportRun.objects.filter(created_at__date__lt=months_before(today, MONTHS)).delete()[0]
    settled = SettledSearch.objects.filter(settled_at__date__lt=months_before(today, MONTHS))
    return gone + settled.exclude(words__in=SearchMiss.objects.values("words")).delete()[0]
