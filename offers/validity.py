"""Does a period cover a day? Asked of the database and of one row, and answered alike.

A period runs from its first day to its last, both included; an end that is not given is open.
"""

from datetime import date

from django.db.models import F, Q
from django.utils import timezone


def covering(at: date | None = None, *, start: str, end: str) -> Q:
    """Return the condition that the period in columns `start` and `end` covers `at` (today)."""
    at = at or timezone.localdate()
    begun = Q(**{start: None}) | Q(**{f"{start}__lte": at})
    not_over = Q(**{end: None}) | Q(**{f"{end}__gte": at})
    return begun & not_over


def covers(start: date | None, end: date | None, at: date | None = None) -> bool:
    """Return whether the period from `start` to `end` covers `at` (today)."""
    at = at or timezone.localdate()
    return (start is None or start <= at) and (end is None or end >= at)


def in_order(start: str, end: str) -> Q:
    """Return the condition that the period in columns `start` and `end` does not end too early."""
    return Q(**{start: None}) | Q(**{end: None}) | Q(**{f"{end}__gte": F(start)})
