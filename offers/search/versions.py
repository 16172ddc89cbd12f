"""Has anything changed, and which rows? Sums and signatures over the revisions that rows carry.

A row's revision is a random number that is new after every change (`offers.models.tracked`).
"""

import hashlib
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from django.db import connection
from django.db.models import Model, QuerySet

# A table, and the column that is summed.
Part = tuple[str, str]


def revisions(*models: type[Model]) -> list[Part]:
    """Return the parts that move when a row of `models` does."""
    return [(model._meta.db_table, "revision") for model in models]


def links(model: type[Model], names: Iterable[str]) -> list[Part]:
    """Return the parts that move when a link of the many-to-many relations `names` comes or goes."""
    relations: list[Any] = [model._meta.get_field(name) for name in names]
    return [(relation.m2m_db_table(), "id") for relation in relations]


def sums(parts: Iterable[Part]) -> list[str]:
    """Return, for each part, numbers that differ whenever its table does. One statement."""
    quote = connection.ops.quote_name
    columns = [
        # SQL takes no name as a parameter. These are Django's, of our tables and columns, and quoted.
        f"(SELECT COUNT(*) FROM {quote(table)}), (SELECT SUM({quote(column)}) FROM {quote(table)})"  # noqa: S608 (quoted names of our own)
        for table, column in parts
    ]
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(columns)}")
        found = cursor.fetchone()
    return [f"{count}-{total or 0}" for count, total in zip(found[::2], found[1::2], strict=True)]


@cache
def of_software(folder: Path) -> str:
    """Return a version of the program and data files in `folder`: another release analyses anew."""
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.suffix in {".py", ".txt", ".gz"}:
            digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()[:16]


class Signatures:
    """A number for each of some rows that differs when anything that belongs to the row does."""

    def __init__(self, keys: np.ndarray):
        """`keys` (ascending) are those of the rows."""
        self.keys = keys
        self.values = np.zeros(len(keys), np.uint64)
        self._salt = 0

    def add(self, keys: np.ndarray, contents: np.ndarray) -> None:
        """Let `contents[i]` count for the row with key `keys[i]`; those of other rows are passed over.

        Each call counts apart; within one call the order makes no difference.
        """
        self._salt += 1
        if not len(self.keys) or not len(keys):
            return
        places = np.minimum(np.searchsorted(self.keys, keys), len(self.keys) - 1)
        known = self.keys[places] == keys
        with np.errstate(over="ignore"):
            salted = contents[known].astype(np.uint64) + np.uint64(self._salt << 48)
            np.add.at(self.values, places[known], mixed(salted))

    def add_links(self, keys: np.ndarray, others: np.ndarray, contents: Mapping[int, int]) -> None:
        """Let `contents` of `others[i]` count for the row with key `keys[i]`."""
        found = [contents.get(one, 0) for one in others.tolist()]
        self.add(keys, np.array(found, np.int64))


def pairs(rows: QuerySet, first: str, second: str) -> tuple[np.ndarray, np.ndarray]:
    """Return two columns of whole numbers."""
    found = rows.order_by().values_list(first, second).iterator(chunk_size=5000)
    table = np.fromiter(found, dtype=[("first", np.int64), ("second", np.int64)])
    return table["first"], table["second"]


class Pairs:
    """The `pairs` of some tables as they were last read: a table is read again when it has changed."""

    def __init__(self) -> None:
        """Begin with nothing read."""
        self._read: dict[Part, tuple[str, tuple[np.ndarray, np.ndarray]]] = {}

    def of(
        self, part: Part, version: str, rows: QuerySet, first: str, second: str
    ) -> tuple[np.ndarray, np.ndarray]:
        """Return the two columns of `rows`, all from the table of `part`.

        `version` is that of the table (`sums`), looked up before: what changes in between is read twice.
        """
        known, found = self._read.get(part, ("", None))
        if found is None or known != version:
            found = pairs(rows, first, second)
            self._read[part] = version, found
        return found


def mixed(numbers: np.ndarray) -> np.ndarray:
    """Return 64 bits that look random for each number: SplitMix64's finaliser (Steele et al., 2014)."""
    numbers = (numbers ^ (numbers >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    numbers = (numbers ^ (numbers >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return numbers ^ (numbers >> np.uint64(31))
