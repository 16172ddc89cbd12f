"""What a person may do with which offer: every rule about single rows, once.

A role gives permissions (`directory/people/roles.py`); here they meet the row. Whoever lacks
`SEE_ANY` works for an organisation: what is not its own is closed, apart from what the public sees anyway.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Model, Q, QuerySet

from offers.models import (
    Closure,
    ContactPoint,
    Feedback,
    Membership,
    Offer,
    OfferSuccession,
    OpeningHours,
    Organisation,
    StartDate,
    Venue,
)

SEE, ADD, CHANGE, DELETE = (f"offers.{verb}_offer" for verb in ("view", "add", "change", "delete"))
SEE_ANY = "offers.see_any_offer"
EDIT_LIVE = "offers.edit_live_offer"
PUBLISH = "offers.publish_offer"
READ_NOTE = "offers.read_internal_note"

# Parts of an offer: who works for an organisation edits them on the offer's page and nowhere else.
PARTS = (ContactPoint, OpeningHours, Closure, StartDate, OfferSuccession)
# What the editors decide about an offer, whoever writes the rest.
EDITORS_FIELDS = ("slug", "is_acute", "acute_order", "verified_by", "review_by", "legal_bases")


@dataclass(frozen=True)
class Who:
    """A person, as far as the rules know her: her permissions, and the keys of her organisations."""

    has: Callable[[str], bool]
    organisations: frozenset[int] = frozenset()

    @property
    def sees_all(self) -> bool:
        """Whether every organisation's offers are hers to see."""
        return self.has(SEE_ANY)

    def reaches(self, offer: Offer) -> bool:
        """Whether the offer is among those she works on."""
        return self.sees_all or offer.organisation_id in self.organisations


def who(user: Any) -> Who:
    """Return what the rules know about a user; her organisations take one query a request, or none."""
    known = getattr(user, "_known_to_the_rules", None)
    if known is None:
        keys: Iterable[int] = ()
        if not user.has_perm(SEE_ANY):
            keys = Membership.objects.filter(user=user).values_list("organisation", flat=True)
        known = user._known_to_the_rules = Who(user.has_perm, frozenset(keys))
    return known


# -- One offer -------------------------------------------------------------------------------------


def may_see(person: Who, offer: Offer) -> bool:
    """Whether she may open it on the desk; `seen` is the same for many."""
    able = person.has(SEE) or person.has(CHANGE)
    return able and (person.reaches(offer) or offer.is_published())


def may_change(person: Who, offer: Offer) -> bool:
    """Whether she may write in it: what is public changes at once, so that takes `EDIT_LIVE`."""
    return person.has(CHANGE) and person.reaches(offer) and _may_touch(person, offer)


def may_submit(person: Who, offer: Offer) -> bool:
    """Whether she may ask for it to be published."""
    return may_change(person, offer) and offer.status != Offer.Status.PUBLISHED


def may_publish(person: Who, offer: Offer) -> bool:
    """Whether she may make it public, or take it down."""
    return person.has(PUBLISH) and person.has(CHANGE) and person.reaches(offer)


def may_draft(person: Who, offer: Offer) -> bool:
    """Whether she may write what it is to become, which the public does not see."""
    return person.has(CHANGE) and person.reaches(offer)


def proposes_only(person: Who, offer: Offer) -> bool:
    """Whether what she writes is shown when somebody else has approved it: her own, which is public."""
    return may_draft(person, offer) and not may_change(person, offer)


def may_follow(person: Who, offer: Offer) -> bool:
    """Whether she may see how it came to be as it is, and what is proposed."""
    return may_see(person, offer) and person.reaches(offer)


def may_verify(person: Who, offer: Offer) -> bool:
    """Whether she may say that its facts are still right: her own, also where she may not change them."""
    return person.has(CHANGE) and person.reaches(offer)


def may_read_note(person: Who, offer: Offer) -> bool:
    """Whether she may read what the editors noted."""
    return person.has(READ_NOTE) and may_see(person, offer) and person.reaches(offer)


def may_delete(person: Who, offer: Offer) -> bool:
    """Whether she may delete it."""
    return person.has(DELETE) and person.reaches(offer) and _may_touch(person, offer)


def _may_touch(person: Who, offer: Offer) -> bool:
    """Whether what the public sees is no hindrance."""
    return offer.status != Offer.Status.PUBLISHED or person.has(EDIT_LIVE)


def statuses(person: Who) -> list[str]:
    """Return the statuses that she may choose."""
    if person.has(PUBLISH):
        return Offer.Status.values
    return [status for status in Offer.Status.values if status != Offer.Status.PUBLISHED]


# -- Tables ----------------------------------------------------------------------------------------


def _named(verb: str, model: type[Model]) -> str:
    """Return the permission to do `verb` with rows of `model`."""
    return f"{model._meta.app_label}.{verb}_{model._meta.model_name}"


def may_export(person: Who, model: type[Model]) -> bool:
    """Whether she may take out a table of all rows: whoever sees all of them."""
    return person.sees_all and (person.has(_named("view", model)) or person.has(_named("change", model)))


def may_import(person: Who, model: type[Model]) -> bool:
    """Whether she may hand in a table, which may make and change any row."""
    return person.sees_all and person.has(_named("add", model)) and person.has(_named("change", model))


# -- Any row ---------------------------------------------------------------------------------------


def works_on(person: Who, model: type[Model]) -> bool:
    """Whether a page of its own for `model` is for her to write on; see `PARTS`."""
    return model not in PARTS or person.sees_all


def row_open(person: Who, row: Model | None) -> bool:
    """Whether rules about single rows let her write in `row`, or in the parts that stand on its page."""
    if isinstance(row, Offer):
        return person.reaches(row) and _may_touch(person, row)
    return row is None or works_on(person, type(row))


def seen(person: Who, rows: QuerySet) -> QuerySet:
    """Return those of `rows` that she may see and choose; rows of most models are everybody's."""
    narrow = NARROWED.get(rows.model)
    return rows if narrow is None or person.sees_all else rows.filter(narrow(person.organisations))


def reached(person: Who, offers: QuerySet) -> QuerySet:
    """Return those of `offers` that she works on, as `Who.reaches` says of one."""
    return offers if person.sees_all else offers.filter(organisation__in=person.organisations)


def _offers(keys: Iterable[int]) -> Q:
    """Return her own offers and the public ones."""
    return Q(organisation__in=keys) | Q(pk__in=Offer.objects.published().order_by().values("pk"))


def _contacts(keys: Iterable[int]) -> Q:
    """Return how one reaches her organisations and their offers."""
    return Q(offer__organisation__in=keys) | Q(organisation__in=keys)


def _successions(keys: Iterable[int]) -> Q:
    """Return what is followed by an offer that she may see."""
    return Q(successor__in=Offer.objects.filter(_offers(keys)).order_by().values("pk"))


def _venues(keys: Iterable[int]) -> Q:
    """Return the places whose address is no secret, and those of her own offers."""
    own = Offer.venues.through.objects.filter(offer__organisation__in=keys)
    return Q(confidential=False) | Q(pk__in=own.values("venue"))


NARROWED: dict[type[Model], Callable[[Iterable[int]], Q]] = {
    Offer: _offers,
    ContactPoint: _contacts,
    OfferSuccession: _successions,
    Venue: _venues,
    Organisation: lambda keys: Q(pk__in=keys),
    Feedback: lambda keys: Q(offer__organisation__in=keys),
}
