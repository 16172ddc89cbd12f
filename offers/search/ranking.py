"""Which documents answer, and how well: concepts against the index. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from offers.search.concepts import Concept, need_term
from offers.search.index import Index

# An answer needs at least this share of the best score; without it, counts over a bare “or” mean
# nothing (docs/search.md).
CUT = 0.08
SCALE = 1000.0
# A term counts as if at least so many documents had it: in a small directory, hardly any word of the
# language is rare because it tells much.
RARE = 3
# A concept that tells less than this, of what the most telling one does, finds no document alone.
FINDING = 1 / 3
# What a further term of a concept adds beside the best one: several words for one thing are one thing.
FURTHER = 0.5
# How many of the best answers tell which needs the question is about, how many of those count, whose
# group of filters they are, and what they add at most, as a share of the best score.
LEADING, MOST_NEEDS, NEEDS, FEEDBACK = 10, 3, "behov", 0.15


@dataclass(frozen=True)
class Scoring:
    """The score of each document, with the steps to it: what `offers.search.explain` shows.

    `parts` has one array a concept. `met` is the weight of the concepts a document meets, out of
    `asked`; `candidates` met one that can find it; `feedback` is what its needs add; `whole` is the score
    before the cut at `least`.
    """

    parts: list[np.ndarray]
    met: np.ndarray
    asked: float
    candidates: np.ndarray
    feedback: np.ndarray
    whole: np.ndarray
    least: float
    scores: np.ndarray


def scores(index: Index, concepts: Sequence[Concept]) -> np.ndarray:
    """Return the score of each document: 0 where it does not answer."""
    return scoring(index, concepts).scores


def scoring(index: Index, concepts: Sequence[Concept]) -> Scoring:
    """Return the score of each document, and how it came about.

    The sum over concepts, times the fourth root of the share of them that is met, and what the needs of
    the best answers add. Only concepts that tell most make candidates; the others choose among them.
    """
    total, met = np.zeros(len(index)), np.zeros(len(index))
    candidates = np.zeros(len(index), dtype=bool)
    parts = [_concept_scores(index, concept) for concept in concepts]
    telling = [concept.weight for concept, part in zip(concepts, parts, strict=True) if part.any()]
    most = max(telling, default=0.0)
    for concept, part in zip(concepts, parts, strict=True):
        total += concept.weight * part
        met += concept.weight * (part > 0)
        if concept.weight >= FINDING * most:
            candidates |= part > 0
    asked = sum(concept.weight for concept in concepts) or 1.0
    whole = np.where(candidates, total * share_met(met, asked), 0.0)
    feedback = _feedback(index, whole)
    whole = whole + feedback
    least = CUT * whole.max(initial=0.0)
    found = np.where(whole < least, 0.0, whole)
    return Scoring(parts, met, asked, candidates, feedback, whole, least, np.round(found, 6))


def share_met(met: np.ndarray, asked: float) -> np.ndarray:
    """Return what a score is multiplied by when concepts of weight `met` out of `asked` are met."""
    return np.sqrt(np.sqrt(met / asked))


def idf(index: Index, term: str) -> float:
    """Return how much `term` tells documents apart: log(1 + (N − df + ½) / (df + ½))."""
    df = min(max(index.frequency(term), RARE), len(index))
    return float(np.log1p((len(index) - df + 0.5) / (df + 0.5)))


def term_scores(index: Index, term: str, certainty: float) -> tuple[np.ndarray, np.ndarray]:
    """Return the documents that have `term`, and what it adds to each: certainty × idf × weight^1½.

    The power sets a title, or an editor's choice of need, further apart from a passing mention.
    """
    docs, weights = index.postings(term)
    weight = weights / SCALE
    return docs, certainty * idf(index, term) * weight * np.sqrt(weight)


def _concept_scores(index: Index, concept: Concept) -> np.ndarray:
    """Return what one concept adds to each document: its best term there, and less for further ones."""
    every, best = np.zeros(len(index)), np.zeros(len(index))
    for term, certainty in sorted(concept.terms.items()):  # sums of floats hang on their order
        docs, adds = term_scores(index, term, certainty)
        every[docs] += adds
        best[docs] = np.maximum(best[docs], adds)
    return best + FURTHER * (every - best)


def _feedback(index: Index, found: np.ndarray) -> np.ndarray:
    """Return what each document gets because it answers the needs that the best ones answer.

    Pseudo-relevance feedback (Manning, Raghavan and Schütze, “Introduction to information retrieval”,
    2008, chapter 9) with needs for terms: “nødherberg” stands in one offer, whose need leads to others.
    """
    added, most = np.zeros(len(index)), found.max(initial=0.0)
    if NEEDS not in index.facets or not most:
        return added
    leading = np.sort(np.argpartition(-found, min(LEADING, len(index)) - 1)[:LEADING])
    share = (found[leading] / most) ** 2
    share /= share.sum()
    needs = tuple(map(need_term, index.facets[NEEDS].values))
    here = (index.weights_of(needs)[:, leading] * share).sum(axis=1)
    meant = [(-here[row] * idf(index, needs[row]), needs[row]) for row in np.flatnonzero(here)]
    for adds, need in sorted(meant)[:MOST_NEEDS]:
        docs, weights = index.postings(need)
        added[docs] -= adds * weights
    return FEEDBACK * most * added / (added.max(initial=0.0) or 1.0)
