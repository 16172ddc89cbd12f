"""Which documents answer, and how well: concepts against the index. Pure."""

from collections.abc import Sequence

import numpy as np

from offers.search.concepts import Concept
from offers.search.index import Index

# An answer needs at least this share of the best score; without it, counts over a bare “or” mean
# nothing (docs/search.md).
CUT = 0.15
# Concepts that more than this share of the documents answer only add to the score of what others found.
COMMON = 0.3


def scores(index: Index, concepts: Sequence[Concept]) -> np.ndarray:
    """Return the score of each document: 0 where it does not answer.

    The sum over terms of certainty × idf × weight, times the root of the share of concepts met. Only
    concepts that tell something make candidates; the weak ones then choose among them.
    """
    total = np.zeros(len(index))
    met = np.zeros(len(index))
    candidates = np.zeros(len(index), dtype=bool)
    parts = [(concept, _concept_scores(index, concept)) for concept in concepts]
    parts = [(concept, part) for concept, part in parts if part.any()]
    telling = [part for concept, part in parts if concept.weight == max(c.weight for c, _ in parts)]
    rarest = min((np.count_nonzero(part) for part in telling), default=0)
    for concept, part in parts:
        total += concept.weight * part
        met += concept.weight * (part > 0)
    for part in telling:
        count = np.count_nonzero(part)
        if count <= COMMON * len(index) or count == rarest:
            candidates |= part > 0
    asked = sum(concept.weight for concept in concepts) or 1.0
    found = np.where(candidates, total * np.sqrt(met / asked), 0.0)
    found[found < CUT * found.max(initial=0.0)] = 0.0
    return np.round(found, 6)


def idf(index: Index, term: str) -> float:
    """Return how much `term` tells documents apart: log(1 + (N − df + ½) / (df + ½))."""
    df = index.frequency(term)
    return float(np.log1p((len(index) - df + 0.5) / (df + 0.5)))


def _concept_scores(index: Index, concept: Concept) -> np.ndarray:
    """Return what one concept adds to each document."""
    part = np.zeros(len(index))
    for term, certainty in concept.terms.items():
        docs, weights = index.postings(term)
        if len(docs):
            part[docs] += certainty * idf(index, term) * weights
    return part
