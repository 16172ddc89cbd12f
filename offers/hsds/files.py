"""All offers in one file: for programs as HSDS, and for people as a table. Made while they are read."""

from collections.abc import Iterator
from typing import Any

from django.utils import timezone

from offers.api.endpoint import Endpoint
from offers.api.parameters import Asked
from offers.api.records import File, ndjson
from offers.csv_file import lines
from offers.hsds import rows
from offers.hsds.api import SERVICES
from offers.hsds.asked import ServicesAsked
from offers.hsds.records import Service
from offers.models import Offer

EVERYTHING = ServicesAsked(full=True)
HEADINGS = (
    *("Id", "Tilbud", "Kort fortalt", "Organisation", "Behov", "Målgrupper", "Former", "Adgang"),
    *("Yngste alder", "Ældste alder", "Pris", "Sådan får du hjælpen", "Telefon", "E-mail", "Hjemmeside"),
    *("Steder", "Hvor man skal bo", "Sprog", "Lovgrundlag", "Sidst kontrolleret", "Ændret", "Side"),
)


def all_services() -> Iterator[Any]:
    """Yield every service with all that is told of it, withdrawn ones included."""
    today = timezone.localdate()
    keys = list(rows.services(EVERYTHING, today).values_list("pk", flat=True))
    return SERVICES.all(keys, Offer, EVERYTHING, today)


def table() -> Iterator[list[object]]:
    """Yield the headings, and a row for each service that one can get."""
    yield list(HEADINGS)
    for service in all_services():
        if service.status != "defunct":
            yield _row(service)


def _row(service: Service) -> list[object]:
    """Return what the table says of a service, in the order of `HEADINGS`."""
    words: dict[str, list[str]] = {}
    for attribute in service.attributes or []:
        if attribute.taxonomy_term:
            words.setdefault(attribute.link_type, []).append(attribute.taxonomy_term.name)
    places = [place.location for place in service.service_at_locations or []]
    links = service.additional_urls or []
    cells = [
        service.id,
        service.name,
        (service.description or "").partition("\n\n")[0],
        service.organization.name if service.organization else "",
        *(words.get(name) for name in ("service_type", "intended_audience", "service_format", "access")),
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
        words.get("legal_basis"),
        service.assured_date,
        service.last_modified.date(),
        links[0].url if links else "",
    ]
    return [", ".join(cell) if isinstance(cell, list) else "" if cell is None else cell for cell in cells]


def _where(place: Any) -> str:
    """Return a place in one line."""
    known = [place.name]
    known += [f"{each.address_1}, {each.postal_code} {each.city}" for each in place.addresses or []]
    return ": ".join(known)


def _as_lines(asked: Asked) -> File:
    """Answer with all services, one a line."""
    return ndjson(all_services(), "tilbud.ndjson")


def _as_table(asked: Asked) -> File:
    """Answer with all services that one can get, as a table."""
    return File("text/csv; charset=utf-8", lines(table()), "tilbud.csv")


NDJSON = Endpoint(
    "/data/services.ndjson", "getFile", "Filer", "Alle tilbud", "", Asked, Service, _as_lines, rows.version
)
CSV = Endpoint(
    "/data/tilbud.csv", "getTable", "Filer", "Alle tilbud", "", Asked, Service, _as_table, rows.version
)
