"""How many offers there are for each need at each age, and where there are none. Pure."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum
from typing import NamedTuple

import numpy as np

from offers.search.index import Index
from offers.search.question import having


class Band(NamedTuple):
    """Ages from the first to the last, both included, in whole years."""

    first: int
    last: int


# Before school, at school, before one comes of age, young, grown up, and old. The last age is that of
# `offers.models.offer.OLDEST_AGE`.
BANDS = (Band(0, 5), Band(6, 12), Band(13, 17), Band(18, 29), Band(30, 64), Band(65, 120))

Counts = Mapping[str, tuple[int, ...]]


def coverage(
    index: Index, needs: Sequence[str], chosen: Mapping[str, Collection[str]], at: datetime
) -> dict[str, tuple[int, ...]]:
    """Return for each need how many offers there are for each of `BANDS` at the moment `at`.

    Counted is what the search finds for the need, for the ages of the band and for what is `chosen` (values
    of each group of the index): an offer counts in every band of which it lets in some age.
    """
    shown = index.published(at.toordinal())
    for group, values in chosen.items():
        if values:
            shown = shown & having(index, group, values, at)
    # The bands of an offer are the bits of one small number, so that each need is counted in one pass.
    fits = np.zeros(len(index), np.uint8)
    for bit, band in enumerate(BANDS):
        fits |= (index.fitting_age(*band) & shown).astype(np.uint8) << np.uint8(bit)
    bits = np.arange(1 << len(BANDS))[:, None] >> np.arange(len(BANDS)) & 1
    facet = index.facets["behov"]
    rows = dict(zip(facet.values, facet.has, strict=True))
    nobody = np.zeros(len(index), bool)
    return {
        need: tuple((np.bincount(fits[rows.get(need, nobody)], minlength=len(bits)) @ bits).tolist())
        for need in needs
    }


class Weight(IntEnum):
    """Why a hole is worth a look, the weightiest first."""

    URGENT = 0  # the need cannot wait
    NOBODY = 1  # no age gets help
    BETWEEN = 2  # those who are younger get help, and those who are older
    EDGE = 3  # only those who are younger, or only those who are older


@dataclass(frozen=True)
class Hole:
    """Ages for which there is no offer about a need; `elsewhere` is the most there are at another age."""

    need: str
    ages: Band
    weight: Weight
    elsewhere: int


def holes(counts: Counts, urgent: Collection[str]) -> list[Hole]:
    """Return the holes of `counts`, the most important first; bands beside each other are one hole.

    First by weight; then the hole of most years, for the more people are in it; then the need with most
    offers at other ages; then as the needs stand in `counts`.
    """
    found = [hole for need, row in counts.items() for hole in _holes(need, row, need in urgent)]
    return sorted(found, key=lambda hole: (hole.weight, hole.ages.first - hole.ages.last, -hole.elsewhere))


def _holes(need: str, row: Sequence[int], is_urgent: bool) -> Iterator[Hole]:
    """Yield the runs of bands without offers."""
    start = 0
    for place in range(len(row) + 1):
        if place < len(row) and not row[place]:
            continue
        if start < place:
            ages = Band(BANDS[start].first, BANDS[place - 1].last)
            yield Hole(need, ages, _weight(start, place, len(row), is_urgent), max(row))
        start = place + 1


def _weight(start: int, end: int, size: int, is_urgent: bool) -> Weight:
    """Return the weight of the hole in the bands from `start` up to `end`, that one not included."""
    if is_urgent:
        return Weight.URGENT
    if end - start == size:
        return Weight.NOBODY
    return Weight.BETWEEN if start > 0 and end < size else Weight.EDGE
