"""Which facts an offer has, when each has to be checked again, and what it means that they are right.

The intervals are our own choice: what a person dials or travels by is checked twice a year, the rest once
a year, and what somebody in danger turns to four times.
"""

from collections.abc import Collection, Mapping
from datetime import date, timedelta

from django.db import transaction

from offers.history.record import Recording
from offers.models import Fact, FactCheck, Offer

INTERVALS: Mapping[Fact, int] = {
    Fact.CONTACT: 182,
    Fact.HOURS: 182,
    Fact.PRICE: 365,
    Fact.PLACE: 365,
    Fact.REST: 365,
}
ACUTE_INTERVAL = 91


def facts_of(offer: Offer) -> list[Fact]:
    """Return the kinds of facts that `offer` tells, in the order of the page.

    Loaded as by `OfferQuerySet.for_page`, it costs no query.
    """
    told = {
        Fact.CONTACT: bool(offer.contact_points.all()) or bool(offer.url or offer.apply_url),
        Fact.HOURS: bool(offer.opening_hours.all() or offer.closures.all() or offer.start_dates.all()),
        Fact.PRICE: offer.cost != Offer.Cost.UNKNOWN or bool(offer.cost_note),
        Fact.PLACE: bool(offer.venues.all()),
        Fact.REST: True,
    }
    return [fact for fact in Fact if told[fact]]


def due_on(offer: Offer, fact: Fact, check: FactCheck | None) -> date | None:
    """Return the day by which `fact` is to be checked; None when nobody has ever checked it."""
    checked = (check and check.checked_on) or offer.verified_on
    if checked is None:
        return None
    usual = min(INTERVALS[fact], ACUTE_INTERVAL) if offer.is_acute else INTERVALS[fact]
    return checked + timedelta(days=(check and check.interval) or usual)


def review_by(offer: Offer) -> date | None:
    """Return when the first of the facts is due; None when none has been checked."""
    checks = {check.fact: check for check in offer.fact_checks.all()}
    days = [due_on(offer, fact, checks.get(fact)) for fact in facts_of(offer)]
    return min((day for day in days if day), default=None)


@transaction.atomic
def confirm(
    offer: Offer, facts: Collection[Fact], *, on: date, by: str = "", kept: Recording | None = None
) -> None:
    """Note that `facts` of `offer` were right on the day `on`, as `by` says; `kept` keeps a version of it.

    The offer counts as checked on the day of the fact that was checked longest ago, once all have been.
    Only dates are written: a colleague's edit of a moment ago stays.
    """
    if kept:
        kept.watch(offer)
    for fact in facts:
        FactCheck.objects.update_or_create(
            offer=offer, fact=fact, defaults={"checked_on": on, "checked_by": by}
        )
    fresh = Offer.objects.for_page().get(pk=offer.pk)
    known = dict(fresh.fact_checks.values_list("fact", "checked_on"))
    days = [known.get(fact) or fresh.verified_on for fact in facts_of(fresh)]
    if all(days):
        fresh.verified_on, fresh.verified_by = min(days), None
    fresh.review_by = review_by(fresh)
    fresh.save(update_fields=["verified_on", "verified_by", "review_by", "updated_at", "revision"])
    for name in ("verified_on", "verified_by", "review_by"):
        setattr(offer, name, getattr(fresh, name))
