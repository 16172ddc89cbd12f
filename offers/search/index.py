"""The index: an immutable value in memory, made from documents. No database, no request."""

from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from offers.search.documents import Document

NO_LIMIT = -1
# The value of a document that has every value of its group: an offer for the whole country.
EVERYWHERE = "*"


@dataclass(frozen=True)
class Facet:
    """One group of values: `has[v, d]` says whether document `d` has value number `v`."""

    values: tuple[str, ...]
    has: np.ndarray

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
    """Documents in the order of their names, with an inverted list for each term.

    The postings of term number `t` are `docs[start[t]:start[t + 1]]`, with `weights` beside them.
    """

    keys: np.ndarray
    term_numbers: dict[str, int]
    start: np.ndarray
    docs: np.ndarray
    weights: np.ndarray
    facets: dict[str, Facet]
    ages: np.ndarray
    shown: np.ndarray
    verified: np.ndarray
    word_counts: dict[str, int]

    def __len__(self) -> int:
        return len(self.keys)

    def postings(self, term: str) -> tuple[np.ndarray, np.ndarray]:
        """Return the documents that have `term`, and its weights there; empty when there is none."""
        number = self.term_numbers.get(term)
        if number is None:
            return self.docs[:0], self.weights[:0]
        span = slice(self.start[number], self.start[number + 1])
        return self.docs[span], self.weights[span]

    def frequency(self, term: str) -> int:
        """Return in how many documents `term` stands."""
        return len(self.postings(term)[0])

    def published(self, day: int) -> np.ndarray:
        """Return which documents the public may see on `day` (an ordinal)."""
        begins, ends = self.shown
        return ((begins == NO_LIMIT) | (begins <= day)) & ((ends == NO_LIMIT) | (ends >= day))

    def fitting_age(self, age: int) -> np.ndarray:
        """Return which documents let a person of `age` in; limits are inclusive."""
        youngest, oldest = self.ages
        return ((youngest == NO_LIMIT) | (youngest <= age)) & ((oldest == NO_LIMIT) | (oldest >= age))

    def made_for_age(self, age: int) -> np.ndarray:
        """Return which documents name both limits and let a person of `age` in: made for such people."""
        youngest, oldest = self.ages
        return self.fitting_age(age) & (youngest != NO_LIMIT) & (oldest != NO_LIMIT)


def build(documents: Iterable[Document], groups: Sequence[str]) -> Index:
    """Return the index of `documents`, with a facet for each of `groups`."""
    rows = sorted(documents, key=lambda document: document.order)
    numbers, start, docs, weights = _postings(rows)
    counts: dict[str, int] = {}
    for row in rows:
        for word in row.words:
            counts[word] = counts.get(word, 0) + 1
    return Index(
        keys=np.array([row.pk for row in rows], dtype=np.int64),
        term_numbers=numbers,
        start=start,
        docs=docs,
        weights=weights,
        facets={group: _facet(rows, group) for group in groups},
        ages=_limits((row.min_age, row.max_age) for row in rows),
        shown=_limits((row.shown_from, row.shown_until) for row in rows),
        verified=np.array([row.verified or 0 for row in rows], dtype=np.int32),
        word_counts=counts,
    )


def _postings(rows: Sequence[Document]) -> tuple[dict[str, int], np.ndarray, np.ndarray, np.ndarray]:
    """Return the terms' numbers, and their lists laid end to end."""
    numbers: dict[str, int] = {}
    terms, docs, weights = array("i"), array("i"), array("i")
    for document, row in enumerate(rows):
        for term, weight in row.terms.items():
            terms.append(numbers.setdefault(term, len(numbers)))
            docs.append(document)
            weights.append(weight)
    by_term = np.array(terms)
    order = np.argsort(by_term, kind="stable")
    start = np.searchsorted(by_term[order], np.arange(len(numbers) + 1))
    return numbers, start, np.array(docs)[order], np.array(weights)[order].astype(np.float32)


def _facet(rows: Sequence[Document], group: str) -> Facet:
    """Return who has which value of one group."""
    values = tuple(sorted({value for row in rows for value in row.facts.get(group, ())}))
    number = {value: place for place, value in enumerate(values)}
    has = np.zeros((len(values), len(rows)), dtype=bool)
    for document, row in enumerate(rows):
        for value in row.facts.get(group, ()):
            has[number[value], document] = True
    return Facet(values, has)


def _limits(pairs: Iterable[tuple[int | None, int | None]]) -> np.ndarray:
    """Return two rows of numbers, lowest and highest, with `NO_LIMIT` for None."""
    table = [[NO_LIMIT if limit is None else limit for limit in pair] for pair in pairs]
    return np.array(table, dtype=np.int32).reshape(-1, 2).T
