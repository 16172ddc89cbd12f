"""What single words and pairs of them point to, learnt from the phrases of the thesaurus. Pure.

Nobody can write down every way to say a thing. But “sover”, “ædru” and “husleje” stand mainly in phrases
of one need each, so a sentence that holds such words is evidence for that need though it is no phrase.
Small words beside each other tell, too, where alone they tell nothing: “ikke til”, “ud af”, “hjem med”.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from math import exp, log, sqrt
from typing import NamedTuple

from offers.search.kin import kin, names_kin

# So many phrases of no particular need are thought to be around each word: one phrase proves little.
PRIOR = 2.0
# What a part of a compound that no phrase has tells, of what the word itself would.
PART = 0.5
# What two words in their order tell, of what a word does: its two words are mostly counted, too.
PAIR = 0.5


class Saying(NamedTuple):
    """What is said: the stems of all words in their order, and those of words that are no small ones."""

    stems: tuple[str, ...]
    telling: frozenset[str]


class Feature(NamedTuple):
    """A word or two of a saying: its name, the stems it is made of, and what it counts."""

    name: str
    stems: tuple[str, ...]
    counts: float = 1.0


@dataclass(frozen=True)
class Associations:
    """For each word, or two of them, how much likelier it makes each term (0 to 1).

    `breadths` has, for each word, over how many terms its phrases are spread: 1 when all are of one, else
    e to the power of their entropy.
    """

    strengths: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    breadths: Mapping[str, float] = field(default_factory=dict)

    def evidence(self, said: Saying, parts_of: Callable[[str], Iterable[str]]) -> list[tuple[str, float]]:
        """Return the terms that a saying points to, with the sums of their strengths, strongest first.

        A telling word that no phrase has counts by its parts.
        """
        total: dict[str, float] = defaultdict(float)
        for feature in features(said):
            for term, strength in self.strengths.get(feature.name, {}).items():
                total[term] += feature.counts * strength
        for stemmed in sorted(said.telling):
            for part in () if kin(stemmed) in self.strengths else parts_of(stemmed):
                for term, strength in self.strengths.get(part, {}).items():
                    total[term] += PART * strength
        return sorted(total.items(), key=lambda found: (-found[1], found[0]))

    def because(self, said: Saying, term: str) -> Collection[str]:
        """Return the stems of a saying that point to `term`, alone or with another."""
        names = (one.stems for one in features(said) if term in self.strengths.get(one.name, {}))
        return {stemmed for stems in names for stemmed in stems}

    def strength(self, stemmed: str, term: str) -> float:
        """Return how much likelier one word makes one term."""
        return self.strengths.get(kin(stemmed), {}).get(term, 0.0)


class Learner:
    """Hears phrases one by one, each with a term that it stands for.

    The strength of a word for a term is the share of its phrases that have the term, less what it would
    be for any word. A term with many phrases counts by their root, so that it does not swallow the small
    ones; and `PRIOR` phrases are added that have terms as phrases in general do (additive smoothing). The
    term "" says that a phrase has none.
    """

    def __init__(self) -> None:
        """Begin with no phrase."""
        self._terms: dict[str, list[str]] = defaultdict(list)  # of the phrases in which a feature stands
        self._words: set[str] = set()
        self._phrases: Counter[str] = Counter()

    def hear(self, said: Iterable[Feature], term: str) -> None:
        """Learn from the features of one phrase."""
        self._phrases[term] += 1
        for feature in said:
            self._terms[feature.name].append(term)
            if len(feature.stems) == 1:
                self._words.add(feature.name)

    def learnt(self) -> Associations:
        """Return what all phrases together teach."""
        size = {term: sqrt(count) for term, count in sorted(self._phrases.items())}
        usual = {term: part / sum(size.values()) for term, part in size.items()}
        # Most pairs stand in one phrase only: what the same terms teach is worked out and held once.
        strengths = cache(lambda terms: _likelier(Counter(terms), size, usual))
        return Associations(
            {name: strengths(tuple(sorted(terms))) for name, terms in self._terms.items()},
            {word: _breadth(Counter(self._terms[word])) for word in sorted(self._words)},
        )


def _likelier(
    counts: Counter[str], size: Mapping[str, float], usual: Mapping[str, float]
) -> dict[str, float]:
    """Return how much likelier each term is where phrases have the terms of `counts` (see `Learner`)."""
    among = {term: count / size[term] for term, count in counts.items()}
    scale, count = sum(among.values()), counts.total()
    likelier = {
        term: (part / scale * count + PRIOR * usual[term]) / (count + PRIOR) - usual[term]
        for term, part in among.items()
    }
    return {term: strength for term, strength in likelier.items() if term and strength > 0}


def _breadth(counts: Counter[str]) -> float:
    """Return over how many terms phrases are spread."""
    total = counts.total()
    shares = (count / total for _, count in sorted(counts.items()))
    return exp(-sum(share * log(share) for share in shares))


def features(said: Saying) -> list[Feature]:
    """Return what a saying is made of, each once, in the order of their names.

    That is each telling word, relatives as their classes; each of them beside each relative; and each two
    words that stand beside each other, or with one between, small words included.
    """
    found = {feature.name: feature for feature in (*_pairs(said.stems), *_words(sorted(said.telling)))}
    return [feature for _, feature in sorted(found.items())]


def _words(telling: list[str]) -> Iterator[Feature]:
    """Yield the telling words, and each beside each relative."""
    relatives = {kin(stemmed): stemmed for stemmed in telling if names_kin(stemmed)}
    yield from (Feature(name, (stemmed,)) for name, stemmed in relatives.items())
    for plain in telling:
        if not names_kin(plain):
            yield Feature(plain, (plain,))
            for name, stemmed in relatives.items():
                yield Feature(f"{name} {plain}", (stemmed, plain))


def _pairs(stems: tuple[str, ...]) -> Iterator[Feature]:
    """Yield the pairs of words in their order."""
    names = [kin(stemmed) for stemmed in stems]
    for further in (1, 2):
        for place in range(len(stems) - further):
            first, second = place, place + further
            yield Feature(f"{names[first]} > {names[second]}", (stems[first], stems[second]), PAIR)
