"""Texts in pieces, with the words marked that answer what was asked for. Pure.

A word is compared by its terms, as the index compares it: “misbrugsrådgivning” is marked as a whole
when “rådgivning” was asked for. Pieces hold plain text; whoever shows them escapes it.
"""

import re
from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from typing import NamedTuple

from offers.search import letters
from offers.search.analysis import Analyser
from offers.search.concepts import Concept

EXCERPT_LENGTH = 200  # letters of a sentence that are shown
REMEMBERED = 20_000  # words whose folding is kept at hand
TEXTS = 4_000  # texts of which the terms are kept at hand: those of some hundred cards
LEAD = 60  # letters before the first marked word, when a sentence is cut

_CHUNK = re.compile(r"\S+")
_TOKEN = re.compile(r"[^\W_]+")
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[^\Wa-zæøå])")

# How surely each concept, by its number, is answered.
Evidence = Mapping[int, float]
# Where in a text a word begins and ends that answers something, and what it answers.
Span = tuple[int, int, Evidence]


class Piece(NamedTuple):
    """A run of text, and whether it answers what was asked for."""

    text: str
    is_marked: bool = False


class Marker:
    """Finds the words that answer some concepts; what it knows of a word it remembers."""

    def __init__(self, analyser: Analyser, concepts: Sequence[Concept]):
        """Keep the terms that are asked for, with the concepts they answer."""
        self.analyser, self.concepts = analyser, concepts
        self._asked: dict[str, dict[int, float]] = {}
        for number, concept in enumerate(concepts):
            for term, certainty in concept.terms.items():
                self._asked.setdefault(term, {})[number] = certainty
        self._chunks: dict[str, list[Span]] = {}
        self._texts: dict[str, list[Span]] = {}

    @cached_property
    def asked(self) -> Hashable:
        """What it looks for: the same for two that mark every text alike."""
        return self.analyser, tuple((one.weight, frozenset(one.terms.items())) for one in self.concepts)

    def of_terms(self, terms: Iterable[str]) -> Evidence:
        """Return the concepts that one of `terms` answers, and how surely."""
        found: dict[int, float] = {}
        for term in terms:
            for number, certainty in self._asked.get(term, {}).items():
                found[number] = max(certainty, found.get(number, 0.0))
        return found

    def of_word(self, word: str) -> Evidence:
        """Return the concepts that a folded word answers; a stop word answers none."""
        terms = [term for term, _ in self.analyser.terms_of(word) if term in self._asked]
        return self.of_terms(terms) if terms and word not in self.analyser.stop_words else {}

    def of_text(self, text: str) -> Evidence:
        """Return the concepts that `text` answers."""
        found: dict[int, float] = {}
        for _, _, evidence in self._spans(text):
            for number, certainty in evidence.items():
                found[number] = max(certainty, found.get(number, 0.0))
        return found

    def pieces(self, text: str) -> list[Piece]:
        """Return `text` in pieces; joined they are `text` again."""
        found, place = [], 0
        for start, end, _ in self._spans(text):
            found += [Piece(text[place:start]), Piece(text[start:end], is_marked=True)]
            place = end
        return [piece for piece in (*found, Piece(text[place:])) if piece.text]

    def excerpt(self, blocks: Iterable[str], numbers: Collection[int]) -> list[Piece]:
        """Return the sentence of `blocks` that best answers the concepts `numbers`, or nothing.

        A long sentence is cut between words, with “…” where something is left out.
        """
        best, most = "", 0.0
        for block in blocks:
            for sentence in _SENTENCE_END.split(block):
                worth = self._worth(self.of_text(sentence), numbers)
                if worth > most:
                    best, most = sentence, worth
        return self._cut(best, numbers) if best else []

    def _worth(self, evidence: Evidence, numbers: Collection[int]) -> float:
        """Return how much of what is asked for `evidence` shows."""
        return sum(self.concepts[n].weight * value for n, value in evidence.items() if n in numbers)

    def _cut(self, sentence: str, numbers: Collection[int]) -> list[Piece]:
        """Return the pieces of a sentence, or of its part around the best word when it is long."""
        if len(sentence) <= EXCERPT_LENGTH:
            return self.pieces(sentence)
        spans = [(self._worth(evidence, numbers), -start) for start, _, evidence in self._spans(sentence)]
        word = -max(spans)[1]
        earliest = max(0, word - LEAD)
        start = max(earliest, sentence.find(" ", earliest, word)) if earliest else 0
        end = start + EXCERPT_LENGTH
        if end < len(sentence):
            end = max(sentence.rfind(" ", word, end), word + letters.WORD_LENGTH)
        before, after = ("… " if start else ""), (" …" if end < len(sentence) else "")
        shown = self.pieces(sentence[start:end].strip())
        return [Piece(text) for text in (before,) if text] + shown + [Piece(t) for t in (after,) if t]

    def _spans(self, text: str) -> list[Span]:
        """Return where the words stand that answer something, and what they answer."""
        spans = self._texts.get(text)
        if spans is None:
            # Most texts answer nothing, which their terms tell at once.
            says = self._asked and not self._asked.keys().isdisjoint(_terms_in(self.analyser, text))
            spans = self._texts[text] = list(self._found_in(text)) if says else []
        return spans

    def _found_in(self, text: str) -> Iterator[Span]:
        """Yield the spans of `text`, word by word."""
        for match in _CHUNK.finditer(text):
            chunk = match[0]
            spans = self._chunks.get(chunk)
            if spans is None:
                known = [(start, end, self.of_word(word)) for start, end, word in words_in(chunk)]
                spans = self._chunks[chunk] = [span for span in known if span[2]]
            for start, end, evidence in spans:
                yield match.start() + start, match.start() + end, evidence


@lru_cache(TEXTS)
def _terms_in(analyser: Analyser, text: str) -> frozenset[str]:
    """Return the terms of all words of `text`, stop words left out."""
    words = {word for chunk in _CHUNK.findall(text) for _, _, word in words_in(chunk)}
    return frozenset(term for word in words - analyser.stop_words for term, _ in analyser.terms_of(word))


@lru_cache(REMEMBERED)
def words_in(chunk: str) -> tuple[tuple[int, int, str], ...]:
    """Return the words of a text without spaces, folded, and where they stand: one, or two in “mor/far”.

    A word may have invisible characters in it, which folding takes out.
    """
    tokens = list(_TOKEN.finditer(chunk))
    whole = letters.words(chunk, 2) if tokens else []
    if len(whole) == 1:
        return ((tokens[0].start(), tokens[-1].end(), whole[0]),)
    found = ((token, letters.words(token[0], 1)) for token in tokens)
    return tuple((token.start(), token.end(), words[0]) for token, words in found if words)
