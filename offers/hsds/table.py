"""Services as a table for people: a row for each that one can get, under Danish headings."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from offers.hsds.records import Location, Service

HEADINGS = (
    *("Id", "Tilbud", "Kort fortalt", "Organisation", "Behov", "Målgrupper", "Former", "Adgang"),
    *("Yngste alder", "Ældste alder", "Pris", "Sådan får du hjælpen", "Telefon", "E-mail", "Hjemmeside"),
    *("Steder", "Hvor man skal bo", "Sprog", "Lovgrundlag", "Sidst kontrolleret", "Ændret", "Side"),
)
Cell = str | int | date


def table(services: Iterable[Service]) -> Iterator[list[Cell]]:
    """Yield the headings, and a row for each service that one can get; what is not known is empty."""
    yield list(HEADINGS)
    for service in services:
        if service.status != "defunct":
            yield _row(service)


def _row(service: Service) -> list[Cell]:
    """Return what the table says of a service, in the order of `HEADINGS`."""
    places = [place.location for place in service.service_at_locations or []]
    cells: list[Any] = [
        str(service.id),
        service.name,
        service.summary,
        service.organization.name if service.organization else "",
        *map(service.words, ("service_type", "intended_audience", "service_format", "access")),
        service.minimum_age,
        service.maximum_age,
        service.fees_description,
        service.application_process,
        [phone.number for phone in service.phones or []],
        service.email,
        service.url,
        [_where(place) for place in places],
        [area.name for area in service.service_areas or []],
        [language.name for language in service.languages or []],
        service.words("legal_basis"),
        service.assured_date,
        service.last_modified.date(),
        service.page,
    ]
    return [", ".join(cell) if isinstance(cell, list) else "" if cell is None else cell for cell in cells]


def _where(place: Location) -> str:
    """Return a place in one line."""
    known = [place.name]
    known += [f"{each.address_1}, {each.postal_code} {each.city}" for each in place.addresses or []]
    return ": ".join(known)
