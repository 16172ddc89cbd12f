"""The vocabulary of questions one may put to the offers. A rule about offers stands here, once."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Exists, F, OuterRef, Prefetch, Q

from offers.danish import fold
from offers.models.contact import ContactPoint
from offers.models.natural import NaturalKeyQuerySet
from offers.validity import covering


class OfferQuerySet(NaturalKeyQuerySet):
    """Offers: adjectives filter, `with_…` annotates, `for_…` loads what one page shows."""

    natural_key_fields = ("slug",)

    def published(self, at: date | None = None):
        """Return the offers that the public may see on the day `at` (default: today)."""
        window = covering(at, start="publish_from", end="publish_until")
        return self.filter(window, status=self.model.Status.PUBLISHED)

    def overdue(self, at: date):
        """Return the offers whose facts should have been checked by the day `at`."""
        return self.filter(review_by__lt=at)

    def acute(self):
        """Return the offers for someone who cannot wait, the most urgent first."""
        return self.filter(is_acute=True).order_by("acute_order", "sort_key", "pk")

    def for_age(self, age: int):
        """Return the offers open to a person of `age` whole years; limits are inclusive.

        An offer without limits is for every age.
        """
        old_enough = Q(min_age=None) | Q(min_age__lte=age)
        young_enough = Q(max_age=None) | Q(max_age__gte=age)
        return self.filter(old_enough & young_enough)

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

    def linked_to(self, relation: str, slugs: Iterable[str]):
        """Return the offers that have a term with one of `slugs` in the relation named.

        An `Exists`, not a join: an offer with two of the terms must come once.
        """
        field: Any = self.model._meta.get_field(relation)
        link = field.remote_field.through.objects.filter(offer=OuterRef("pk"))
        asked = {f"{field.m2m_reverse_field_name()}__slug__in": list(slugs)}
        return self.filter(Exists(link.filter(**asked)))

    def matching(self, words: str):
        """Return the offers in which every word of `words` stands, in any letter case.

        A word may stand in the offer's own text, its organisation's name or one of its needs.
        """
        found = self
        needs = self.model.needs.through.objects.filter(offer=OuterRef("pk"))
        for word in dict.fromkeys(fold(words).split()):
            own = Q(search_text__contains=word) | Q(organisation__search_text__contains=word)
            found = found.filter(own | Exists(needs.filter(need__search_text__contains=word)))
        return found

    def in_order(self):
        """Return the offers in the order of the Danish alphabet."""
        return self.order_by("sort_key", "pk")

    def recently_verified(self):
        """Return the offers with the newest check first."""
        return self.order_by(F("verified_on").desc(nulls_last=True), "sort_key", "pk")

    def for_listing(self):
        """Load what a card shows."""
        return self.select_related("organisation").prefetch_related(
            "needs", "formats", "municipalities", "opening_hours", _contacts()
        )

    def for_acute_line(self):
        """Load what the list of acute help shows."""
        return self.prefetch_related("opening_hours", _contacts())

    def for_page(self):
        """Load what the offer's own page shows."""
        return self.select_related("organisation").prefetch_related(
            "needs__parent",
            "target_groups",
            "formats",
            "languages",
            "municipalities",
            "venues",
            "legal_bases__replaced_by",
            "opening_hours__venue",
            "closures",
            "start_dates",
            _contacts(),
        )


def _contacts():
    """Return the prefetch of an offer's contact points in the order they should be tried."""
    return Prefetch("contact_points", queryset=ContactPoint.objects.in_order())
