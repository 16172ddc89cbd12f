"""The Tabular Data Package of HSDS: one CSV file for each kind of record, joined by ids.

The rows are laid on disk first: a service's telephones may stand anywhere in their file.
"""

import csv
import io
import json
import sqlite3
import sys
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path, PurePosixPath
from typing import IO, Any

from offers.harvest.fetching import MOST_BYTES, HarvestError
from offers.harvest.spool import NOT_HSDS, ORGANIZATION, SERVICE, TOO_MANY, Record, Spool

MOST_FILES = 100
NO_PACKAGE = "Der er ingen services.csv i pakken. Giv en HSDS-pakke (zip) eller dens mappe."
BROKEN = "Zip-filen er ødelagt eller for stor, når den pakkes ud. Hent den igen."
# Which rows hang on which: the key in the record, the file, and the column that names the owner.
OF_SERVICE = {
    "phones": ("phones", "service_id"),
    "schedules": ("schedules", "service_id"),
    "service_areas": ("service_areas", "service_id"),
    "languages": ("languages", "service_id"),
    "cost_options": ("cost_options", "service_id"),
    "additional_urls": ("urls", "service_id"),
    "contacts": ("contacts", "service_id"),
    "attributes": ("attributes", "link_id"),
    "service_at_locations": ("service_at_locations", "service_id"),
}
OF_ORGANIZATION = {
    "organization_identifiers": ("organization_identifiers", "organization_id"),
    "phones": ("phones", "organization_id"),
}
OF_LOCATION = {"addresses": ("addresses", "location_id")}
OF_SERVICE_PLACE = {"schedules": ("schedules", "service_at_location_id")}
OF_CONTACT = {"phones": ("phones", "contact_id")}
JOINED = (OF_SERVICE, OF_ORGANIZATION, OF_LOCATION, OF_SERVICE_PLACE, OF_CONTACT)
KINDS = {SERVICE, ORGANIZATION, "locations", "taxonomy_terms"} | {
    kind for parts in JOINED for kind, _ in parts.values()
}


def read_zip(body: IO[bytes], spool: Spool) -> None:
    """Read a package that is packed; raises HarvestError."""
    try:
        with zipfile.ZipFile(body) as packed:
            files = [each for each in packed.infolist() if each.filename.lower().endswith(".csv")]
            if len(files) > MOST_FILES or sum(each.file_size for each in files) > MOST_BYTES:
                raise HarvestError(BROKEN)
            with closing(_Tables()) as tables:
                for each in files:
                    with packed.open(each) as file:
                        tables.add(PurePosixPath(each.filename).stem, file)
                tables.give(spool)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError):
        raise HarvestError(BROKEN) from None


def read_folder(folder: Path, spool: Spool) -> None:
    """Read a package that lies in a folder; raises HarvestError."""
    with closing(_Tables()) as tables:
        for path in sorted(folder.glob("*.csv"))[:MOST_FILES]:
            with path.open("rb") as file:
                tables.add(path.stem, file)
        tables.give(spool)


class _Tables:
    """The rows of all files, on disk, to be found by their own id and by those of others."""

    def __init__(self) -> None:
        """Begin with nothing; SQLite deletes a database without a name by itself."""
        self.rows = sqlite3.connect("")
        self.rows.execute("CREATE TABLE rows (kind TEXT, by TEXT, key TEXT, body TEXT)")
        self.rows.execute("CREATE INDEX found ON rows (kind, by, key)")
        self.size = 0

    def close(self) -> None:
        """Take the database away."""
        self.rows.close()

    def add(self, kind: str, file: IO[bytes]) -> None:
        """Lay down the rows of a file; raises HarvestError for what is no CSV file."""
        csv.field_size_limit(min(sys.maxsize, 1_000_000))
        kind = _kind(kind)
        try:
            self.rows.executemany("INSERT INTO rows VALUES (?, ?, ?, ?)", self._keyed(kind, file))
        except (csv.Error, UnicodeDecodeError):
            raise HarvestError(f"Filen {kind}.csv kan ikke læses som CSV i UTF-8. Hent den igen.") from None

    def _keyed(self, kind: str, file: IO[bytes]) -> Iterator[tuple[str, str, str, str]]:
        """Yield each row once for each id in it."""
        text = io.TextIOWrapper(file, encoding="utf-8-sig", newline="")
        for row in csv.DictReader(text):
            record = {
                name: value for name, value in row.items() if name and value and isinstance(value, str)
            }
            body = json.dumps(record)
            self.size += len(body)
            if self.size > MOST_BYTES:
                raise HarvestError(TOO_MANY)
            for name in record:
                if name == "id" or name.endswith("_id"):
                    yield kind, name, record[name], body
        text.detach()  # whoever opened the file closes it

    def of(self, kind: str, by: str, key: str) -> list[Record]:
        """Return the rows of a kind with that id, in the order of their file."""
        asked = "SELECT body FROM rows WHERE kind = ? AND by = ? AND key = ? ORDER BY rowid"
        return [json.loads(body) for (body,) in self.rows.execute(asked, (kind, by, key))]

    def one(self, kind: str, key: Any) -> Record | None:
        """Return the row with that id of its own."""
        return next(iter(self.of(kind, "id", key)), None) if key else None

    def give(self, spool: Spool) -> None:
        """Join the rows, and put the services into the spool; raises HarvestError when there are none."""
        keys = [
            key
            for (key,) in self.rows.execute(
                "SELECT key FROM rows WHERE kind = ? AND by = 'id' ORDER BY rowid", (SERVICE,)
            )
        ]
        if not keys:
            raise HarvestError(NO_PACKAGE if not self.size else NOT_HSDS)
        for (body,) in self.rows.execute(
            "SELECT body FROM rows WHERE kind = ? AND by = 'id' ORDER BY rowid", (ORGANIZATION,)
        ).fetchall():
            spool.add(ORGANIZATION, self._with(json.loads(body), OF_ORGANIZATION))
        for key in keys:
            spool.add(SERVICE, self._service(self.one(SERVICE, key) or {}))

    def _with(self, record: Record, parts: dict[str, tuple[str, str]]) -> Record:
        """Return a record with what hangs on it."""
        found = {name: self.of(kind, by, record.get("id", "")) for name, (kind, by) in parts.items()}
        return record | {name: rows for name, rows in found.items() if rows}

    def _service(self, record: Record) -> Record:
        """Return a service with all that hangs on it, as the API gives it."""
        whole = self._with(record, OF_SERVICE)
        whole["service_at_locations"] = [
            self._with(place, OF_SERVICE_PLACE)
            | {"location": self._with(self.one("locations", place.get("location_id")) or {}, OF_LOCATION)}
            for place in _rows(whole, "service_at_locations")
        ]
        whole["contacts"] = [self._with(each, OF_CONTACT) for each in _rows(whole, "contacts")]
        for attribute in _rows(whole, "attributes"):
            term = self.one("taxonomy_terms", attribute.get("taxonomy_term_id"))
            attribute.update({"taxonomy_term": term} if term else {})
        owner = self.one(ORGANIZATION, whole.get("organization_id"))
        return whole | ({"organization": self._with(owner, OF_ORGANIZATION)} if owner else {})


def _kind(name: str) -> str:
    """Return what is in a file of that name; HSDS itself has services.csv, but service_at_location.csv."""
    folded = name.lower()
    return next((one for one in (folded, f"{folded}s", f"{folded}es") if one in KINDS), name)


def _rows(record: Record, name: str) -> Iterable[Record]:
    """Return the rows under a name."""
    return record.get(name) or []
