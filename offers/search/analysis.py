"""Words in, terms out: the one analysis for what is stored and for what is asked. Pure.

A term is a stem. A compound gives its own stem and, with less weight, the stems of its parts, so that
“misbrugsrådgivning” and “rådgivning” meet.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from functools import lru_cache

from offers.search import law
from offers.search.lexicon import Lexicon
from offers.search.stems import stem
from offers.search.stopwords import STOP_WORDS

# Weights of an occurrence, in tenths: a part counts 0.7 of a whole word (docs/search.md).
WHOLE, PART = 10, 7
CACHED_WORDS = 100_000


class Analyser:
    """The analysis with one set of editors' rules about words."""

    def __init__(self, lexicon: Lexicon, stop_words: Iterable[str] = ()):
        """`stop_words` come on top of the usual ones."""
        self.lexicon = lexicon
        self.stop_words = STOP_WORDS | frozenset(stop_words)
        self.terms_of = lru_cache(CACHED_WORDS)(self._terms_of)

    def _terms_of(self, word: str) -> tuple[tuple[str, int], ...]:
        """Return the terms of one folded word with their weights in tenths; the whole word first.

        A section of a named law is a section, too: “§ 101” is a part of “serviceloven § 101”.
        """
        if word.startswith("§"):
            number = law.of_any_law(word)
            return ((word, WHOLE),) if number == word else ((word, WHOLE), (number, PART))
        whole = stem(word)
        parts = dict.fromkeys(stem(part) for part in self.lexicon.parts(word))
        return ((whole, WHOLE), *((part, PART) for part in parts if part != whole))

    def terms(self, counted: Mapping[str, int]) -> Counter[str]:
        """Return the terms of counted words with the sums of their weights, without stop words."""
        found: Counter[str] = Counter()
        for word, count in counted.items():
            if word not in self.stop_words:
                for term, weight in self.terms_of(word):
                    found[term] += weight * count
        return found
