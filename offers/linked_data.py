"""What an offer's page tells machines: schema.org in JSON-LD, and nothing that the page does not show."""

import json
from collections.abc import Iterable
from datetime import date, time
from typing import Any

from django.conf import settings
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from offers.models import ContactPoint, Offer, OpeningHours, Organisation, Venue

AUTHORITIES = (Organisation.Kind.MUNICIPALITY, Organisation.Kind.REGION, Organisation.Kind.STATE)
TYPES = dict.fromkeys(AUTHORITIES, "GovernmentOrganization") | {Organisation.Kind.ASSOCIATION: "NGO"}
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
# What would end the script element, or begin another (HTML, 4.12.1.3), is written as JSON's own escapes.
ESCAPES = {ord(char): f"\\u{ord(char):04X}" for char in "<>&\u2028\u2029"}


def script(offer: Offer, closures: Iterable[Any] = ()) -> SafeString:
    """Return the content of a script element of type application/ld+json; see `linked_data`."""
    text = json.dumps(linked_data(offer, closures), ensure_ascii=False, indent=1)
    return SafeString(text.translate(ESCAPES))


def linked_data(offer: Offer, closures: Iterable[Any] = ()) -> dict[str, Any]:
    """Return the offer as a schema.org service, without empty values and without confidential places.

    `offer` is loaded by `OfferQuerySet.for_page`; `closures` are those still to come.
    """
    is_public = offer.organisation.kind in AUTHORITIES
    return _filled(
        {
            "@context": "https://schema.org",
            "@type": "GovernmentService" if is_public else "Service",
            "@id": (address := settings.BASE_URL + offer.get_absolute_url()),
            "url": address,
            "name": offer.title,
            "description": offer.summary,
            "serviceType": [need.label for need in offer.needs.all()],
            "sameAs": offer.url,
            "provider": _organisation(offer.organisation),
            "areaServed": _area(offer),
            "audience": _audience(offer),
            "availableChannel": [_channel(contact) for contact in offer.contact_points.all()]
            + [_location(venue) for venue in offer.venues.all() if venue.is_disclosable],
            "hoursAvailable": [_hours(row) for row in offer.opening_hours.all()]
            + [_closed(row.starts_on, row.ends_on) for row in closures if offer.opening_hours.all()],
            "offers": offer.cost == Offer.Cost.FREE
            and {"@type": "Offer", "price": "0", "priceCurrency": "DKK"},
        }
    )


def _filled(facts: dict[str, Any]) -> dict[str, Any]:
    """Return `facts` without those that say nothing; a list of one stands as the one."""
    return {
        name: value[0] if isinstance(value, list) and len(value) == 1 else value
        for name, value in facts.items()
        if value
    }


def _organisation(organisation: Organisation) -> dict[str, Any]:
    """Return who gives the help, and what it is part of."""
    parent = organisation.parent
    return _filled(
        {
            "@type": TYPES.get(Organisation.Kind(organisation.kind), "Organization"),
            "name": organisation.name,
            "url": organisation.url,
            "parentOrganization": parent and _filled({"@type": "Organization", "name": parent.name}),
        }
    )


def _area(offer: Offer) -> list[dict[str, str]]:
    """Return where one has to live: the municipalities, or the whole country."""
    kommune = gettext("{name} Kommune")
    places = [
        {"@type": "AdministrativeArea", "name": kommune.format(name=place.name), "identifier": place.code}
        for place in offer.municipalities.all()
    ]
    return places or [{"@type": "Country", "name": gettext("Danmark"), "identifier": "DK"}]


def _audience(offer: Offer) -> dict[str, Any] | None:
    """Return for whom it is, with the ages in years; None when it is for everybody."""
    facts = {
        "audienceType": ", ".join(group.label for group in offer.target_groups.all()),
        "suggestedMinAge": offer.min_age,
        "suggestedMaxAge": offer.max_age,
    }
    said = {name: value for name, value in facts.items() if value not in ("", None)}
    return {"@type": "PeopleAudience", **said} if said else None


def _channel(contact: ContactPoint) -> dict[str, Any]:
    """Return one way to reach the offer."""
    phone = _filled({"@type": "ContactPoint", "telephone": contact.value, "name": contact.label})
    keys = {ContactPoint.Kind.PHONE: "servicePhone", ContactPoint.Kind.SMS: "serviceSmsNumber"}
    key = keys.get(ContactPoint.Kind(contact.kind))
    how = {key: phone} if key else {"serviceUrl": contact.href}
    return {"@type": "ServiceChannel", "name": contact.get_kind_display(), **how}


def _location(venue: Venue) -> dict[str, Any]:
    """Return a place that the public may know."""
    street = _filled(
        {
            "streetAddress": venue.street,
            "postalCode": venue.postcode,
            "addressLocality": venue.city,
            "addressCountry": "DK",
        }
    )
    point = {"@type": "GeoCoordinates", "latitude": venue.latitude, "longitude": venue.longitude}
    place = {
        "@type": "Place",
        "name": venue.name,
        "address": {"@type": "PostalAddress", **street},
        "geo": venue.latitude is not None and point,
    }
    return {"@type": "ServiceChannel", "name": gettext("Fremmøde"), "serviceLocation": _filled(place)}


def _hours(row: OpeningHours) -> dict[str, Any]:
    """Return one interval; what closes before it opens closes the day after, as schema.org has it.

    Round the clock is 00:00–23:59, since equal ends are read as closed.
    """
    closes = time(23, 59) if row.is_round_the_clock else row.closes
    return _filled(
        {
            "@type": "OpeningHoursSpecification",
            "description": row.get_channel_display(),
            "dayOfWeek": f"https://schema.org/{DAYS[row.weekday]}",
            "opens": f"{row.opens:%H:%M}",
            "closes": f"{closes:%H:%M}",
            "validFrom": row.valid_from and row.valid_from.isoformat(),
            "validThrough": row.valid_until and row.valid_until.isoformat(),
        }
    )


def _closed(first: date, last: date) -> dict[str, Any]:
    """Return days on which it is closed, both included."""
    return {
        "@type": "OpeningHoursSpecification",
        "opens": "00:00",
        "closes": "00:00",
        "validFrom": first.isoformat(),
        "validThrough": last.isoformat(),
    }
