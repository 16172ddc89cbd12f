"""Which other offers a reader of one offer might use instead. Pure."""

from collections.abc import Iterable

import numpy as np

from offers.search.index import EVERYWHERE, Facet, Index
from offers.search.opening import NO_LIMIT

# More would be a list of its own.
MOST = 4
# What a shared need counts against a shared target group; a nationwide offer counts less than a near one.
NEED, GROUP, NEAR = 4, 1, 2


def similar(index: Index, key: int, needs: Iterable[str], day: int, most: int = MOST) -> list[int]:
    """Return the keys of at most `most` offers like that of `key`, the likest first, then the narrowest.

    On `day` (an ordinal) such an offer is shown, answers one of `needs` (slugs), is for some of the same
    ages, for somebody of the same target groups where both name any, and for everybody who may live where
    the offer asks one to live. An offer without needs, or one that the index does not have, gives none.
    """
    here = np.flatnonzero(index.keys == key)
    shared = _shared(index.facets["behov"], needs)
    if not len(here) or not shared.any():
        return []
    own = int(here[0])
    groups = index.facets["maalgruppe"].of(own)
    same_groups = _shared(index.facets["maalgruppe"], groups)
    names_none = ~index.facets["maalgruppe"].has.any(axis=0)
    near, everywhere = _places(index.facets["kommune"], own)
    fits = (shared > 0) & index.published(day) & _ages(index, own) & (near | everywhere)
    fits &= (same_groups > 0) | names_none | (not groups)
    fits[own] = False
    score = NEED * shared + GROUP * same_groups + NEAR * near
    places = np.flatnonzero(fits)
    breadth = index.facets["behov"].has.sum(axis=0)
    order = np.lexsort((places, breadth[places], -score[places]))
    return index.keys[places[order][:most]].tolist()


def _shared(facet: Facet, values: Iterable[str]) -> np.ndarray:
    """Return how many of `values` each document has."""
    rows = [facet.values.index(value) for value in set(values) if value in facet.values]
    return facet.has[rows].sum(axis=0)


def _ages(index: Index, own: int) -> np.ndarray:
    """Return which documents are for some age that document `own` is for."""
    lowest, highest = index.columns["min_age"], index.columns["max_age"]
    not_too_old = (highest[own] == NO_LIMIT) | (lowest <= highest[own])
    not_too_young = (highest == NO_LIMIT) | (highest >= lowest[own])
    return not_too_old & not_too_young


def _places(facet: Facet, own: int) -> tuple[np.ndarray, np.ndarray]:
    """Return which documents cover all municipalities of document `own` by name, and which the country."""
    codes = facet.of(own)
    everywhere = _shared(facet, [EVERYWHERE]) > 0
    near = np.zeros(len(everywhere), bool) if EVERYWHERE in codes else _shared(facet, codes) == len(codes)
    return near, everywhere
