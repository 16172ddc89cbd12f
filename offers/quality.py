"""What is missing on an offer, for the person who needs it. Each gap is told once, in SQL."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Case, Exists, F, IntegerField, OuterRef, Q, QuerySet, When
from django.db.models.functions import Cast

from offers.lix import EASY
from offers.models import ContactPoint, Offer, OpeningHours, StartDate


def _has(model: Any) -> Exists:
    return Exists(model.objects.filter(offer=OuterRef("pk")))


def _linked(relation: str) -> Exists:
    through: Any = getattr(Offer, relation).through
    return Exists(through.objects.filter(offer=OuterRef("pk")))


# What an editor reads, and when it is so. The weightiest first: whom to ask, then whether it is for me.
GAPS: Mapping[str, tuple[str, Any]] = {
    "contact": ("hvem man spørger", ~_has(ContactPoint) & Q(url="", apply_url="")),
    "way_in": ("hvordan man får det", Q(way_in=Offer.WayIn.UNKNOWN)),
    "whom": ("hvem det er for", Q(min_age=None, max_age=None) & ~_linked("target_groups")),
    "need": ("hvad det hjælper med", ~_linked("needs")),
    "hours": ("hvornår", ~_has(OpeningHours) & ~_has(StartDate) & Q(starts_note="")),
    "price": ("pris", Q(cost=Offer.Cost.UNKNOWN)),
    "plain": ("en tekst, der er let at læse", Q(summary="") | Q(summary_lix__gt=EASY)),
    "checked": ("kontrol", Q(verified_on=None)),
}


def with_gaps(offers: QuerySet) -> QuerySet:
    """Annotate `gap_…` (1 or 0) for each of `GAPS`, and `gaps`: how many there are."""
    names = [f"gap_{name}" for name in GAPS]
    each = {
        f"gap_{name}": Case(When(condition, then=1), default=0) for name, (_, condition) in GAPS.items()
    }
    total = sum((F(name) for name in names[1:]), F(names[0]))
    return offers.annotate(**each).annotate(gaps=Cast(total, IntegerField()))


def missing(offer: Any) -> list[str]:
    """Return in Danish what is missing on an offer that `with_gaps` gave, the weightiest first."""
    return [label for name, (label, _) in GAPS.items() if getattr(offer, f"gap_{name}")]
