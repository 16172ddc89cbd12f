"""Why an offer stands where it stands, or not at all: the scorer's own numbers, taken apart. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

import numpy as np

from offers.search.concepts import Concept, Reader
from offers.search.question import Question, answer, boosted, boosts, fitting, having, narrows
from offers.search.ranking import CUT, SCALE, idf, scoring, share_met, term_scores


@dataclass(frozen=True)
class TermShare:
    """One term of a concept: how sure and how telling it is, and what it adds to one offer.

    `added` is certainty × idf × weight^1½; `df` is the number of offers that have the term.
    """

    term: str
    certainty: float
    idf: float
    df: int
    weight: float = 0.0
    added: float = 0.0


@dataclass(frozen=True)
class ConceptShare:
    """One concept, and what it adds to one offer, which counts `concept.weight` times.

    That is its best term there, and `ranking.FURTHER` of what the others add.
    """

    concept: Concept
    terms: tuple[TermShare, ...]
    added: float = 0.0


@dataclass(frozen=True)
class Explanation:
    """How one offer got its score and its place; `refusals` says in Danish why it has none.

    `share` is the fourth root of the share of concepts met, `feedback` what its needs add; `whole` is the
    sum over concepts times `share`, plus `feedback`, before the cut at `least`; `score` is what the answers
    are ordered by, the boosts included.
    """

    concepts: tuple[ConceptShare, ...]
    met: float
    asked: float
    share: float
    feedback: float
    whole: float
    least: float
    boosts: dict[str, float]
    score: float
    rank: int | None
    refusals: list[str]


class Explainer:
    """One question, its answer, and every step between."""

    def __init__(self, reader: Reader, question: Question, at: datetime):
        """Answer `question` as of the moment `at` (local time), and keep the scorer's steps."""
        self.index, self.question, self.at = reader.index, question, at
        self.answer = answer(reader, question, at)
        self.scoring = scoring(self.index, self.answer.understanding.asked)
        self.scores = boosted(self.scoring.scores, self.index, question, at.toordinal())

    @cached_property
    def concepts(self) -> tuple[ConceptShare, ...]:
        """What is asked for, whatever the offer."""
        return self._shares(None)

    def explain(self, key: int) -> Explanation:
        """Explain the offer with primary key `key`; raises KeyError when the index does not have it."""
        found = np.flatnonzero(self.index.keys == key)
        if not len(found):
            raise KeyError(key)
        place = int(found[0])
        steps = self.scoring
        rank = self.answer.keys.index(key) + 1 if key in self.answer.keys else None
        moved = boosts(self.index, self.question, self.at.toordinal())
        factors = {name: float(factor[place]) for name, factor in moved}
        return Explanation(
            concepts=self._shares(place),
            met=float(steps.met[place]),
            asked=steps.asked,
            share=float(share_met(steps.met, steps.asked)[place]),
            feedback=float(steps.feedback[place]),
            whole=float(steps.whole[place]),
            least=float(steps.least),
            boosts={name: factor for name, factor in factors.items() if factor != 1.0},
            score=float(self.scores[place]),
            rank=rank,
            refusals=[] if rank else list(self._refusals(place)),
        )

    def _shares(self, place: int | None) -> tuple[ConceptShare, ...]:
        """Return the concepts with their terms, as they stand in the document at `place`."""
        found = []
        for concept, part in zip(self.answer.understanding.asked, self.scoring.parts, strict=True):
            terms = tuple(self._term(term, sure, place) for term, sure in sorted(concept.terms.items()))
            found.append(ConceptShare(concept, terms, 0.0 if place is None else float(part[place])))
        return tuple(found)

    def _term(self, term: str, certainty: float, place: int | None) -> TermShare:
        """Return one term, with its weight in the document at `place` and what it adds there."""
        docs, weights = self.index.postings(term)
        here = np.flatnonzero(docs == place)
        known = TermShare(term, certainty, idf(self.index, term), len(docs))
        if not len(here):
            return known
        _, added = term_scores(self.index, term, certainty)
        return TermShare(
            term, certainty, known.idf, known.df, float(weights[here[0]]) / SCALE, float(added[here[0]])
        )

    def _refusals(self, place: int) -> Iterator[str]:
        """Yield why the document at `place` is no answer."""
        index = self.index
        if not index.published(self.at.toordinal())[place]:
            yield "Det vises ikke i dag: se “vises fra” og “vises til”."
        if narrows(self.answer.understanding, self.question) and not self.scoring.scores[place]:
            yield self._no_score(place)
        if self.question.age is not None and not fitting(index, self.question)[place]:
            yield "Det er ikke for den alder."
        for group, values in self.question.chosen.items():
            if values and not having(index, group, values, self.at)[place]:
                yield f"Det passer ikke til filteret {group}: {', '.join(values)}."

    def _no_score(self, place: int) -> str:
        """Return why the words do not lead to the document at `place`."""
        if not self.scoring.met[place]:
            return "Det har intet af det, der spørges om."
        if not self.scoring.candidates[place]:
            return "Det har kun ord, som siger for lidt."
        return f"Det når ikke {100 * CUT:.0f} % af det bedste svar."
