"""Which rows answer a question to the API: in a steady order, loaded with all that is told of them."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.http import QueryDict
from django.utils import timezone

from offers.danish import fold
from offers.distance import Point
from offers.filters import OfferFilter
from offers.hsds import terms
from offers.hsds.loading import attribute
from offers.models import (
    Closure,
    ContactPoint,
    Format,
    Language,
    Need,
    Offer,
    OpeningHours,
    Organisation,
    TargetGroup,
    Venue,
)
from offers.search import versions
from offers.search.as_of import AsOf
from offers.search.source import OfferSource
from offers.ways_out import says_nothing

# What hangs on an offer and knows when it was changed.
DATED = ("venues", "needs", "target_groups", "formats", "languages", "legal_bases")
# What is told of a word; the rest is for the search.
TERM = ("slug", "name", "description", "updated_at")
RELATIONS = (*DATED, "municipalities", "closures", "opening_hours", "contact_points")
# Everything that is told: when none of it moves, no answer does.
PARTS = (*OfferSource.parts, *versions.revisions(Venue), *versions.links(Offer, ["venues"]))


_as_of = AsOf(PARTS)


def version() -> str:
    """Return what differs whenever an answer may; what is public changes by the day. Mostly no query."""
    return f"{timezone.localdate().isoformat()} {_as_of.version()}"


def telling(rows: QuerySet) -> QuerySet:
    """Return the offers with all that `offers.hsds.said` tells of them: one statement more."""
    lean = rows.defer("search_text", "search_words", "keywords", "internal_note")
    return lean.select_related("organisation__parent").prefetch_related(*_loads())


@cache
def _loads() -> list[Prefetch]:
    """Return what hangs on an offer; kept, so that its statement is (`offers.models.gathered`)."""
    sets: dict[str, Any] = {
        "needs": Need.objects.select_related("parent").only(*TERM, "parent__slug"),
        "target_groups": TargetGroup.objects.only(*TERM),
        "formats": Format.objects.only(*TERM),
        "languages": Language.objects.only(*TERM),
        "venues": Venue.objects.select_related("municipality"),
        "opening_hours": OpeningHours.objects.select_related("venue"),
        "contact_points": ContactPoint.objects.in_order(),
    }
    return [Prefetch(name, sets.get(name), to_attr=attribute(name)) for name in RELATIONS]


def of_page(offer: Offer) -> Offer:
    """Return `offer`, loaded by `OfferQuerySet.for_page`, so that `offers.hsds.said` can tell of it."""
    for name in RELATIONS:
        setattr(offer, attribute(name), list(getattr(offer, name).all()))
    return offer


def services(asked: Any, today: date) -> QuerySet[Offer]:
    """Return the offers asked for by organisation, word, vocabulary and time, by name.

    One that is withdrawn has no words.
    """
    rows = Offer.objects.told(today)
    if asked.organization_id:
        rows = rows.filter(organisation__uuid=asked.organization_id)
    if asked.taxonomy_term_id or asked.taxonomy_id:
        rows = rows.filter(pk__in=with_words(asked, today).values("pk"))
    if getattr(asked, "modified_after", None):
        rows = rows.filter(changed_since(asked.modified_after, today))
    return rows.order_by("sort_key", "pk")


def found(search: str) -> list[int]:
    """Return the keys of the public offers that the search on the page finds, the best first.

    Where nothing can be searched, as for “!!!”, nothing is found; the page shows all, and says so.
    """
    query = QueryDict(mutable=True)
    query["q"] = search
    asked = OfferFilter.of(query)
    return [] if says_nothing(asked) else asked.answer.keys


def with_words(asked: Any, today: date) -> QuerySet[Offer]:
    """Return the public offers with the word, and a word of the vocabulary, that are asked for."""
    rows = Offer.objects.published(today)
    if asked.taxonomy_id:
        rows = rows.filter(_of_vocabulary(asked.taxonomy_id))
    if asked.taxonomy_term_id:
        rows = _with_word(rows, asked.taxonomy_term_id)
    return rows


def _of_vocabulary(key: UUID) -> Q:
    """Return the condition that an offer has a word of the vocabulary; nothing has one of an unknown."""
    known = {vocabulary.id: vocabulary for vocabulary in terms.ALL}.get(key)
    if known is None:
        return Q(pk__in=[])
    if known.relation:
        through = Offer._meta.get_field(known.relation).remote_field.through  # type: ignore[union-attr]
        return Q(Exists(through.objects.filter(offer=OuterRef("pk"))))
    return Q(way_in__in=terms.WAYS_IN) | Q(anonymous__in=terms.ANONYMOUS) | Q(is_acute=True)


def _with_word(rows: Any, key: UUID) -> QuerySet:
    """Return those of `rows` that have the word; an area of needs stands for the needs in it."""
    for vocabulary in terms.ALL:
        for row in terms.rows_of(vocabulary):
            if terms.of_row(vocabulary, row).id != key:
                continue
            if isinstance(row, Need):
                return rows.answering([row.slug])
            return rows.filter(**{vocabulary.relation: row})
    field = terms.access_field(key)
    return rows.filter(**dict([field])) if field else rows.none()


def changed_since(moment: datetime, today: date) -> Q:
    """Return the condition that `said.last_modified` of an offer is at `moment` or later."""
    local = timezone.localtime(moment)
    begun = local.date() + timedelta(days=local.time() != local.min.time())
    ended = begun - timedelta(days=1)
    changed = Q(updated_at__gte=moment) | Q(organisation__updated_at__gte=moment)
    changed |= Q(publish_from__gte=begun, publish_from__lte=today)
    changed |= Q(publish_until__gte=ended, publish_until__lt=today)
    closures = Closure.objects.filter(offer=OuterRef("pk"))
    started = Q(starts_on__gte=begun, starts_on__lte=today)
    changed |= Q(Exists(closures.filter(started | Q(ends_on__gte=ended, ends_on__lt=today))))
    contacts = ContactPoint.objects.filter(offer=OuterRef("pk"), updated_at__gte=moment)
    changed |= Q(Exists(contacts))
    for name in DATED:
        relation: Any = Offer._meta.get_field(name)
        other = relation.m2m_reverse_field_name()
        links = relation.remote_field.through.objects.filter(offer=OuterRef("pk"))
        changed |= Q(Exists(links.filter(**{f"{other}__updated_at__gte": moment})))
    return changed


def all_organisations(today: date) -> QuerySet[Organisation]:
    """Return the organisations whose offers one hears of, those above them, and those without offers.

    One that has only offers nobody may see is none of them.
    """
    told = Offer.objects.told(today)
    own = Offer.objects.filter(organisation=OuterRef("pk"))
    below = told.filter(organisation__parent=OuterRef("pk"))
    public = Exists(told.filter(organisation=OuterRef("pk"))) | Exists(below) | ~Exists(own)
    return Organisation.objects.filter(public).select_related("parent").order_by("sort_key", "pk")


def organisations(asked: Any, today: date) -> QuerySet[Organisation]:
    """Return the organisations asked for, by name."""
    rows = all_organisations(today)
    if asked.taxonomy_term_id or asked.taxonomy_id:
        rows = rows.filter(Exists(with_words(asked, today).filter(organisation=OuterRef("pk"))))
    for word in fold(asked.search or "").split():
        rows = rows.filter(search_text__contains=word)
    return rows


def all_places(today: date) -> QuerySet:
    """Return the pairs of a public offer and a place that everybody may know."""
    through = Offer.venues.through.objects
    return through.filter(offer__in=Offer.objects.published(today), venue__confidential=False)


def points(today: date) -> list[tuple[int, str, Point]]:
    """Return the key, the postcode and the coordinates of each place that everybody may know."""
    known = Venue.objects.filter(pk__in=all_places(today).values("venue"), latitude__isnull=False)
    return [(venue.pk, venue.postcode, venue.point) for venue in known if venue.point]


def places(asked: Any, today: date) -> QuerySet:
    """Return the pairs asked for, by the name of the offer."""
    rows = all_places(today)
    narrowed = (asked.organization_id, asked.taxonomy_term_id, asked.taxonomy_id, asked.modified_after)
    if any(narrowed):
        rows = rows.filter(offer__in=services(asked, today))
    if (asked.search or "").strip():
        rows = rows.filter(offer__in=found(asked.search))
    return rows.order_by("offer__sort_key", "offer_id", "venue__sort_key", "pk")


def telling_places(rows: QuerySet, *, full: bool) -> QuerySet:
    """Return the pairs with what is told of them; when `full`, with the whole offer."""
    hours = OpeningHours.objects.select_related("venue")
    offers = Offer.objects.prefetch_related(
        Prefetch("opening_hours", hours, to_attr=attribute("opening_hours"))
    )
    return rows.select_related("venue__municipality").prefetch_related(
        Prefetch("offer", queryset=telling(Offer.objects.all()) if full else offers)
    )


def words(asked: Any) -> Iterable[Any]:
    """Yield the words asked for, vocabulary by vocabulary."""
    for vocabulary in terms.ALL:
        if asked.taxonomy_id in (None, vocabulary.id):
            for word in terms.words_of(vocabulary):
                fits = asked.parent_id in (None, word.parent_id)
                top = word.parent_id is None or not asked.top_only
                if fits and top and speaks_of(asked.search, word.name, word.description):
                    yield word


def speaks_of(search: str | None, *texts: str) -> bool:
    """Return whether each word that is searched for stands in one of the texts."""
    whole = fold(" ".join(texts))
    return all(word in whole for word in fold(search or "").split())
