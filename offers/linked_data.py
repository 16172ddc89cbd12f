"""What an offer's page tells machines: schema.org in JSON-LD, made of the same record as all open data."""

import json
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import override

from offers.hsds import rows, said, terms
from offers.hsds.labels import label
from offers.hsds.records import Area, Link, Location, Organization, Phone, Schedule, Service
from offers.models import Offer, Organisation

AUTHORITIES = (Organisation.Kind.MUNICIPALITY, Organisation.Kind.REGION, Organisation.Kind.STATE)
TYPES = dict.fromkeys(AUTHORITIES, "GovernmentOrganization") | {Organisation.Kind.ASSOCIATION: "NGO"}
DAYS = dict(
    zip(
        ("MO", "TU", "WE", "TH", "FR", "SA", "SU"),
        ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
        strict=True,
    )
)
# What would end the script element, or begin another (HTML, 4.12.1.3), is written as JSON's own escapes.
ESCAPES = {ord(char): f"\\u{ord(char):04X}" for char in "<>&\u2028\u2029"}
LANGUAGE = "da"  # of the data, whatever that of the page


def script(offer: Offer, closures: Iterable[Any] = ()) -> SafeString:
    """Return the content of a script element of type application/ld+json; see `linked_data`.

    `offer` is loaded by `OfferQuerySet.for_page`; `closures` are those still to come.
    """
    with override(LANGUAGE):
        service = said.service(rows.of_page(offer), timezone.localdate(), full=True)
        facts = linked_data(service, [(row.starts_on, row.ends_on) for row in closures])
    text = json.dumps(facts, ensure_ascii=False, indent=1)
    return SafeString(text.translate(ESCAPES))


def linked_data(service: Service, closed: Iterable[tuple[date, date]] = ()) -> dict[str, Any]:
    """Return a service as schema.org has it, without empty values.

    `closed` are the first and the last of days on which it is closed, for those with opening hours.
    """
    provider = _organisation(service.organization) if service.organization else {}
    is_public = provider.get("@type") == "GovernmentOrganization"
    places = service.service_at_locations or []
    hours = [*(service.schedules or []), *(each for place in places for each in place.schedules or [])]
    return _filled(
        {
            "@context": "https://schema.org",
            "@type": "GovernmentService" if is_public else "Service",
            "@id": service.page,
            "url": service.page,
            # A service has no language, but the page about it has; all texts here are of that page.
            "mainEntityOfPage": {"@type": "WebPage", "@id": service.page, "inLanguage": LANGUAGE},
            "name": service.name,
            "description": service.summary,
            "serviceType": service.words("service_type"),
            "sameAs": service.url,
            "provider": provider,
            "areaServed": [_area(area) for area in service.service_areas or []],
            "audience": _audience(service),
            "availableChannel": _channels(service),
            "hoursAvailable": [_hours(row) for row in hours] + [_closed(*days) for days in closed if hours],
            "offers": [
                {"@type": "Offer", "price": f"{cost.amount:g}", "priceCurrency": cost.currency}
                for cost in service.cost_options or []
            ],
        }
    )


def _filled(facts: dict[str, Any]) -> dict[str, Any]:
    """Return `facts` without those that say nothing; a list of one stands as the one."""
    return {
        name: value[0] if isinstance(value, list) and len(value) == 1 else value
        for name, value in facts.items()
        if value
    }


def _organisation(told: Organization) -> dict[str, Any]:
    """Return who gives the help, by the name that it has in the API, and what it is part of."""
    kinds = {label(Organisation.Kind, kind): name for kind, name in TYPES.items()}
    above = told.parent_organization_id
    return _filled(
        {
            "@type": kinds.get(told.legal_status or "", "Organization"),
            "@id": terms.address("organizations", told.id),
            "name": told.name,
            "url": told.website,
            "parentOrganization": above
            and {"@type": "Organization", "@id": terms.address("organizations", above)},
        }
    )


def _area(area: Area) -> dict[str, str]:
    """Return where one has to live: a municipality, or the whole country."""
    if (area.name, area.extent) == said.WHOLE_COUNTRY:
        return {"@type": "Country", "name": "Danmark", "identifier": area.extent}
    return {"@type": "AdministrativeArea", "name": area.name, "identifier": area.extent}


def _audience(service: Service) -> dict[str, Any] | None:
    """Return for whom it is, with the ages in years; None when it is for everybody."""
    facts = {
        "audienceType": ", ".join(service.words("intended_audience")),
        "suggestedMinAge": service.minimum_age,
        "suggestedMaxAge": service.maximum_age,
    }
    known = {name: value for name, value in facts.items() if value not in ("", None)}
    return {"@type": "PeopleAudience", **known} if known else None


def _channels(service: Service) -> list[dict[str, Any]]:
    """Return the ways to reach it: numbers, the mailbox, other addresses than our own page, and places."""
    mail = {"serviceUrl": f"mailto:{service.email}", "name": "E-mail"} if service.email else None
    found = [_number(phone) for phone in service.phones or []]
    found += [mail] if mail else []
    found += [_address(link) for link in (service.additional_urls or [])[1:]]
    found += [
        {"name": "Fremmøde", "serviceLocation": _place(place.location)}
        for place in service.service_at_locations or []
    ]
    spoken = [language.code for language in service.languages or []]
    return [_filled({"@type": "ServiceChannel", **each, "availableLanguage": spoken}) for each in found]


def _number(phone: Phone) -> dict[str, Any]:
    """Return a number to ring or to write to."""
    contact = _filled({"@type": "ContactPoint", "telephone": phone.number, "name": phone.description})
    if phone.type == "text":
        return {"name": "SMS", "serviceSmsNumber": contact}
    return {"name": "Telefon", "servicePhone": contact}


def _address(link: Link) -> dict[str, str]:
    """Return a chat, a form or another page."""
    return {"name": link.label, "serviceUrl": link.url}


def _place(location: Location) -> dict[str, Any]:
    """Return a place that the public may know."""
    point = {"@type": "GeoCoordinates", "latitude": location.latitude, "longitude": location.longitude}
    addresses = [
        {
            "@type": "PostalAddress",
            "streetAddress": each.address_1,
            "postalCode": each.postal_code,
            "addressLocality": each.city,
            "addressRegion": each.state_province,
            "addressCountry": each.country,
        }
        for each in location.addresses or []
    ]
    geo = location.latitude is not None and point
    return _filled({"@type": "Place", "name": location.name, "address": addresses, "geo": geo})


def _hours(row: Schedule) -> dict[str, Any]:
    """Return one interval; what closes before it opens closes the day after, as schema.org has it."""
    return _filled(
        {
            "@type": "OpeningHoursSpecification",
            "description": row.description,
            "dayOfWeek": [f"https://schema.org/{DAYS[day]}" for day in row.byday.split(",")],
            "opens": row.opens_at,
            "closes": row.closes_at,
            "validFrom": row.valid_from and row.valid_from.isoformat(),
            "validThrough": row.valid_to and row.valid_to.isoformat(),
        }
    )


def _closed(first: date, last: date) -> dict[str, Any]:
    """Return days on which it is closed, both included."""
    return {
        "@type": "OpeningHoursSpecification",
        "opens": "00:00:00",
        "closes": "00:00:00",
        "validFrom": first.isoformat(),
        "validThrough": last.isoformat(),
    }
