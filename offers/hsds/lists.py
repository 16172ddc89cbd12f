"""How the lists of the API are answered: pages, whole lists line by line, and one thing by its id."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Prefetch, Q, QuerySet
from django.utils import timezone

from offers.api.endpoint import NO_SUCH_ID
from offers.api.problems import Fault, not_found
from offers.api.records import Answer, File, Page, Record, ndjson, page, page_of, places
from offers.distance import kilometres
from offers.hsds import rows, said, terms
from offers.hsds.asked import Format
from offers.hsds.loading import loaded
from offers.hsds.places import place_id, service_place
from offers.hsds.records import OrganizationWithServices, ServicePlaceWithService
from offers.models import Offer, Organisation
from offers.models.tracked import batched

# Offers that are read at a time when a whole list is written: what bounds the memory.
CHUNK = 500


@dataclass(frozen=True)
class Shelf:
    """Rows of one kind: those asked for, what must be loaded of them, and how each is told."""

    rows: Callable[[Any, date], QuerySet]
    loaded: Callable[[QuerySet, Any, date], QuerySet]
    told: Callable[[Any, Any, date], Record]
    page: type[Page]

    def several(self, asked: Any) -> Answer | File:
        """Answer with a page of the list, or with all of it line by line."""
        today = timezone.localdate()
        found = self.rows(asked, today)
        if asked.format == Format.NDJSON:
            return ndjson(self.all(list(found.values_list("pk", flat=True)), found.model, asked, today))
        loaded = self.loaded(found, asked, today)
        return _dated(page_of(loaded, asked, lambda row: self.told(row, asked, today), self.page))

    def all(self, keys: list[int], model: Any, asked: Any, today: date) -> Iterator[Record]:
        """Yield what is told of the rows with these keys, in their order, some at a time."""
        for some in batched(keys, CHUNK):
            found = {row.pk: row for row in self.loaded(model.objects.filter(pk__in=some), asked, today)}
            yield from (self.told(found[key], asked, today) for key in some if key in found)


def services(shelf: Shelf) -> Callable[[Any], Answer | File]:
    """Return what answers the list of services: what is searched for stands with the best first."""

    def several(asked: Any) -> Answer | File:
        """Answer with a page, or with all."""
        if not (asked.search or "").strip():
            return shelf.several(asked)
        today = timezone.localdate()
        fitting = set(rows.services(asked, today).values_list("pk", flat=True))
        keys = [key for key in rows.found(asked.search) if key in fitting]
        if asked.format == Format.NDJSON:
            return ndjson(shelf.all(keys, Offer, asked, today))
        contents = list(shelf.all(keys[places(asked)], Offer, asked, today))
        return _dated(page(contents, len(keys), asked, shelf.page))

    return several


def told_service(row: Offer, asked: Any, today: date) -> Record:
    """Return a service as much as is asked for."""
    return said.named(row, today) if asked.minimal else said.service(row, today, full=asked.full)


def one_service(asked: Any, key: UUID) -> Answer:
    """Answer with one service, withdrawn ones included."""
    today = timezone.localdate()
    row = _one(rows.telling(Offer.objects.told(today)), uuid=key)
    told = said.service(row, today, full=True)
    return Answer(told, told.last_modified)


def with_services(found: QuerySet, asked: Any, today: date) -> QuerySet:
    """Return organisations with their contacts and, where they are told, their public offers."""
    public = rows.telling(Offer.objects.published(today).order_by("sort_key", "pk"))
    loaded = found.prefetch_related("contact_points")
    if not (getattr(asked, "full", True) or asked.full_service):
        return loaded
    return loaded.prefetch_related(Prefetch("offers", queryset=public, to_attr="public_offers"))


def told_organization(row: Organisation, asked: Any, today: date) -> Record:
    """Return an organisation, with its services when they were asked for."""
    contacts = [contact for contact in row.contact_points.all() if contact.may_be_told]
    record = said.organization(row, contacts)
    services = [
        said.service(offer, today, full=asked.full_service) for offer in getattr(row, "public_offers", ())
    ]
    return OrganizationWithServices(**dict(record), services=services)


def one_organization(asked: Any, key: UUID) -> Answer:
    """Answer with one organisation and its services."""
    today = timezone.localdate()
    row = _one(with_services(rows.all_organisations(today), asked, today), uuid=key)
    return Answer(told_organization(row, asked, today))


def told_place(row: Any, asked: Any, today: date) -> ServicePlaceWithService:
    """Return a service at a location; with the service when it was asked for."""
    here = [each for each in loaded(row.offer, "opening_hours") if each.venue_id == row.venue_id]
    record = service_place(row.offer, row.venue, here)
    service = said.service(row.offer, today, full=True) if asked.full else None
    return ServicePlaceWithService(**dict(record), service=service)


def places_asked(asked: Any, today: date) -> QuerySet:
    """Return the pairs asked for; raises ProblemError for a circle without a centre."""
    found = rows.places(asked, today)
    if asked.proximity is None:
        return found.filter(venue__postcode=asked.postcode) if asked.postcode else found
    if not asked.postcode:
        sentence = "Skriv også postcode, fx 4000: derfra måler vi."
        raise not_found(sentence, Fault("postcode", sentence))
    points = rows.points(today)
    centre = [point for _, postcode, point in points if postcode == asked.postcode]
    if not centre:
        sentence = "Vi ved ikke, hvor postnummeret ligger. Spørg uden proximity."
        raise not_found(sentence, Fault("postcode", sentence))
    middle = tuple(sum(each) / len(centre) for each in zip(*centre, strict=True))
    near = [key for key, _, point in points if kilometres(middle, point) * 1000 <= asked.proximity]
    return found.filter(Q(venue__in=near) | Q(venue__postcode=asked.postcode))


def one_place(asked: Any, key: UUID) -> Answer:
    """Answer with one service at one location."""
    today = timezone.localdate()
    pairs = rows.all_places(today)
    ids = pairs.values_list("pk", "offer__uuid", "venue__uuid")
    found = [pk for pk, offer, venue in ids if place_id(offer, venue) == key]
    row = _one(rows.telling_places(pairs, full=True), pk__in=found)
    here = [each for each in loaded(row.offer, "opening_hours") if each.venue_id == row.venue_id]
    record = service_place(row.offer, row.venue, here)
    service = said.service(row.offer, today, full=True)
    told = ServicePlaceWithService(**dict(record), service=service)
    return Answer(told, service.last_modified)


def of_values(values: Callable[[Any], Iterable[Record]], kind: type[Page]) -> Callable[..., Answer | File]:
    """Return what answers a list of records that are not rows."""

    def several(asked: Any) -> Answer | File:
        """Answer with a page, or with all."""
        found = list(values(asked))
        if asked.format == Format.NDJSON:
            return ndjson(found)
        return Answer(page(found[places(asked)], len(found), asked, kind))

    return several


def one_value(values: Callable[[], Iterable[Any]]) -> Callable[..., Answer]:
    """Return what answers with one record by its id."""

    def one(asked: Any, key: UUID) -> Answer:
        """Answer with one."""
        for value in values():
            if value.id == key:
                return Answer(value)
        raise not_found(NO_SUCH_ID, Fault("id", NO_SUCH_ID))

    return one


def taxonomies(asked: Any) -> Iterator[Record]:
    """Yield the vocabularies asked for."""
    for vocabulary in terms.ALL:
        if rows.speaks_of(asked.search, vocabulary.name, vocabulary.description):
            yield terms.taxonomy(vocabulary)


def _one(found: QuerySet, **where: Any) -> Any:
    """Return the one row; raises ProblemError when there is none."""
    row = found.filter(**where).first()
    if row is None:
        raise not_found(NO_SUCH_ID, Fault("id", NO_SUCH_ID))
    return row


def _dated(found: Page) -> Answer:
    """Return a page with the time of the latest change on it, where its items know theirs."""
    moments = [each.last_modified for each in found.contents if getattr(each, "last_modified", None)]  # type: ignore[attr-defined]
    return Answer(found, max(moments, default=None))
