"""What is asked for: words become concepts, each a set of terms that would answer it. Pure."""

from collections.abc import Iterable, Sequence

from offers.search import corrections, english, law, letters
from offers.search.analysis import Analyser
from offers.search.hints import pointed_to, saying
from offers.search.index import Index
from offers.search.kin import POSSESSIVES, names_kin
from offers.search.numbers import NUMBER, national
from offers.search.stems import stem
from offers.search.stopwords import SPOKEN
from offers.search.telling import WEAK, listed_weight, weight_of
from offers.search.thesaurus import Thesaurus
from offers.search.understanding import Concept, How, Understanding

# How sure a term answers what was asked, by how it was found; docs/search.md has the table.
ITSELF, PART, SYNONYM, PHRASE, CORRECTED, COMPLETED = 1.0, 0.45, 0.5, 0.9, 0.8, 0.6
# What is said as surely as this is not hinted at.
SAID = 0.6
# Where nothing that is said leads to an offer, this share of the evidence is enough.
FAINTLY = 0.3

SHORTEST_BEGINNING = 5
_NEED = "behov:"


class Reader:
    """Reads questions against one index and one thesaurus."""

    def __init__(self, index: Index, analyser: Analyser, thesaurus: Thesaurus):
        """Keep what the words are read against."""
        self.index, self.analyser, self.thesaurus = index, analyser, thesaurus
        counts = dict.fromkeys(thesaurus.words, 0) | index.word_counts
        self.vocabulary = corrections.Vocabulary(counts)
        self.endings = corrections.Vocabulary(
            {word: count for word, count in counts.items() if count or word in thesaurus.single}
        )

    def read(self, text: str, *, correct: bool = True) -> Understanding:
        """Return the concepts of `text`; with `correct` false every word is taken as written."""
        found = Understanding()
        text = self._without_names(text, found)
        words = letters.words(text)
        found.passed_over = passed_over = english.small_words(words)
        # The directory is Danish: what it would take English words for is nothing that was meant.
        mends = correct and not passed_over
        words = self._mended(words, found, mends)
        stems = [stem(word) for word in words]
        place = 0
        while place < len(words):
            length, terms = self.thesaurus.longest_at(stems, place)
            if length < 2 and words[place] in passed_over:
                place += 1
                continue
            if length < 2 and (joined := self._joined(words[place : place + 2])):
                found.concepts.append(joined)
                place += 2
                continue
            taken = words[place : place + max(length, 1)]
            if length < 2 and self._is_ones_own(words, place):
                found.concepts.append(Concept(tuple(taken), self._own_terms(taken[0]), WEAK))
                place += 1
                continue
            # Beside others, a whole word is meant as it stands: “i morgen” is no morning sickness.
            is_whole = len(words) > 1 and self.analyser.lexicon.is_word(words[-1])
            is_last = place + len(taken) == len(words) and not is_whole and not passed_over
            found.concepts += self._concepts(taken, terms, found, mends, is_last)
            place += len(taken)
        if correct:
            found.corrected |= self._misspelt(words) if mends else {}
            words = [word for word in words if word not in passed_over]
            taught = self.thesaurus.english if passed_over else self.thesaurus
            found.hint = self._hint(words, found, taught)
            if not any(self.index.frequency(term) for one in found.asked for term in one.terms):
                found.hint = self._hint(words, found, taught, FAINTLY)
        return found

    def _without_names(self, text: str, found: Understanding) -> str:
        """Return `text` without references to law and known telephone numbers, which become concepts."""
        for reference in law.references(text):
            said = text[reference.start : reference.end]
            found.concepts.append(Concept((said,), {reference.term: ITSELF}, how=How.LAW))
        text = law.without_references(text)
        for match in NUMBER.finditer(text):
            number = national(match.group())
            if self.index.frequency(number):
                found.concepts.append(Concept((match.group(),), {number: ITSELF}, how=How.NUMBER))
                text = text.replace(match.group(), " ")
        return text

    def _hint(
        self, words: Sequence[str], found: Understanding, taught: Thesaurus, share: float = 1.0
    ) -> Concept | None:
        """Return what the words outside phrases point to, beside what is said; None for nothing.

        A relative beside a phrase changes what it is about: “min dreng sidder i kørestol”. With a smaller
        `share` of the evidence that is usually wanted, the words of phrases may point, too.
        """
        phrases = [one.words for one in found.concepts if len(one.words) > 1 and stands_for_need(one)]
        told = [found.corrected.get(word, word) for word in words]
        outside = [word for word in told if not any(word in phrase for phrase in phrases)]
        telling = [word for word in outside if word not in self.analyser.stop_words]
        if share == 1.0 and not any(names_kin(stem(word)) for word in telling):
            told = outside
        spelled = {stem(word): word for word in told}
        said = {term for one in found.concepts for term, sure in one.terms.items() if sure >= SAID}
        terms, because = pointed_to(
            taught,
            saying(told, self.analyser.stop_words),
            lambda one: self._parts_of(spelled[one]),
            lambda term: term in said or not self.index.frequency(term),
            share,
        )
        why = tuple(word for stemmed, word in spelled.items() if stemmed in because)
        return Concept(why or tuple(told), terms, how=How.HINT) if terms else None

    def _parts_of(self, word: str) -> list[str]:
        """Return the stems of the parts of a compound."""
        return [term for term, _ in self.analyser.terms_of(word)[1:]]

    def _is_ones_own(self, words: Sequence[str], place: int) -> bool:
        """Whether the word says who is spoken of, and not what about: “mine forældre”."""
        before = words[max(place - 2, 0) : place]
        return names_kin(stem(words[place])) and not POSSESSIVES.isdisjoint(before)

    def _concepts(self, words, terms, found, correct, is_last) -> Iterable[Concept]:
        """Return the concepts of a phrase, or of a single word."""
        if len(words) > 1:
            small = self.analyser.stop_words | found.passed_over
            own = {stem(word): PART for word in words if word not in small}
            meant = {term: PHRASE * weight for term, weight in terms.items()}
            yield Concept(tuple(words), own | meant, how=How.PHRASE)
            return
        (word,) = words
        if terms:
            own = self._own_terms(word)
            meant = {term: SYNONYM * weight for term, weight in terms.items()}
            yield Concept((word,), meant | own, self._weight(word), How.SYNONYM)
        elif word not in self.analyser.stop_words:
            yield from self._single(word, found, correct, is_last)

    def _weight(self, word: str) -> float:
        """Return how much a word tells, as far as the phrases of the thesaurus know."""
        return weight_of(word, self.thesaurus.needs)

    def _own_terms(self, word: str) -> dict[str, float]:
        """Return the word's stem and the stems of its parts."""
        whole, *parts = (term for term, _ in self.analyser.terms_of(word))
        return dict.fromkeys(parts, PART) | {whole: ITSELF}

    def _mended(self, words: list[str], found: Understanding, correct: bool) -> list[str]:
        """Return the words with slips mended that would break a phrase: “jeg vil ike leve”.

        The last word may be unfinished, and a word that anything is known of is left alone.
        """
        words = [SPOKEN.get(word, word) for word in words] if correct else words
        in_phrases = self.thesaurus.places_in_phrases(list(map(stem, words)))
        for place, word in enumerate(words[:-1] if correct and len(words) > 1 else ()):
            known = word in self.analyser.stop_words or stem(word) in self.thesaurus.stems
            is_left = known or place in in_phrases
            if is_left or self.index.frequency(stem(word)) or self.analyser.lexicon.parts(word):
                continue
            if right := self._slip(word, correct):
                found.corrected[word] = words[place] = right
        return words

    def _misspelt(self, words: Iterable[str]) -> dict[str, str]:
        """Return how words ought to be written whose slip the stemming has taken away: “skilsmise”."""
        lexicon, found = self.analyser.lexicon, {}
        for word in words:
            is_known = word in self.vocabulary.counts or word in self.thesaurus.english.words
            is_known = is_known or lexicon.is_word(word) or bool(lexicon.parts(word))
            if not is_known and (right := self._slip(word, correct=True)) and stem(right) == stem(word):
                found[word] = right
        return found

    def _part(self, part: str) -> dict[str, float]:
        """Return the terms of a part of an unknown compound: “gruppevoldtægt” is about violence."""
        meant = self.thesaurus.meaning(part)
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
            yield Concept((word,), own, self._weight(word))
        elif is_last and (completed := self._completed(word)):
            yield Concept((word,), completed, how=How.COMPLETED)
        elif right := self._slip(word, correct):
            found.corrected[word] = right
            terms = self.thesaurus.meaning(stem(right))
            extra = {term: SYNONYM * CORRECTED * weight for term, weight in terms.items()}
            meant = {term: CORRECTED * sure for term, sure in self._own_terms(right).items()}
            yield Concept((word,), extra | meant, how=How.CORRECTED)
        elif parts:
            for part in parts:
                yield Concept((word,), self._part(part), listed_weight(part), How.PART)
        else:
            known = self._beginning(whole)
            yield Concept((word,), known or own, how=How.BEGINNING if known else How.UNKNOWN)

    def _slip(self, word: str, correct: bool) -> str | None:
        """Return what was meant by a word that is not in the directory, when corrections are wanted."""
        if not correct or word in self.vocabulary.counts:
            return None
        return corrections.correct(word, self.vocabulary, self.analyser.lexicon)

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
        endings = corrections.completions(word, self.endings)
        found: dict[str, float] = {}
        for ending in endings:
            meant = self.thesaurus.meaning(stem(ending))
            found |= {term: SYNONYM * COMPLETED * weight for term, weight in meant.items()}
            if self.index.word_counts.get(ending):
                found |= {term: COMPLETED * weight for term, weight in self._own_terms(ending).items()}
        return found


def need_term(slug: str) -> str:
    """Return the term that stands for a need; no word can be the same."""
    return f"{_NEED}{slug}"


def is_need_term(term: str) -> bool:
    """Whether a term stands for a need."""
    return term.startswith(_NEED)


def stands_for_need(concept: Concept) -> bool:
    """Whether a concept surely stands for a need."""
    return any(sure >= SAID and is_need_term(term) for term, sure in concept.terms.items())
