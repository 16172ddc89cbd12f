"""All offers in one file: for programs as HSDS, and for people as a table. Each is made row by row."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import IO, Any

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from offers.api.records import NDJSON, ndjson
from offers.csv_file import lines
from offers.hsds import rows, tabular, workbook
from offers.hsds.api import ORGANIZATIONS, SERVICES
from offers.hsds.asked import OrganizationsAsked, ServicesAsked
from offers.hsds.records import Service
from offers.hsds.table import table
from offers.models import Offer, Organisation

EVERYTHING = ServicesAsked(full=True)


@dataclass(frozen=True)
class BulkFile:
    """A file with all offers: its name, its content type, what the page about it says, and who writes it.

    `kind` is its type by the European list of file types.
    """

    name: str
    content_type: str
    kind: str
    title: str | Promise
    about: str | Promise
    write: Callable[[IO[bytes]], None]


def services(keys: Iterable[int]) -> Iterator[Any]:
    """Yield all that is told of the offers with these keys, in their order."""
    return SERVICES.all(list(keys), Offer, EVERYTHING, timezone.localdate())


def all_services() -> Iterator[Service]:
    """Yield every service with all that is told of it, withdrawn ones included."""
    return services(rows.services(EVERYTHING, timezone.localdate()).values_list("pk", flat=True))


def _excel(file: IO[bytes]) -> None:
    """Write the table for people as a spreadsheet."""
    workbook.write(file, all_services())


def _csv(file: IO[bytes]) -> None:
    """Write the table for people as CSV."""
    file.writelines(lines(table(all_services())))


def _ndjson(file: IO[bytes]) -> None:
    """Write the services one a line."""
    file.writelines(ndjson(all_services()).chunks)


def _json(file: IO[bytes]) -> None:
    """Write the services as one array."""
    before = "["
    for service in all_services():
        file.write(f"{before}\n{service.model_dump_json(exclude_none=True)}".encode())
        before = ","
    file.write(b"[]\n" if before == "[" else b"\n]\n")


def _package(file: IO[bytes]) -> None:
    """Write the tables of HSDS."""
    asked, today = OrganizationsAsked(), timezone.localdate()
    found = rows.organisations(asked, today)
    known = dict(found.values_list("pk", "uuid"))
    told: Any = ORGANIZATIONS.all(list(known), Organisation, asked, today)
    tabular.write(file, told, set(known.values()), all_services())


EXCEL = BulkFile(
    "tilbud.xlsx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "XLSX",
    _("Excel"),
    _("Én række for hvert tilbud, med danske overskrifter og filter."),
    _excel,
)
CSV = BulkFile(
    "tilbud.csv",
    "text/csv; charset=utf-8",
    "CSV",
    _("CSV"),
    _("Det samme som tekst. Vælg den, hvis du ikke har Excel."),
    _csv,
)
ALL = (
    EXCEL,
    CSV,
    BulkFile(
        "services.ndjson",
        NDJSON,
        "JSON",
        _("NDJSON"),
        _("Til programmer: et tilbud på hver linje, med alt om det, efter HSDS."),
        _ndjson,
    ),
    BulkFile(
        "services.json",
        "application/json",
        "JSON",
        _("JSON"),
        _("Det samme som én liste."),
        _json,
    ),
    BulkFile(
        "services.zip",
        "application/zip",
        "ZIP",
        _("Datapakke (ZIP)"),
        _("Til databaser: HSDS som tabeller i CSV, beskrevet i datapackage.json (Frictionless)."),
        _package,
    ),
)
