"""Where and when, as HSDS has it. A confidential address has no way through here."""

from collections.abc import Iterable
from itertools import groupby
from uuid import UUID, uuid5

from offers.hsds.labels import label
from offers.hsds.records import Address, Location, Schedule, ServicePlace
from offers.models import Offer, OpeningHours, Venue
from offers.regions import region_of

DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
# Equal ends are read as closed, so round the clock ends with the last minute.
LAST_MINUTE = "23:59:00"


def place_id(offer: UUID, venue: UUID) -> UUID:
    """Return the id of an offer at a venue."""
    return uuid5(offer, f"at/{venue}")


def service_place(row: Offer, venue: Venue, hours: Iterable[OpeningHours]) -> ServicePlace:
    """Return that an offer is given at a venue, and in which hours there."""
    return ServicePlace(
        id=place_id(row.uuid, venue.uuid),
        service_id=row.uuid,
        location_id=venue.uuid,
        location=location(venue),
        schedules=schedules(row, hours),
    )


def location(venue: Venue) -> Location:
    """Return a venue; raises ValueError for one whose address is confidential."""
    if not venue.is_disclosable:
        raise ValueError(f"The address of {venue.slug} is confidential.")
    north, east = venue.point or (None, None)
    return Location(
        id=venue.uuid,
        location_type="physical",
        name=venue.name,
        description=venue.access_note,
        latitude=north,
        longitude=east,
        addresses=_addresses(venue),
    )


def _addresses(venue: Venue) -> list[Address]:
    """Return the address; none when a part that HSDS demands is not known."""
    region = region_of(venue.municipality.code) if venue.municipality else ""
    if not (venue.street and venue.postcode and venue.city and region and venue.municipality):
        return []
    return [
        Address(
            id=uuid5(venue.uuid, "address"),
            address_1=venue.street,
            city=venue.city,
            region=f"{venue.municipality.name} Kommune",
            state_province=region,
            postal_code=venue.postcode,
            country="DK",
            address_type="physical",
        )
    ]


def schedules(row: Offer, hours: Iterable[OpeningHours]) -> list[Schedule]:
    """Return the opening hours, days with equal hours together."""
    notes = "Lukket på helligdage." if row.closed_on_public_holidays else ""

    def same(each: OpeningHours) -> tuple[str, ...]:
        """Return what days must have in common to stand together."""
        until = LAST_MINUTE if each.is_round_the_clock else f"{each.closes:%H:%M:%S}"
        ends = (str(each.valid_from or ""), str(each.valid_until or ""))
        venue = str(each.venue.uuid) if each.venue and each.venue.is_disclosable else ""
        return (each.channel, f"{each.opens:%H:%M:%S}", until, *ends, each.note, venue)

    found = []
    for key, rows in groupby(sorted(hours, key=lambda each: (same(each), each.weekday)), key=same):
        days = list(rows)
        told = " ".join(filter(None, (days[0].note, notes)))
        found.append(
            Schedule(
                id=uuid5(row.uuid, "schedule/" + "/".join(key)),
                freq="WEEKLY",
                wkst="MO",
                byday=",".join(dict.fromkeys(DAYS[each.weekday] for each in days)),
                opens_at=key[1],
                closes_at=key[2],
                valid_from=days[0].valid_from,
                valid_to=days[0].valid_until,
                description=label(OpeningHours.Channel, days[0].channel),
                notes=told,
            )
        )
    return found
