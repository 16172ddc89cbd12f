"""The thesaurus: phrases by their stems, and what each stands for. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from offers.search.associations import Associations
from offers.search.kin import kin, names_kin
from offers.search.stems import stem
from offers.search.stopwords import WEAK_WORDS

LONGEST_PHRASE = 8
# The weighted terms that each phrase stands for, by the stems of its words.
Entries = Mapping[tuple[str, ...], Mapping[str, float]]

_WEAK_STEMS = frozenset(map(stem, WEAK_WORDS))


@dataclass(frozen=True)
class Thesaurus:
    """Phrases by their stems, stop words included, and the weighted terms each stands for.

    `words` are those of the phrases as they are written; `needs` and `meanings` say to which needs, and to
    which other words, single words point. What English phrases teach is kept apart in `taught_in_english`,
    which has no phrases itself, so that no Danish word is read as an English one.
    """

    entries: Entries
    words: frozenset[str] = frozenset()
    needs: Associations = field(default_factory=Associations)
    meanings: Associations = field(default_factory=Associations)
    taught_in_english: "Thesaurus | None" = None

    @property
    def english(self) -> "Thesaurus":
        """What the English phrases teach; nothing when there are none."""
        return self.taught_in_english or Thesaurus({})

    @cached_property
    def stems(self) -> frozenset[str]:
        """The stems of all words in its phrases."""
        return frozenset(map(stem, self.words))

    @cached_property
    def single(self) -> frozenset[str]:
        """Those of its words that stand for something by themselves."""
        return frozenset(word for word in self.words if self.meaning(stem(word)))

    def longest_at(self, stems: Sequence[str], place: int) -> tuple[int, Mapping[str, float]]:
        """Return how many stems from `place` on are a phrase, and its terms; 0 when none are."""
        for length in range(min(LONGEST_PHRASE, len(stems) - place), 0, -1):
            terms = self.entries.get(_key(stems[place : place + length]))
            if terms:
                return length, terms
        return 0, {}

    def places_in_phrases(self, stems: Sequence[str]) -> set[int]:
        """Return the places of those stems that stand in phrases, or are one."""
        found: set[int] = set()
        place = 0
        while place < len(stems):
            length, _ = self.longest_at(stems, place)
            found.update(range(place, place + length))
            place += max(length, 1)
        return found

    def meaning(self, stemmed: str) -> Mapping[str, float]:
        """Return the terms that a single word stands for."""
        return self.entries.get((stemmed,), {})


def key_of(words: Iterable[str]) -> tuple[str, ...]:
    """Return the stems under which the thesaurus holds the phrase of these folded words."""
    return _key([stem(word) for word in words])


def _key(stems: Sequence[str]) -> tuple[str, ...]:
    """Return the stems of a phrase with its relatives as classes, unless it names nothing else."""
    return tuple(stems) if all(map(names_kin, stems)) else tuple(map(kin, stems))


def tells_little(key: tuple[str, ...]) -> bool:
    """Whether a phrase is a single word that names a relative or nothing in particular."""
    return len(key) == 1 and (names_kin(key[0]) or key[0] in _WEAK_STEMS)
