"""Offers as HSDS services, for the API, its files and every other outlet: whatever leaves, leaves here.

What is not for the public has no way through: notes to editors, who wrote what, and confidential addresses.
Each function takes rows that `rows` loaded, and makes no query.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import Any, Literal
from uuid import UUID, uuid5

from django.conf import settings
from django.utils import timezone

from offers.ages import age_in_words
from offers.hsds import terms
from offers.hsds.labels import label
from offers.hsds.loading import loaded
from offers.hsds.places import schedules, service_place
from offers.hsds.records import (
    Area,
    Attribute,
    CostOption,
    Identifier,
    Link,
    Organization,
    Phone,
    Service,
    SpokenLanguage,
    Term,
)
from offers.hsds.uris import email, uri
from offers.models import Closure, ContactPoint, Offer, Organisation

Status = Literal["active", "temporarily closed", "defunct"]
PHONES: dict[str, Literal["voice", "text"]] = {
    ContactPoint.Kind.PHONE: "voice",
    ContactPoint.Kind.SMS: "text",
}
WHOLE_COUNTRY = ("Hele landet", "DK")


def service(row: Offer, today: date, *, full: bool) -> Service:
    """Return an offer: what it says itself, or, when `full`, all that hangs on it, too.

    Of one that is withdrawn only that it is.
    """
    base: dict[str, Any] = {
        "id": row.uuid,
        "name": row.title,
        "organization_id": row.organisation.uuid,
        "last_modified": last_modified(row, today),
    }
    if not row.is_published(today):
        return Service(**base, status="defunct", organization=organization(row.organisation))
    closures = [closure for closure in loaded(row, "closures") if closure.ends_on >= today]
    contacts = [contact for contact in loaded(row, "contact_points") if contact.may_be_told]
    base |= {
        "status": _status(closures, today),
        "organization": organization(row.organisation),
        "description": "\n\n".join(filter(None, (row.summary.strip(), row.description.strip()))),
        "url": uri(row.url),
        "email": _mailbox(contacts),
        "application_process": _application(row),
        "eligibility_description": _for_whom(row),
        "minimum_age": row.min_age,
        "maximum_age": row.max_age,
        "fees_description": _fees(row),
        "alert": " ".join(map(_closed, closures)),
        "assured_date": row.verified_on,
        "assurer_email": email(settings.CONTACT_EMAIL),
    }
    return Service(**base, **(_around(row, contacts) if full else {}))


def named(row: Offer, today: date) -> Service:
    """Return no more of an offer than HSDS demands."""
    closures = [closure for closure in loaded(row, "closures") if closure.ends_on >= today]
    return Service(
        id=row.uuid,
        name=row.title,
        organization_id=row.organisation.uuid,
        last_modified=last_modified(row, today),
        status=_status(closures, today) if row.is_published(today) else "defunct",
    )


def last_modified(row: Offer, today: date) -> datetime:
    """Return when anything that is told of an offer was changed, in whole seconds.

    Beginning and ending to be public, or closed, are changes, too.
    """
    around: list[Any] = [row.organisation, *loaded(row, "contact_points")]
    for relation in ("venues", "needs", "target_groups", "formats", "languages", "legal_bases"):
        around += loaded(row, relation)
    moments = [row.updated_at, *(each.updated_at for each in around)]
    for closure in loaded(row, "closures"):
        moments += [_midnight(day) for day in (closure.starts_on, _after(closure.ends_on)) if day <= today]
    if row.publish_from and row.publish_from <= today:
        moments.append(_midnight(row.publish_from))
    if row.publish_until and row.publish_until < today:
        moments.append(_midnight(_after(row.publish_until)))
    return max(moments).astimezone(timezone.get_default_timezone()).replace(microsecond=0)


def organization(row: Organisation, contacts: Sequence[ContactPoint] = ()) -> Organization:
    """Return an organisation, with those of its own `contacts` that are telephones and mailboxes."""
    kind = "" if row.kind == Organisation.Kind.UNKNOWN else label(Organisation.Kind, row.kind)
    identifier = Identifier(
        id=uuid5(row.uuid, "cvr"),
        identifier_scheme="DK-CVR",
        identifier_type="CVR-nummer",
        identifier=row.cvr,
    )
    return Organization(
        id=row.uuid,
        name=row.name,
        description=kind or row.name,
        legal_status=kind,
        website=uri(row.url),
        email=_mailbox(contacts),
        parent_organization_id=row.parent.uuid if row.parent else None,
        organization_identifiers=[identifier] if row.cvr else None,
        phones=_phones(row.uuid, contacts),
    )


def _around(row: Offer, contacts: Sequence[ContactPoint]) -> dict[str, Any]:
    """Return what hangs on an offer; of its contacts, these."""
    hours = list(loaded(row, "opening_hours"))
    places = [venue for venue in loaded(row, "venues") if venue.is_disclosable]
    here = {venue.pk for venue in places}
    return {
        "additional_urls": _links(row, contacts),
        "phones": _phones(row.uuid, contacts),
        "schedules": schedules(row, [each for each in hours if each.venue_id not in here]),
        "service_areas": _areas(row),
        "service_at_locations": [
            service_place(row, venue, [each for each in hours if each.venue_id == venue.pk])
            for venue in places
        ],
        "languages": [
            SpokenLanguage(id=uuid5(row.uuid, f"language/{each.slug}"), name=each.name, code=each.slug)
            for each in loaded(row, "languages")
        ],
        "cost_options": _costs(row),
        "attributes": _attributes(row),
    }


def _status(closures: Iterable[Closure], today: date) -> Status:
    """Return whether one can come today."""
    closed = any(closure.starts_on <= today for closure in closures)
    return "temporarily closed" if closed else "active"


def _closed(closure: Closure) -> str:
    """Return on which days it is closed, in words."""
    first, last = f"{closure.starts_on:%d.%m.%Y}", f"{closure.ends_on:%d.%m.%Y}"
    days = f"Lukket {first}" if first == last else f"Lukket {first}–{last}"
    return f"{days} ({closure.reason})." if closure.reason else f"{days}."


def _application(row: Offer) -> str:
    """Return how one gets the help, in words."""
    known = [*row.way_in_note.splitlines(), row.starts_note, row.duration_note]
    if row.way_in != Offer.WayIn.UNKNOWN:
        known.insert(0, f"{label(Offer.WayIn, row.way_in)}.")
    if row.anonymous != Offer.Anonymous.UNKNOWN:
        known.append(f"{label(Offer.Anonymous, row.anonymous)}.")
    return "\n".join(filter(None, map(str.strip, known)))


def _for_whom(row: Offer) -> str:
    """Return for whom it is, in words."""
    ages = "" if row.min_age is None and row.max_age is None else age_in_words(row.min_age, row.max_age)
    groups = ", ".join(each.name for each in loaded(row, "target_groups"))
    return ". ".join(filter(None, (groups, ages)))


def _fees(row: Offer) -> str:
    """Return the price in words."""
    known = "" if row.cost == Offer.Cost.UNKNOWN else f"{label(Offer.Cost, row.cost)}."
    return " ".join(filter(None, (known, row.cost_note)))


def _costs(row: Offer) -> list[CostOption]:
    """Return the price as an amount; only “free” is one that we know."""
    if row.cost != Offer.Cost.FREE:
        return []
    return [CostOption(id=uuid5(row.uuid, "cost"), option="Gratis", amount=0, currency="DKK")]


def _mailbox(contacts: Iterable[ContactPoint]) -> str | None:
    """Return the first mailbox of these contacts."""
    boxes = (email(each.value) for each in contacts if each.kind == ContactPoint.Kind.EMAIL)
    return next((box for box in boxes if box), None)


def _phones(owner: UUID, contacts: Iterable[ContactPoint]) -> list[Phone]:
    """Return the telephone numbers of `owner` among these contacts."""
    return [
        Phone(
            id=uuid5(owner, f"phone/{each.kind}/{each.value}"),
            number=each.value,
            type=PHONES[each.kind],
            description=each.label,
        )
        for each in contacts
        if each.kind in PHONES
    ]


def _links(row: Offer, contacts: Iterable[ContactPoint]) -> list[Link]:
    """Return where one can read more, write or sign up on the web; our own page first."""
    found = [("Læs mere", settings.BASE_URL + row.get_absolute_url()), ("Tilmelding", row.apply_url)]
    webs = (ContactPoint.Kind.CHAT, ContactPoint.Kind.WEB)
    found += [
        (each.label or label(ContactPoint.Kind, each.kind), each.value)
        for each in contacts
        if each.kind in webs
    ]
    known = dict.fromkeys((label, uri(address)) for label, address in found)
    return [
        Link(id=uuid5(row.uuid, f"url/{label}/{address}"), label=label, url=address)
        for label, address in known
        if address
    ]


def _areas(row: Offer) -> list[Area]:
    """Return where one has to live."""
    places = [(f"{each.name} Kommune", each.code) for each in loaded(row, "municipalities")]
    return [
        Area(id=uuid5(row.uuid, f"area/{code}"), name=name, extent_type="text", extent=code)
        for name, code in places or [WHOLE_COUNTRY]
    ]


def _attributes(row: Offer) -> list[Attribute]:
    """Return what HSDS has no field for."""
    found: list[Attribute] = []
    for vocabulary in terms.ALL:
        words = (
            [terms.of_row(vocabulary, each) for each in loaded(row, vocabulary.relation)]
            if vocabulary.relation
            else terms.access_terms(row)
        )
        found += [_word(row, vocabulary, each) for each in words]
    if row.easy_text:
        found.append(
            Attribute(
                id=uuid5(row.uuid, "attribute/easy"),
                link_type="easy_text",
                link_entity="service",
                label="Let at læse",
                value=row.easy_text,
            )
        )
    return found


def _word(row: Offer, vocabulary: terms.Vocabulary, word: Term) -> Attribute:
    """Return that a word of a vocabulary fits the offer."""
    return Attribute(
        id=uuid5(row.uuid, f"attribute/{word.id}"),
        link_type=vocabulary.link_type,
        link_entity="service",
        label=vocabulary.name,
        taxonomy_term=word,
    )


def _after(day: date) -> date:
    """Return the next day."""
    return day + timedelta(days=1)


def _midnight(day: date) -> datetime:
    """Return when the day begins in Denmark."""
    return timezone.make_aware(datetime(day.year, day.month, day.day))
