"""Inverted lists: for each name, the documents that have it. Merged, never changed. Pure."""

from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import compress

import numpy as np


@dataclass(frozen=True)
class Postings:
    """The documents of name number `n` are `docs[start[n]:start[n + 1]]`, ascending, with their weights.

    The names stand in order, so that equal contents are equal values, however they came together.
    """

    names: tuple[str, ...]
    start: np.ndarray
    docs: np.ndarray
    weights: np.ndarray

    @cached_property
    def numbers(self) -> dict[str, int]:
        """The number of each name."""
        return {name: number for number, name in enumerate(self.names)}

    @cached_property
    def frequencies(self) -> dict[str, int]:
        """In how many documents each name stands."""
        return dict(zip(self.names, np.diff(self.start).tolist(), strict=True))

    def of(self, name: str) -> tuple[np.ndarray, np.ndarray]:
        """Return the documents that have `name`, and its weights there; empty when there are none."""
        number = self.numbers.get(name)
        span = slice(0, 0) if number is None else slice(self.start[number], self.start[number + 1])
        return self.docs[span], self.weights[span]

    def table(self, names: Sequence[str], width: int) -> np.ndarray:
        """Return the weights of `names` in each of `width` documents, a row a name; 0 where it is not."""
        found = np.zeros((len(names), width), self.weights.dtype)
        for row, name in zip(found, names, strict=True):
            docs, weights = self.of(name)
            row[docs] = weights
        return found


EMPTY = Postings((), np.zeros(1, np.int64), np.zeros(0, np.int32), np.zeros(0, np.uint16))


class Collector:
    """Takes down the names of documents, one document after the other."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self.numbers: dict[str, int] = {}
        self.ids, self.docs, self.weights = array("i"), array("i"), array("H")

    def add(self, document: int, weights: Mapping[str, int]) -> None:
        """Take down the names of one document, with their weights (0 to 65,535)."""
        for name, weight in weights.items():
            self.ids.append(self.numbers.setdefault(name, len(self.numbers)))
            self.docs.append(document)
            self.weights.append(weight)


def merged(old: Postings, places: np.ndarray, fresh: Collector) -> Postings:
    """Return the postings of the documents of `old` that stay, and of the fresh ones.

    `places[d]` is the new number of document `d` of `old`, or −1 when it is gone. Names that no document
    has any more are gone, too.
    """
    moved = places[old.docs]
    stays = moved >= 0
    old_ids = np.repeat(np.arange(len(old.names), dtype=np.int32), np.diff(old.start))[stays]
    names = [*old.names, *(name for name in fresh.numbers if name not in old.numbers)]
    number = {name: place for place, name in enumerate(names)}
    to_id = [number[name] for name in fresh.numbers]
    ids = np.concatenate([old_ids, np.array(to_id, np.int32)[np.array(fresh.ids, np.int32)]])
    docs = np.concatenate([moved[stays].astype(np.int32), np.array(fresh.docs, np.int32)])
    weights = np.concatenate([old.weights[stays], np.array(fresh.weights, np.uint16)])

    used = np.zeros(len(names), bool)
    used[ids] = True
    in_order = sorted(compress(names, used.tolist()))  # they mostly are
    rank = np.zeros(len(names), np.int64)
    rank[[number[name] for name in in_order]] = np.arange(len(in_order))
    ids = rank[ids]
    # Mostly in order already, which the stable sort makes use of.
    order = np.argsort(ids * (int(docs.max(initial=0)) + 1) + docs, kind="stable")
    start = np.searchsorted(ids[order], np.arange(len(in_order) + 1))
    return Postings(tuple(in_order), start, docs[order], weights[order])
