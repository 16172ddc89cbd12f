"""The records of a source, kept in a file on disk while they are compared: what bounds the memory."""

import json
from collections.abc import Iterator
from tempfile import TemporaryFile
from typing import Any

from offers.harvest.fetching import MOST_BYTES, HarvestError

Record = dict[str, Any]
# So many offers, organisations and places are taken from one source.
MOST_RECORDS = 50_000
SERVICE, ORGANIZATION = "services", "organizations"
TOO_MANY = f"Kilden har mere end {MOST_RECORDS} poster eller {MOST_BYTES // 1_000_000} MB. Intet er gemt."
NOT_HSDS = "Det ligner ikke HSDS 3: vi finder ingen tilbud. Giv adressen på et API, eller en NDJSON-fil."


class Spool:
    """Records on disk, in the order in which they came; each id of a kind once."""

    def __init__(self) -> None:
        """Begin with nothing; the file goes with the block."""
        self._file = TemporaryFile("w+b")  # noqa: SIM115 (it is closed with the spool)
        self._ids: dict[str, set[str]] = {SERVICE: set(), ORGANIZATION: set()}
        self.twice = 0

    def add(self, kind: str, record: Any) -> bool:
        """Keep a record, and return whether it is new; raises HarvestError when there are too many."""
        if not isinstance(record, dict):
            raise HarvestError(NOT_HSDS)
        key = str(record.get("id") or f"uden id {len(self._ids[kind])}")
        if key in self._ids[kind]:
            self.twice += 1
            return False
        self._ids[kind].add(key)
        self._file.write(json.dumps([kind, record]).encode() + b"\n")
        if sum(map(len, self._ids.values())) > MOST_RECORDS or self._file.tell() > MOST_BYTES:
            raise HarvestError(TOO_MANY)
        return True

    def __enter__(self) -> "Spool":
        """Be kept for a block."""
        return self

    def __exit__(self, *error: object) -> None:
        """Take the file away."""
        self._file.close()

    def count(self, kind: str) -> int:
        """Return how many records there are of a kind."""
        return len(self._ids[kind])

    def all(self, kind: str) -> Iterator[Record]:
        """Yield the records of a kind, in order."""
        self._file.seek(0)
        for line in self._file:
            of, record = json.loads(line)
            if of == kind:
                yield record
