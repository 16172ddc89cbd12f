"""Which documents answer, and how well: concepts against the index. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from offers.search.concepts import Concept
from offers.search.index import Index

# An answer needs at least this share of the best score; without it, counts over a bare “or” mean
# nothing (docs/search.md).
CUT = 0.15
# Concepts that more than this share of the documents answer only add to the score of what others found.
COMMON = 0.3


@dataclass(frozen=True)
class Scoring:
    """The score of each document, with the steps to it: what `offers.search.explain` shows.

    `parts` has one array a concept. `met` is the weight of the concepts a document meets, out of
    `asked`; `candidates` met one that can find it; `whole` is the score before the cut at `least`.
    """

    parts: list[np.ndarray]
    met: np.ndarray
    asked: float
    candidates: np.ndarray
    whole: np.ndarray
    least: float
    scores: np.ndarray


def scores(index: Index, concepts: Sequence[Concept]) -> np.ndarray:
    """Return the score of each document: 0 where it does not answer."""
    return scoring(index, concepts).scores


def scoring(index: Index, concepts: Sequence[Concept]) -> Scoring:
    """Return the score of each document, and how it came about.

    The sum over terms of certainty × idf × weight, times the root of the share of concepts met. Only
    concepts that tell something make candidates; the weak ones then choose among them.
    """
    total = np.zeros(len(index))
    met = np.zeros(len(index))
    candidates = np.zeros(len(index), dtype=bool)
    every = [_concept_scores(index, concept) for concept in concepts]
    parts = [(concept, part) for concept, part in zip(concepts, every, strict=True) if part.any()]
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
    whole = total * np.sqrt(met / asked)
    found = np.where(candidates, whole, 0.0)
    least = CUT * found.max(initial=0.0)
    found[found < least] = 0.0
    return Scoring(every, met, asked, candidates, whole, least, np.round(found, 6))


def idf(index: Index, term: str) -> float:
    """Return how much `term` tells documents apart: log(1 + (N − df + ½) / (df + ½))."""
    df = index.frequency(term)
    return float(np.log1p((len(index) - df + 0.5) / (df + 0.5)))


def term_scores(index: Index, term: str, certainty: float) -> tuple[np.ndarray, np.ndarray]:
    """Return the documents that have `term`, and what it adds to each: certainty × idf × weight."""
    docs, weights = index.postings(term)
    return docs, certainty * idf(index, term) * weights


def _concept_scores(index: Index, concept: Concept) -> np.ndarray:
    """Return what one concept adds to each document."""
    part = np.zeros(len(index))
    for term, certainty in concept.terms.items():
        docs, added = term_scores(index, term, certainty)
        part[docs] += added
    return part
