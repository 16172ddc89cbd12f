"""Is what is stored what the rows say? Finds, and mends, what was changed behind the product's back."""

import zlib
from collections.abc import Iterator

import numpy as np
from django.apps import apps
from django.db import transaction
from django.db.models import Model

from offers.fields import DerivedField
from offers.models.tracked import RevisionField
from offers.search.index import Index
from offers.search.postings import Postings
from offers.search.versions import mixed


def mend_derived() -> dict[str, int]:
    """Work out again every column that is derived from others; return how many rows of what were wrong."""
    found = {}
    for model in apps.get_models():
        derived = [field for field in model._meta.concrete_fields if isinstance(field, DerivedField)]
        if derived and (wrong := list(_wrong(model, derived))):
            found[str(model._meta.verbose_name_plural)] = len(wrong)
    return found


def _wrong(model: type[Model], derived: list[DerivedField]) -> Iterator[Model]:
    """Yield the rows whose derived columns were not what the others say, each mended."""
    names = {field.name for field in derived}
    names |= {field.name for field in model._meta.concrete_fields if isinstance(field, RevisionField)}
    for row in model._base_manager.iterator(chunk_size=500):
        if any(getattr(row, field.attname) != field.value_for(row) for field in derived):
            with transaction.atomic():
                row.save_base(update_fields=names)
            yield row


def differing(one: Index, other: Index) -> list[int]:
    """Return the keys of documents that are in only one of two indexes, or differ between them."""
    mine, theirs = _digests(one), _digests(other)
    return sorted(key for key in mine.keys() | theirs.keys() if mine.get(key) != theirs.get(key))


def _digests(index: Index) -> dict[int, int]:
    """Return a number for each document, by its key, that differs when anything the index holds does."""
    totals = np.zeros(len(index), np.uint64)
    for salt, lists in enumerate((index.terms, index.words)):
        _add(totals, lists.docs, _names(lists), lists.weights, salt)
    everyone = np.arange(len(index))
    for name, column in index.columns.items():
        _add(totals, everyone, np.full(len(index), zlib.crc32(name.encode())), column, 2)
    for name, table in index.tables.items():
        for place in range(1, table.shape[1]):
            _add(
                totals,
                table[:, 0],
                np.full(len(table), zlib.crc32(name.encode())),
                table[:, place],
                2 + place,
            )
    for group, facet in index.facets.items():
        for value, has in zip(facet.values, facet.has, strict=True):
            mine = np.flatnonzero(has)
            names = np.full(len(mine), zlib.crc32(f"{group}={value}".encode()))
            _add(totals, mine, names, np.ones(len(mine)), 9)
    return dict(zip(index.keys.tolist(), totals.tolist(), strict=True))


def _names(lists: Postings) -> np.ndarray:
    """Return a number for the name of each posting."""
    numbers = np.array([zlib.crc32(name.encode()) for name in lists.names], np.int64)
    return np.repeat(numbers, np.diff(lists.start))


def _add(totals: np.ndarray, docs: np.ndarray, names: np.ndarray, values: np.ndarray, salt: int) -> None:
    """Let `values[i]` under `names[i]` count for document `docs[i]`; the order makes no difference."""
    numbers = names.astype(np.uint64) * np.uint64(1 << 24) + values.astype(np.int64).astype(np.uint64)
    np.add.at(totals, docs, mixed(numbers + np.uint64(salt << 58)))
