"""The vocabulary of questions one may put to the offers. A rule about offers stands here, once."""

from collections.abc import Iterable
from datetime import date, timedelta
from functools import cache, lru_cache
from typing import Any

from django.db.models import Case, Exists, OuterRef, Prefetch, Q, When
from django.utils import timezone

from offers.models.contact import ContactPoint
from offers.models.gathered import Gathering
from offers.models.tracked import TrackedQuerySet
from offers.validity import covering

# How long one is told that an offer was withdrawn.
TOLD_FOR = timedelta(days=365)


class OfferQuerySet(Gathering, TrackedQuerySet):
    """Offers: adjectives filter, `with_…` annotates, `for_…` loads what one page shows."""

    natural_key_fields = ("slug",)

    def published(self, at: date | None = None):
        """Return the offers that the public may see on the day `at` (default: today)."""
        return self.filter(self._is_published(at))

    def withdrawn(self, at: date | None = None):
        """Return the offers that were public, are not on the day `at` (today), and were in the year before.

        For those who fetched them and must hear that they are gone. One that went back to being a draft is
        none of them, since what it is called may be new.
        """
        return self.filter(self._is_withdrawn(at))

    def told(self, at: date | None = None):
        """Return the offers that others hear of: those the public may see, and those that are withdrawn."""
        is_told = self._is_published(at) | self._is_withdrawn(at)
        # One question for each row, in the order of names: of “either, or”, SQLite sorts all that answers.
        return self.filter(Case(When(is_told, then=True), default=False))

    def _is_published(self, at: date | None) -> Q:
        window = covering(at, start="publish_from", end="publish_until")
        return window & Q(status=self.model.Status.PUBLISHED)

    def _is_withdrawn(self, at: date | None) -> Q:
        at = at or timezone.localdate()
        since = at - TOLD_FOR
        archived = Q(status=self.model.Status.ARCHIVED, was_public=True, updated_at__date__gte=since)
        over = Q(status=self.model.Status.PUBLISHED, publish_until__lt=at, publish_until__gte=since)
        return archived | over

    def overdue(self, at: date):
        """Return the offers whose facts should have been checked by the day `at`."""
        return self.filter(review_by__lt=at)

    def due(self, by: date):
        """Return the offers whose facts have to be checked by the day `by`, the first due first."""
        return self.filter(review_by__lte=by).order_by("review_by", "sort_key", "pk")

    def never_checked(self):
        """Return the offers whose facts nobody has checked, in the order of their names."""
        return self.filter(verified_on=None).order_by("sort_key", "pk")

    def acute(self):
        """Return the offers for someone who cannot wait, the most urgent first."""
        return self.filter(is_acute=True).order_by("acute_order", "sort_key", "pk")

    def answering(self, slugs: Iterable[str]):
        """Return the offers that answer one of the needs, or a need in one of the areas, `slugs`."""
        slugs = list(slugs)
        link = self.model.needs.through.objects.filter(offer=OuterRef("pk"))
        asked = Q(need__slug__in=slugs) | Q(need__parent__slug__in=slugs)
        return self.filter(Exists(link.filter(asked)))

    def covering_municipality(self, codes: Iterable[str]):
        """Return the offers for people who live in one of `codes`, nationwide ones included."""
        link = self.model.municipalities.through.objects.filter(offer=OuterRef("pk"))
        here = link.filter(municipality__code__in=list(codes))
        return self.filter(Exists(here) | ~Exists(link))

    def for_acute_page(self):
        """Load what the page of acute help shows."""
        return self.prefetch_related(_with(self.model, "opening_hours", "venue"), "closures", _contacts())

    def for_page(self):
        """Load what the offer's own page shows: two statements, and one for goals where there are any."""
        rows = self.select_related("organisation__parent", "verified_by")
        return rows.prefetch_related(*_of_page(self.model, timezone.localdate()))


# A prefetch is kept, so that the statement is, which is known again by it (`offers.models.gathered`).


@cache
def _contacts() -> Prefetch:
    """Return the prefetch of an offer's contact points in the order they should be tried."""
    return Prefetch("contact_points", ContactPoint.objects.in_order())


@cache
def _with(offers: Any, name: str, beside: str) -> Prefetch:
    """Return the prefetch of a relation of offers, each of its rows with the one row `beside` it."""
    rows = offers._meta.get_field(name).related_model.objects
    return Prefetch(name, rows.select_related(beside))


@lru_cache(2)
def _of_page(offers: Any, today: date) -> tuple[str | Prefetch, ...]:
    """Return all that hangs on the offers of a page."""
    successions, deliveries = (
        offers._meta.get_field(name).related_model.objects for name in ("successions", "deliveries")
    )
    return (
        _with(offers, "needs", "parent"),
        "target_groups",
        "formats",
        "languages",
        "municipalities",
        _with(offers, "venues", "municipality"),
        _with(offers, "legal_bases", "replaced_by"),
        _with(offers, "opening_hours", "venue"),
        "closures",
        "start_dates",
        _contacts(),
        "organisation__contact_points",
        "organisation__parent__contact_points",
        Prefetch("successions", successions.to_published(today), to_attr="told_successions"),
        Prefetch("deliveries", deliveries.with_policy(), to_attr="told_deliveries"),
    )
