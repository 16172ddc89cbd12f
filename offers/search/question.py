"""A question and its answer: words and filters in, ranked documents and counts out. Pure."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

import numpy as np

from offers.search import audience
from offers.search.concepts import Concept, How, Reader, Understanding
from offers.search.index import Index
from offers.search.letters import words
from offers.search.lifting import lift
from offers.search.opening import NO_LIMIT
from offers.search.ranking import scores
from offers.search.stopwords import WEAK_WORDS
from offers.search.taken import UNKNOWN
from offers.search.telling import WEAK
from offers.search.who import Who

# The one group whose value hangs on the clock.
OPEN, NOW = "aaben", "nu"
# An offer that tells what is wished stands before one that does not tell, by this factor.
TOLD = 1.1
# An offer whose facts are overdue sinks by so much at most, after so many days: a fresh one that answers as
# well stands before it, and it is never hidden.
FADE, FADED_AFTER = 0.1, 365


class Order(StrEnum):
    """In which order the answers stand, under the names in the address."""

    BEST = "bedst"
    NAME = "navn"
    VERIFIED = "kontrolleret"


@dataclass(frozen=True)
class Question:
    """What is asked: free text, an age, and for each group the values of which one must be there.

    With `until_age` one asks about all ages from `age` on, that one included. `who` only lifts.
    """

    words: str = ""
    age: int | None = None
    until_age: int | None = None
    who: Who | None = None
    chosen: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    correct: bool = True
    order: Order = Order.BEST
    spread: int = 0  # years that the age may be off, either way

    @property
    def ages(self) -> range:
        """The ages that are asked for; none when no age is."""
        first = self.age or 0
        return range(first, 0 if self.age is None else max(first, self.until_age or 0) + 1)


@dataclass(frozen=True)
class Answer:
    """The keys of the documents that answer, best first; the counts of each filter value; the reading."""

    keys: list[int]
    counts: dict[str, dict[str, int]]
    understanding: Understanding


@dataclass(frozen=True)
class _Found:
    """What answers: a score for each document, which of them fit all but the groups, and each group."""

    understanding: Understanding
    score: np.ndarray
    base: np.ndarray
    masks: Mapping[str, np.ndarray]

    @property
    def hits(self) -> np.ndarray:
        """Which documents answer."""
        return _others("", self.base, self.masks)


def answer(reader: Reader, question: Question, at: datetime) -> Answer:
    """Answer `question` as of the moment `at` (local time).

    A value's count is the number of answers one would get by choosing it, as if nothing else were
    chosen in its group: values of one group are “or”, groups together “and”.
    """
    index, found = reader.index, _found(reader, question, at)
    score = boosted(found.score, index, question, at.toordinal())
    places = np.flatnonzero(found.hits)
    counts = {group: _counts(index, group, found.base, found.masks) for group in index.facets}
    open_now = index.open_at(at) & _others(OPEN, found.base, found.masks)
    return Answer(
        keys=index.keys[_ordered(places, index, score, question.order)].tolist(),
        counts=counts | {OPEN: {NOW: int(np.count_nonzero(open_now))}},
        understanding=found.understanding,
    )


def count(reader: Reader, question: Question, at: datetime) -> int:
    """Return how many documents answer `question` at the moment `at`: half the work of their order."""
    return int(np.count_nonzero(_found(reader, question, at).hits))


def _found(reader: Reader, question: Question, at: datetime) -> _Found:
    """Return what answers `question`, in no order."""
    index = reader.index
    understanding = reader.read(question.words, correct=question.correct)
    score = scores(index, understanding.asked)
    base = index.published(at.toordinal())
    if narrows(understanding, question):
        base &= score > 0
    if question.age is not None:
        base &= fitting(index, question)
    masks = {group: having(index, group, values, at) for group, values in question.chosen.items() if values}
    return _Found(understanding, score, base, masks)


def narrows(understanding: Understanding, question: Question) -> bool:
    """Return whether the words leave anything out.

    Beside a filter, words that hardly tell a need only order: “min søn bor i Greve” asks for Greve.
    """
    filtered = question.age is not None or any(question.chosen.values())
    if not filtered:
        return bool(understanding.asked)
    return any(_tells_a_need(concept) for concept in understanding.concepts)


def _tells_a_need(concept: Concept) -> bool:
    """Return whether a concept says more than a weak word, or the beginning of one, does."""
    if concept.how in {How.PHRASE, How.SYNONYM}:
        return True
    return concept.weight > WEAK and not WEAK_WORDS.issuperset(concept.words)


def boosts(index: Index, question: Question, day: int) -> Iterator[tuple[str, np.ndarray]]:
    """Yield what beside the words moves an answer on `day` (an ordinal): its Danish name, its factors."""
    yield "frist for kontrol", faded(index, day)
    said = words(question.words)
    ages = question.ages
    middle = ages[len(ages) // 2] if ages else None
    yield "hvem og hvor gammel", audience.factors(index, said, middle)
    if question.who is not None and audience.relative_of(said) is None:
        yield f"for {question.who}", lift(question.who, index, is_aged=question.age is not None)
    for group, values in question.chosen.items():
        told = [value for value in values if value != UNKNOWN]
        if told and len(told) < len(values):
            yield f"{group} er oplyst", np.where(index.facets[group].any_of(told), TOLD, 1.0)


def faded(index: Index, day: int) -> np.ndarray:
    """Return a factor for each document: 1 until its facts are due, then less, evenly, to 1 − FADE."""
    due = index.columns["due"]
    late = np.where(due == NO_LIMIT, 0, day - due)
    return 1 - FADE * np.clip(late / FADED_AFTER, 0.0, 1.0)


def boosted(score: np.ndarray, index: Index, question: Question, day: int) -> np.ndarray:
    """Return `score` times every boost: what the answers are ordered by."""
    for _, factor in boosts(index, question, day):
        score = score * factor
    return score


def having(index: Index, group: str, values: Iterable[str], at: datetime) -> np.ndarray:
    """Return which documents have one of `values` of `group` at the moment `at`."""
    return index.open_at(at) if group == OPEN else index.facets[group].any_of(values)


def fitting(index: Index, question: Question) -> np.ndarray:
    """Return which documents let in a person of an age that is asked for, or near it by `spread` years."""
    ages = question.ages
    return index.fitting_age(max(0, ages.start - question.spread), ages.stop - 1 + question.spread)


def _ordered(places: np.ndarray, index: Index, score: np.ndarray, order: Order) -> np.ndarray:
    """Return `places` in the order asked for; the index is in the order of names."""
    if order is Order.NAME:
        return places
    best = -score[places] if order is Order.BEST else -index.columns["verified"][places]
    return places[np.lexsort((places, best))]


def _counts(index: Index, group: str, base: np.ndarray, masks: Mapping[str, np.ndarray]) -> dict[str, int]:
    """Return the count of each value of `group`, with the group's own filter lifted."""
    return index.facets[group].counts(_others(group, base, masks))


def _others(group: str, base: np.ndarray, masks: Mapping[str, np.ndarray]) -> np.ndarray:
    """Return what all filters leave but that of `group`."""
    mask = base.copy()
    for other, chosen in masks.items():
        if other != group:
            mask &= chosen
    return mask
