"""Slips of the finger: which word was meant? And how might an unfinished one end? Pure."""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Mapping

from rapidfuzz import process
from rapidfuzz.distance import OSA

from offers.search.lexicon import Lexicon

SHORTEST_CORRECTED = 4
SHORTEST_TWO_EDITS = 8
SHORTEST_COMPLETED = 3
MOST_COMPLETIONS = 8
CANDIDATES = 12

# What is written for a Danish letter by those who lack the key.
_BARE = {"a": "åæ", "o": "øå", "e": "æ"}
# Letters that Danes confuse because they sound, or are typed, alike; longest first.
_SKELETON = (
    ("nd", "n"),
    ("ld", "l"),
    ("å", "o"),
    ("ø", "o"),
    ("æ", "e"),
    ("aa", "a"),
    ("c", "k"),
    ("z", "s"),
)


class Vocabulary:
    """The words that people can have meant, each with the number of offers it stands in."""

    def __init__(self, counts: Mapping[str, int]):
        """Keep them in order, too, so that those with one beginning stand together; and by length."""
        self.counts = dict(counts)
        self.words = sorted(self.counts)
        self.of_length: dict[int, list[str]] = defaultdict(list)
        for word in self.words:
            self.of_length[len(word)].append(word)

    def near(self, word: str, edits: int) -> list[tuple[str, int]]:
        """Return words that `word` becomes by at most `edits` slips, with how many: the nearest first."""
        lengths = range(len(word) - edits, len(word) + edits + 1)
        some = [one for length in lengths for one in self.of_length.get(length, ())]
        found = process.extract(word, some, scorer=OSA.distance, score_cutoff=edits, limit=CANDIDATES)
        return [(right, int(distance)) for right, distance, _ in found]


def correct(word: str, known: Vocabulary, lexicon: Lexicon) -> str | None:
    """Return the word of the directory that was most likely meant, None when there is none.

    One slip (insert, delete, replace, transpose) in 4–7 letters, two from 8 on; ties go to the word
    that sounds alike, then to the more frequent one. A known word is never corrected.
    """
    if len(word) < SHORTEST_CORRECTED or not word.isalpha():
        return None
    if plain := _with_danish_letters(word, known):
        return plain
    if lexicon.is_word(word) and not lexicon.split(word):
        return None
    # A compound can be valid and still be a slip: “selvmorstanker”. One edit then, no more.
    edits = 2 if len(word) >= SHORTEST_TWO_EDITS and not lexicon.split(word) else 1
    sound = skeleton(word)

    def rank(candidate: tuple[str, int]) -> tuple[int, int, str]:
        right, distance = candidate
        return (distance - (skeleton(right) == sound), -known.counts[right], right)

    return min(known.near(word, edits), key=rank, default=(None, 0))[0]


def _with_danish_letters(word: str, known: Vocabulary) -> str | None:
    """Return the word of the directory that `word` is without its Danish letters: “born” for “børn”."""
    places = [place for place, letter in enumerate(word) if letter in _BARE]
    for place in places:
        for letter in _BARE[word[place]]:
            danish = word[:place] + letter + word[place + 1 :]
            if danish in known.counts:
                return danish
    return None


def skeleton(word: str) -> str:
    """Return how `word` sounds, roughly: doubled and confused letters are one."""
    for letters, sound in _SKELETON:
        word = word.replace(letters, sound)
    return re.sub(r"(.)\1", r"\1", word)


def completions(beginning: str, known: Vocabulary) -> list[str]:
    """Return the most frequent words of the directory that begin so."""
    if len(beginning) < SHORTEST_COMPLETED:
        return []
    place = bisect_left(known.words, beginning)
    found = []
    while place < len(known.words) and known.words[place].startswith(beginning):
        found.append(known.words[place])
        place += 1
    return sorted(found, key=lambda word: (-known.counts[word], word))[:MOST_COMPLETIONS]
