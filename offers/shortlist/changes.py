"""What is new about an offer since a list was made: the rule stands here, once.

Only the day of a list is known, so what happened on that day counts as new once the day is over: rather a
needless word than a silent change. A saved offer knows the day of its last change and not what was changed;
its telephone numbers and places are saved with it in the admin. Opening hours, closures and the publishing
window have days of their own.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from django.utils import timezone

from offers.models import Closure, Offer

A_DAY = timedelta(days=1)


class Kind(StrEnum):
    """What happened; the words stand in the template."""

    CHANGED = "aendret"
    CHECKED = "kontrolleret"
    HOURS = "tider"
    CLOSED = "lukket"
    LEAVES = "udgaar"
    OVERDUE = "gammel"


@dataclass(frozen=True)
class Notice:
    """One thing to know, with the day it is about, and the closure where it is one."""

    kind: Kind
    day: date
    closure: Closure | None = None

    @property
    def is_warning(self) -> bool:
        """Whether it may keep somebody from going there in vain."""
        return self.kind != Kind.CHECKED


def notices(offer: Offer, since: date | None, today: date) -> list[Notice]:
    """Return what is new about a published offer since the day `since`, and what is to come.

    Without `since`, or on that very day, only what is to come. No query, when its hours and closures are
    loaded.
    """
    is_new = since is not None and since < today
    past = _since(offer, since, today) if is_new and since else []
    closed = [
        Notice(Kind.CLOSED, row.starts_on, row) for row in offer.closures.all() if row.ends_on >= today
    ]
    leaves = [Notice(Kind.LEAVES, offer.publish_until)] if offer.publish_until else []
    due = offer.review_by
    overdue = [Notice(Kind.OVERDUE, due)] if due and due < today else []
    return [*past, *closed, *leaves, *overdue]


def _since(offer: Offer, since: date, today: date) -> list[Notice]:
    """Return what happened to the offer from the day `since` until today."""
    found = []
    saved = timezone.localtime(offer.updated_at).date()
    checked = offer.verified_on
    if saved >= since:
        found.append(Notice(Kind.CHANGED, saved))
    if checked and checked >= since:
        found.append(Notice(Kind.CHECKED, checked))
    hours = offer.opening_hours.all()
    begun = [row.valid_from for row in hours if row.valid_from]
    ended = [row.valid_until + A_DAY for row in hours if row.valid_until and row.valid_until < today]
    turned = [day for day in (*begun, *ended) if since <= day <= today]
    return [*found, Notice(Kind.HOURS, max(turned))] if turned else found
