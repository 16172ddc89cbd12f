"""All services as the Tabular Data Package of HSDS: a table for each kind of object, and what they mean.

The descriptor is made of the same models as the API. The tables are exact, since programs read them: a
text may look like a formula. People have the table of `offers.hsds.table`.
"""

import csv
import json
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO, Any
from uuid import UUID, uuid5

from django.conf import settings

from offers.archive import SteadyZip
from offers.hsds import records, terms
from offers.hsds.api import API, LICENCE, VERSION
from offers.hsds.records import Organization, Service, ServicePlace

# A row of a table: the name of the table, and its cells by column.
Row = tuple[str, dict[str, Any]]


@dataclass(frozen=True)
class Table:
    """One table: its name and file by HSDS, the object in a row, and which columns lead to which tables."""

    name: str
    path: str
    record: str
    links: dict[str, str] = field(default_factory=dict)

    @property
    def columns(self) -> dict[str, dict[str, Any]]:
        """The schema of each column: what is no list and no object, and the links."""
        schemas = API.document["components"]["schemas"]
        own = schemas[self.record]["properties"] if self.record else META
        plain = {name: schema for name, schema in own.items() if schema.get("type", "array") != "array"}
        return plain | {name: LINK for name in self.links if name not in plain}

    @property
    def required(self) -> set[str]:
        """The columns in which every row has something."""
        if not self.record:
            return set(META)
        return set(API.document["components"]["schemas"][self.record]["required"])


LINK = {"type": "string", "format": "uuid"}
META: dict[str, dict[str, Any]] = {
    "id": LINK,
    **{name: {"type": "string"} for name in ("name", "language", "character_set")},
}
OF_SERVICE = {"service_id": "service"}
# Names, files and order are those of HSDS.
TABLES = (
    Table("organization", "organizations.csv", "Organization", {"parent_organization_id": "organization"}),
    Table("service", "services.csv", "Service", {"organization_id": "organization"}),
    Table(
        "attribute",
        "attributes.csv",
        "Attribute",
        {"link_id": "service", "taxonomy_term_id": "taxonomy_term"},
    ),
    Table(
        "service_at_location",
        "service_at_location.csv",
        "ServicePlace",
        {**OF_SERVICE, "location_id": "location"},
    ),
    Table("location", "locations.csv", "Location"),
    Table("phone", "phones.csv", "Phone", {**OF_SERVICE, "organization_id": "organization"}),
    Table("address", "addresses.csv", "Address", {"location_id": "location"}),
    Table(
        "schedule",
        "schedules.csv",
        "Schedule",
        {**OF_SERVICE, "service_at_location_id": "service_at_location"},
    ),
    Table("service_area", "service_areas.csv", "Area", OF_SERVICE),
    Table("language", "languages.csv", "SpokenLanguage", OF_SERVICE),
    Table(
        "taxonomy_term",
        "taxonomy_terms.csv",
        "Term",
        {"parent_id": "taxonomy_term", "taxonomy_id": "taxonomy"},
    ),
    Table("meta_table_description", "meta_table_descriptions.csv", ""),
    Table("cost_option", "cost_options.csv", "CostOption", OF_SERVICE),
    Table(
        "organization_identifier",
        "organization_identifiers.csv",
        "Identifier",
        {"organization_id": "organization"},
    ),
    Table("taxonomy", "taxonomies.csv", "Taxonomy"),
    Table("url", "url.csv", "Link", OF_SERVICE),
)


def write(
    file: IO[bytes], organizations: Iterable[Organization], known: set[UUID], services: Iterable[Service]
) -> None:
    """Write the package as an archive; `known` are the ids of all `organizations`.

    What does not fit in memory waits in a folder of its own.
    """
    with TemporaryDirectory(prefix="vejviser-hsds-") as folder, SteadyZip(file) as archive:
        archive.writestr("datapackage.json", json.dumps(descriptor(), ensure_ascii=False, indent=1))
        sources = (_of_words(), _of_organizations(organizations, known), _of_services(services), _meta())
        _fill(Path(folder), sources)
        for table in TABLES:
            archive.write(Path(folder, table.path), table.path)


def _fill(folder: Path, sources: Iterable[Iterable[Row]]) -> None:
    """Write all rows to the files of their tables."""
    with ExitStack() as stack:
        writers = {}
        for table in TABLES:
            file = stack.enter_context(Path(folder, table.path).open("w", encoding="utf-8", newline=""))
            writers[table.name] = csv.DictWriter(file, list(table.columns), lineterminator="\n")
            writers[table.name].writeheader()
        for source in sources:
            for name, row in source:
                writers[name].writerow(row)


def _of_words() -> Iterator[Row]:
    """Yield the rows of the vocabularies."""
    for vocabulary in terms.ALL:
        yield "taxonomy", _own("taxonomy", terms.taxonomy(vocabulary))
        for word in terms.words_of(vocabulary):
            yield "taxonomy_term", _own("taxonomy_term", word)


def _of_organizations(organizations: Iterable[Organization], known: set[UUID]) -> Iterator[Row]:
    """Yield the rows of the organisations; one above them that nobody hears of is no parent."""
    for each in organizations:
        row = _own("organization", each)
        if each.parent_organization_id not in known:
            row["parent_organization_id"] = None
        yield "organization", row
        yield from _hanging("phone", each.phones, organization_id=each.id)
        yield from _hanging(
            "organization_identifier", each.organization_identifiers, organization_id=each.id
        )


def _of_services(services: Iterable[Service]) -> Iterator[Row]:
    """Yield the rows of the services and of all that hangs on them, each place once."""
    known: set[UUID] = set()
    for service in services:
        link = {"service_id": service.id}
        yield "service", _own("service", service)
        yield from _hanging("phone", service.phones, **link)
        yield from _hanging("url", service.additional_urls, **link)
        yield from _hanging("schedule", service.schedules, **link)
        yield from _hanging("service_area", service.service_areas, **link)
        yield from _hanging("language", service.languages, **link)
        yield from _hanging("cost_option", service.cost_options, **link)
        for each in service.attributes or []:
            term = each.taxonomy_term.id if each.taxonomy_term else None
            yield from _hanging("attribute", [each], link_id=service.id, taxonomy_term_id=term)
        for place in service.service_at_locations or []:
            yield from _of_place(place, known)


def _of_place(place: ServicePlace, known: set[UUID]) -> Iterator[Row]:
    """Yield the rows of a service at a location, and of the location, unless it is `known`."""
    yield "service_at_location", _own("service_at_location", place)
    yield from _hanging("schedule", place.schedules, service_at_location_id=place.id)
    if place.location_id not in known:
        known.add(place.location_id)
        yield "location", _own("location", place.location)
        yield from _hanging("address", place.location.addresses, location_id=place.location_id)


def _meta() -> Iterator[Row]:
    """Yield in which language and letters each table is written."""
    for table in TABLES:
        key = uuid5(terms.NEEDS.id, f"table/{table.name}")
        yield (
            "meta_table_description",
            {"id": key, "name": table.name, "language": "da", "character_set": "UTF-8"},
        )


def _hanging(name: str, several: Iterable[Any] | None, **links: Any) -> Iterator[Row]:
    """Yield the rows of records that hang on another, to which `links` lead."""
    for record in several or []:
        yield name, _own(name, record) | links


def _own(name: str, record: Any) -> dict[str, Any]:
    """Return the cells of a record by itself."""
    return {column: _cell(getattr(record, column)) for column in _columns(name)}


@cache
def _columns(name: str) -> list[str]:
    """Return the columns of a table that a record has itself."""
    (table,) = (each for each in TABLES if each.name == name)
    return [column for column in table.columns if column in getattr(records, table.record).model_fields]


def _cell(value: Any) -> Any:
    """Return a value as the API writes it."""
    return value.isoformat() if hasattr(value, "isoformat") else value


def descriptor() -> dict[str, Any]:
    """Return `datapackage.json`: the tables that are there, and nothing else."""
    name, url = LICENCE
    return {
        "profile": "tabular-data-package",
        "name": "human_services_data",
        "title": f"{settings.SITE_NAME}: tilbud efter HSDS {VERSION}",
        "description": API.description,
        "homepage": f"{settings.BASE_URL}/data/",
        "version": f"{VERSION}.0",
        "licenses": [{"name": name.replace(" ", "-"), "title": name, "path": url}],
        "sources": [{"title": settings.SITE_NAME, "path": settings.BASE_URL}],
        "resources": [_resource(table) for table in TABLES],
    }


def _resource(table: Table) -> dict[str, Any]:
    """Return what the descriptor tells of one table."""
    schema = API.document["components"]["schemas"].get(table.record, {})
    return {
        "name": table.name,
        "path": table.path,
        "description": schema.get(
            "description", "Sprog og tegnsæt i hver tabel. (Language of each table.)"
        ),
        "profile": "tabular-data-resource",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": {
            "fields": [_field(table, *column) for column in table.columns.items()],
            "primaryKey": ["id"],
            "foreignKeys": [
                {
                    "fields": [column],
                    # A table is named by nothing in its own keys (Table Schema, “foreignKeys”).
                    "reference": {"resource": "" if other == table.name else other, "fields": ["id"]},
                }
                for column, other in table.links.items()
            ],
        },
    }


def _field(table: Table, name: str, schema: dict[str, Any]) -> dict[str, Any]:
    """Return what the descriptor tells of one column."""
    kinds = {"date": {"type": "date"}, "date-time": {"type": "datetime"}}
    form = schema.get("format", "")
    told = kinds.get(form, {"type": schema["type"]} | ({"format": form} if form else {}))
    limits: dict[str, Any] = {"required": True} if name in table.required else {}
    if name == "id":
        limits["unique"] = True
    if "enum" in schema or "const" in schema:
        limits["enum"] = schema.get("enum") or [schema["const"]]
    about = {"description": schema["description"]} if "description" in schema else {}
    return {"name": name, **told, **about, **({"constraints": limits} if limits else {})}
