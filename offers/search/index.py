"""The index: an immutable value in memory, made from documents. No database, no request."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property, lru_cache
from itertools import compress

import numpy as np

from offers.search import opening, postings
from offers.search.documents import Document
from offers.search.opening import NO_LIMIT
from offers.search.postings import Collector, Postings

# The value of a document that has every value of its group: an offer for the whole country.
EVERYWHERE = "*"
COLUMNS = ("min_age", "max_age", "shown_from", "shown_until", "verified", "due", "closed_on_holidays")
TABLES = {"hours": opening.HOURS_COLUMNS, "closures": opening.CLOSURES_COLUMNS}
# A day before all days: what ends then is never shown.
NEVER = 0
# A signature that no row has.
READ_AGAIN = 0


@dataclass(frozen=True)
class Listing:
    """What there is to index: keys, signatures that change with the contents, and the order of names.

    Documents with the signature that they had in an older index are taken over from there.
    """

    keys: np.ndarray
    signatures: np.ndarray
    orders: Sequence[tuple[str, ...]]

    def renewed(self, key: int, order: tuple[str, ...]) -> "Listing":
        """Return the listing with one row, old or new, whose document has to be read again."""
        stays = self.keys != key
        return Listing(
            np.append(self.keys[stays], np.array([key], self.keys.dtype)),
            np.append(self.signatures[stays], np.array([READ_AGAIN], self.signatures.dtype)),
            [*compress(self.orders, stays), order],
        )


@dataclass(frozen=True)
class Facet:
    """One group of values: `has[v, d]` says whether document `d` has value number `v`."""

    values: tuple[str, ...]
    has: np.ndarray

    def of(self, document: int) -> list[str]:
        """Return the values that a document has."""
        return [self.values[number] for number in np.flatnonzero(self.has[:, document])]

    def any_of(self, chosen: Iterable[str]) -> np.ndarray:
        """Return which documents have one of the values, or every value."""
        rows = [self.values.index(value) for value in {*chosen, EVERYWHERE} if value in self.values]
        return np.logical_or.reduce(self.has[rows], axis=0)

    def counts(self, mask: np.ndarray) -> dict[str, int]:
        """Return how many documents of `mask` each value would leave."""
        found = dict(zip(self.values, self.has[:, mask].sum(axis=1).tolist(), strict=True))
        everywhere = found.get(EVERYWHERE, 0)
        return {value: count + everywhere * (value != EVERYWHERE) for value, count in found.items()}


@dataclass(frozen=True)
class Index:
    """Documents in the order of their names, with an inverted list for each term and each word.

    `columns` has a number for each document, `tables` rows that begin with a document's number.
    """

    keys: np.ndarray
    signatures: np.ndarray
    terms: Postings
    words: Postings
    facets: dict[str, Facet]
    columns: dict[str, np.ndarray]
    tables: dict[str, np.ndarray]

    def __len__(self) -> int:
        return len(self.keys)

    def postings(self, term: str) -> tuple[np.ndarray, np.ndarray]:
        """Return the documents that have `term`, and its weights there; empty when there is none."""
        return self.terms.of(term)

    def frequency(self, term: str) -> int:
        """Return in how many documents `term` stands."""
        return self.terms.frequencies.get(term, 0)

    @cached_property
    def weights_of(self) -> Callable[[tuple[str, ...]], np.ndarray]:
        """Return what gives the weights of terms in all documents, a row a term; the latest table stays."""
        return lru_cache(1)(lambda terms: self.terms.table(terms, len(self)))

    @cached_property
    def _by_key(self) -> np.ndarray:
        """The documents in the order of their keys."""
        return np.argsort(self.keys)

    def places_of(self, keys: Sequence[int]) -> np.ndarray:
        """Return the documents of `keys`, all of which are here."""
        return self._by_key[np.searchsorted(self.keys, keys, sorter=self._by_key)]

    def with_rows(self, name: str, keys: Sequence[int]) -> list[int]:
        """Return those of `keys` that have rows in a table: “hours” or “closures”."""
        documents, places = self.tables[name][:, 0], self.places_of(keys)
        found = np.searchsorted(documents, places, "right") > np.searchsorted(documents, places)
        return [key for key, has in zip(keys, found.tolist(), strict=True) if has]

    @property
    def word_counts(self) -> dict[str, int]:
        """In how many documents each word stands, as it is written."""
        return self.words.frequencies

    def published(self, day: int) -> np.ndarray:
        """Return which documents the public may see on `day` (an ordinal)."""
        return self._within("shown_from", "shown_until", day, day)

    def fitting_age(self, age: int, until: int | None = None) -> np.ndarray:
        """Return which documents let a person of `age` in, or of some age from it `until` another.

        All limits are inclusive.
        """
        return self._within("min_age", "max_age", age, age if until is None else until)

    def _within(self, low: str, high: str, first: int, last: int) -> np.ndarray:
        """Return which documents have some of `first`–`last` between two of their columns."""
        lowest, highest = self.columns[low], self.columns[high]
        return (lowest <= last) & ((highest == NO_LIMIT) | (highest >= first))

    @cached_property
    def _open_at(self):
        """Return `open_at` with its latest answers kept: a minute has many readers."""
        closed = self.columns["closed_on_holidays"] == 1
        return lru_cache(4)(
            lambda moment: opening.open_at(self.tables["hours"], self.tables["closures"], closed, moment)
        )

    def open_at(self, moment: datetime) -> np.ndarray:
        """Return which documents are open at `moment` (local time), as far as their hours are known."""
        return self._open_at(moment.replace(second=0, microsecond=0))


def build(documents: Iterable[Document], groups: Sequence[str]) -> Index:
    """Return the index of `documents`, with a facet for each of `groups`."""
    rows = list(documents)
    keys = np.array([row.pk for row in rows], np.int64)
    listing = Listing(keys, np.zeros(len(rows), np.uint64), [row.order for row in rows])
    return Draft(listing, None, groups).filled(rows)


class Draft:
    """An index in the making: what stays of the previous one, and what has to be read anew."""

    def __init__(self, listing: Listing, previous: Index | None, groups: Sequence[str]):
        """See what can be taken over; `previous` must come from the same analysis."""
        order = sorted(range(len(listing.keys)), key=listing.orders.__getitem__)
        self.keys, self.signatures = listing.keys[order], listing.signatures[order]
        self.groups = groups
        self.previous = previous or _empty(groups)
        self.place_of = {key: place for place, key in enumerate(self.keys.tolist())}
        self.places = np.full(len(self.previous), -1, np.int64)
        for document, key in enumerate(self.previous.keys.tolist()):
            place = self.place_of.get(key)
            if place is not None and self.previous.signatures[document] == self.signatures[place]:
                self.places[document] = place

    @property
    def missing(self) -> list[int]:
        """The keys of the documents that have to be read."""
        is_here = np.zeros(len(self.keys), bool)
        is_here[self.places[self.places >= 0]] = True
        return self.keys[~is_here].tolist()

    def filled(self, documents: Iterable[Document]) -> Index:
        """Return the index with `documents` in the places of those that were missing.

        One that was deleted in the meantime leaves a place that is never shown.
        """
        terms, words = Collector(), Collector()
        facets: dict[str, list[tuple[str, int]]] = {group: [] for group in self.groups}
        columns = {name: self._moved(self.previous.columns[name], name) for name in COLUMNS}
        tables: dict[str, list[tuple[int, ...]]] = {name: [] for name in TABLES}
        for document in documents:
            place = self.place_of[document.pk]
            terms.add(place, document.terms)
            words.add(place, dict.fromkeys(document.words, 0))
            for group, pairs in facets.items():
                pairs += [(value, place) for value in document.facts.get(group, ())]
            for name, column in columns.items():
                value = getattr(document, name)
                column[place] = NO_LIMIT if value is None else value
            for name, rows in tables.items():
                rows += [(place, *row) for row in getattr(document, name)]
        old = self.previous
        return Index(
            keys=self.keys,
            signatures=self.signatures,
            terms=postings.merged(old.terms, self.places, terms),
            words=postings.merged(old.words, self.places, words),
            facets={group: self._facet(old.facets[group], pairs) for group, pairs in facets.items()},
            columns=columns,
            tables={name: self._table(old.tables[name], rows) for name, rows in tables.items()},
        )

    def _moved(self, old: np.ndarray, name: str) -> np.ndarray:
        """Return a column with the numbers of the documents that stay."""
        column = np.full(len(self.keys), NEVER if name == "shown_until" else NO_LIMIT, np.int32)
        stays = self.places >= 0
        column[self.places[stays]] = old[stays]
        return column

    def _facet(self, old: Facet, fresh: Iterable[tuple[str, int]]) -> Facet:
        """Return who has which value of one group."""
        stays = self.places >= 0
        in_use = [value for value, row in zip(old.values, old.has, strict=True) if row[stays].any()]
        values = tuple(sorted({*in_use, *(value for value, _ in fresh)}))
        number = {value: row for row, value in enumerate(values)}
        has = np.zeros((len(values), len(self.keys)), bool)
        for value in in_use:
            has[number[value], self.places[stays]] = old.has[old.values.index(value), stays]
        for value, place in fresh:
            has[number[value], place] = True
        return Facet(values, has)

    def _table(self, old: np.ndarray, fresh: Sequence[tuple[int, ...]]) -> np.ndarray:
        """Return the rows of the documents that stay and of the fresh ones, in one order."""
        moved = old.copy()
        moved[:, 0] = self.places[old[:, 0]]
        rows = np.concatenate(
            [moved[moved[:, 0] >= 0], np.array(fresh, np.int32).reshape(-1, old.shape[1])]
        )
        return rows[np.lexsort(rows.T[::-1])]


def _empty(groups: Sequence[str]) -> Index:
    """Return the index of no documents."""
    return Index(
        keys=np.zeros(0, np.int64),
        signatures=np.zeros(0, np.uint64),
        terms=postings.EMPTY,
        words=postings.EMPTY,
        facets={group: Facet((), np.zeros((0, 0), bool)) for group in groups},
        columns={name: np.zeros(0, np.int32) for name in COLUMNS},
        tables={name: np.zeros((0, width), np.int32) for name, width in TABLES.items()},
    )
