"""What is asked for: words become concepts, each a set of terms that would answer it. Pure."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

from offers.search import corrections, law, letters
from offers.search.analysis import Analyser
from offers.search.index import Index
from offers.search.stems import stem
from offers.search.stopwords import SPOKEN, WEAK_WORDS

# What a word is worth that tells little; see `stopwords`.
WEAK = 0.25
# How sure a term answers what was asked, by how it was found; docs/search.md has the table.
ITSELF, PART, SYNONYM, PHRASE, CORRECTED, COMPLETED = 1.0, 0.45, 0.5, 0.9, 0.8, 0.6

LONGEST_PHRASE = 8
SHORTEST_BEGINNING = 5
NUMBER = re.compile(r"\+?\d(?: ?\d){2,14}", re.ASCII)

_RELATIVES = {
    "partner": "mand kone kæreste partner samlever ægtefælle eks hustru ekskæreste eksmand",
    "barn": "barn søn datter dreng pige teenager knægt tøs børn unge",
    "forælder": "mor far forældre mødre fædre mama papa stedfar stedmor",
    "søskende": "bror søster søskende lillebror storesøster",
}
_WEAK_STEMS = frozenset(map(stem, WEAK_WORDS))
_KIN = {stem(word): f"*{name}" for name, words in _RELATIVES.items() for word in words.split()}


class How(StrEnum):
    """How words were read, in the words of the pages that explain it."""

    WORD = "ord i tilbuddene"
    PHRASE = "vending i synonymerne"
    SYNONYM = "ord i synonymerne"
    JOINED = "to ord, som tilbuddene skriver i ét"
    COMPLETED = "begyndelsen af et ord"
    CORRECTED = "rettet slåfejl"
    PART = "del af et sammensat ord"
    BEGINNING = "ord, der begynder som et kendt"
    UNKNOWN = "ukendt ord"
    LAW = "lovhenvisning"
    NUMBER = "telefonnummer"


@dataclass(frozen=True)
class Concept:
    """One thing that is asked for: the words that ask for it, and the terms that answer.

    The terms are weighted by how surely they answer; `weight` says how much the thing itself tells.
    """

    words: tuple[str, ...]
    terms: Mapping[str, float]
    weight: float = 1.0
    how: How = How.WORD


@dataclass
class Understanding:
    """The concepts of a question, and the words that were read as other words."""

    concepts: list[Concept] = field(default_factory=list)
    corrected: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Thesaurus:
    """Phrases by their stems, stop words included, and the weighted terms each stands for."""

    entries: Mapping[tuple[str, ...], Mapping[str, float]]
    words: frozenset[str] = frozenset()

    @cached_property
    def stems(self) -> frozenset[str]:
        """The stems of all words in its phrases."""
        return frozenset(map(stem, self.words))

    def longest_at(self, stems: Sequence[str], place: int) -> tuple[int, Mapping[str, float]]:
        """Return how many stems from `place` on are a phrase, and its terms; 0 when none are."""
        for length in range(min(LONGEST_PHRASE, len(stems) - place), 0, -1):
            some = stems[place : place + length]
            terms = self.entries.get(tuple(map(kin, some)) if length > 1 else tuple(some))
            if terms:
                return length, terms
        return 0, {}


def key_of(phrase: str) -> tuple[str, ...]:
    """Return the stems under which the thesaurus holds `phrase`."""
    stems = [stem(word) for word in letters.words(phrase)]
    return tuple(map(kin, stems)) if len(stems) > 1 else tuple(stems)


def tells_little(key: tuple[str, ...]) -> bool:
    """Whether a phrase is a single word that names a relative or nothing in particular."""
    return len(key) == 1 and (key[0] in _KIN or key[0] in _WEAK_STEMS)


def kin(stemmed: str) -> str:
    """Return a relative's class: what a phrase says of “min mand” holds for “min kæreste”, too."""
    return _KIN.get(stemmed, stemmed)


def need_term(slug: str) -> str:
    """Return the term that stands for a need; no word can be the same."""
    return f"behov:{slug}"


class Reader:
    """Reads questions against one index and one thesaurus."""

    def __init__(self, index: Index, analyser: Analyser, thesaurus: Thesaurus):
        """Keep what the words are read against."""
        self.index, self.analyser, self.thesaurus = index, analyser, thesaurus
        self.vocabulary = corrections.Vocabulary(dict.fromkeys(thesaurus.words, 0) | index.word_counts)

    def read(self, text: str, *, correct: bool = True) -> Understanding:
        """Return the concepts of `text`; with `correct` false every word is taken as written."""
        found = Understanding()
        for reference in law.references(text):
            found.concepts.append(
                Concept((text[reference.start : reference.end],), {reference.term: ITSELF}, how=How.LAW)
            )
        text = law_free(text)
        for match in NUMBER.finditer(text):
            number = national(match.group())
            if self.index.frequency(number):
                found.concepts.append(Concept((match.group(),), {number: ITSELF}, how=How.NUMBER))
                text = text.replace(match.group(), " ")
        words = self._mended(letters.words(text), found, correct)
        stems = [stem(word) for word in words]
        place = 0
        while place < len(words):
            length, terms = self.thesaurus.longest_at(stems, place)
            if length < 2 and (joined := self._joined(words[place : place + 2])):
                found.concepts.append(joined)
                place += 2
                continue
            taken = words[place : place + max(length, 1)]
            is_last = place + len(taken) == len(words)
            found.concepts += self._concepts(taken, terms, found, correct, is_last)
            place += len(taken)
        return found

    def _concepts(self, words, terms, found, correct, is_last) -> Iterable[Concept]:
        """Return the concepts of a phrase, or of a single word."""
        if len(words) > 1:
            own = {stem(word): PART for word in words if word not in self.analyser.stop_words}
            meant = {term: PHRASE * weight for term, weight in terms.items()}
            yield Concept(tuple(words), own | meant, how=How.PHRASE)
            return
        (word,) = words
        if terms:
            own = self._own_terms(word)
            meant = {term: SYNONYM * weight for term, weight in terms.items()}
            yield Concept((word,), meant | own, how=How.SYNONYM)
        elif word not in self.analyser.stop_words:
            yield from self._single(word, found, correct, is_last)

    def _own_terms(self, word: str) -> dict[str, float]:
        """Return the word's stem and the stems of its parts."""
        whole, *parts = (term for term, _ in self.analyser.terms_of(word))
        return dict.fromkeys(parts, PART) | {whole: ITSELF}

    def _mended(self, words: list[str], found: Understanding, correct: bool) -> list[str]:
        """Return the words with slips mended that would break a phrase: “jeg vil ike leve”.

        The last word may be unfinished, and a word that anything is known of is left alone.
        """
        words = [SPOKEN.get(word, word) for word in words] if correct else words
        for place, word in enumerate(words[:-1] if correct and len(words) > 1 else ()):
            known = word in self.analyser.stop_words or stem(word) in self.thesaurus.stems
            if known or self.index.frequency(stem(word)) or self.analyser.lexicon.parts(word):
                continue
            if right := self._slip(word, correct):
                found.corrected[word] = words[place] = right
        return words

    def _part(self, part: str) -> dict[str, float]:
        """Return the terms of a part of an unknown compound: “gruppevoldtægt” is about violence."""
        _, meant = self.thesaurus.longest_at([part], 0)
        return {term: SYNONYM * weight for term, weight in meant.items()} | {part: ITSELF}

    def _joined(self, pair: Sequence[str]) -> Concept | None:
        """Return the concept of two words that the directory writes as one: “fri plads”."""
        whole = "".join(pair)
        if (
            len(pair) == 2
            and self.index.word_counts.get(whole)
            and not set(pair) & self.analyser.stop_words
        ):
            own = {stem(word): PART for word in pair}
            return Concept(tuple(pair), own | self._own_terms(whole), how=How.JOINED)
        return None

    def _single(self, word, found, correct, is_last) -> Iterable[Concept]:
        """Return the concepts of a word that the thesaurus does not know.

        In this order: a word of the directory, an unfinished one, a slip, a compound, a known beginning.
        """
        own = self._own_terms(word)
        whole = stem(word)
        parts = [term for term in own if term != whole]
        if self.index.frequency(whole):
            yield Concept((word,), own, WEAK if word in WEAK_WORDS else 1.0)
        elif is_last and (completed := self._completed(word)):
            yield Concept((word,), completed, how=How.COMPLETED)
        elif right := self._slip(word, correct):
            found.corrected[word] = right
            _, terms = self.thesaurus.longest_at([stem(right)], 0)
            extra = {term: SYNONYM * CORRECTED * weight for term, weight in terms.items()}
            meant = {term: CORRECTED * sure for term, sure in self._own_terms(right).items()}
            yield Concept((word,), extra | meant, how=How.CORRECTED)
        elif parts:
            yield from (Concept((word,), self._part(part), how=How.PART) for part in parts)
        else:
            known = self._beginning(whole)
            yield Concept((word,), known or own, how=How.BEGINNING if known else How.UNKNOWN)

    def _slip(self, word: str, correct: bool) -> str | None:
        """Return what was meant by a word that is not in the directory, when corrections are wanted."""
        return corrections.correct(word, self.vocabulary, self.analyser.lexicon) if correct else None

    def _beginning(self, whole: str) -> dict[str, float]:
        """Return the longest known beginning of an unknown stem: “handicapped” begins with “handicap”."""
        for length in range(len(whole) - 1, SHORTEST_BEGINNING - 1, -1):
            if self.index.frequency(whole[:length]):
                return {whole[:length]: COMPLETED}
        return {}

    def _completed(self, word: str) -> dict[str, float]:
        """Return the terms of the words that begin with an unfinished `word`, unless it is whole."""
        if len(word) < SHORTEST_BEGINNING and self.analyser.lexicon.is_word(word):
            return {}
        endings = corrections.completions(word, self.vocabulary)
        found: dict[str, float] = {}
        for ending in endings:
            _, meant = self.thesaurus.longest_at([stem(ending)], 0)
            found |= {term: SYNONYM * COMPLETED * weight for term, weight in meant.items()}
            found |= {term: COMPLETED * weight for term, weight in self._own_terms(ending).items()}
        return found


def national(number: str) -> str:
    """Return the digits of a telephone number as they are dialled in Denmark."""
    digits = "".join(char for char in number if char.isdigit())
    return digits.removeprefix("45") if number.strip().startswith("+45") else digits


def law_free(text: str) -> str:
    """Return `text` without its references to law, which are concepts of their own."""
    rest, place = [], 0
    for reference in law.references(text):
        rest.append(text[place : reference.start])
        place = reference.end
    return " ".join([*rest, text[place:]])
