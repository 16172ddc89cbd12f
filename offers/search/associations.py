"""What single words point to, learnt from the phrases of the thesaurus. Pure.

Nobody can write down every way to say a thing. But “sover”, “ædru” and “husleje” stand mainly in phrases
of one need each, so a sentence that holds such words is evidence for that need though it is no phrase.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from math import sqrt

from offers.search.kin import kin, names_kin

# So many phrases of no particular need are thought to be around each word: one phrase proves little.
PRIOR = 2.0
# What a part of a compound that no phrase has tells, of what the word itself would.
PART = 0.5


@dataclass(frozen=True)
class Associations:
    """For each word, or word beside a relative, how much likelier it makes each term (0 to 1)."""

    strengths: Mapping[str, Mapping[str, float]] = field(default_factory=dict)

    def evidence(
        self, stems: Iterable[str], parts_of: Callable[[str], Iterable[str]]
    ) -> list[tuple[str, float]]:
        """Return the terms that the words of a question point to, with the sums of their strengths.

        `stems` are without stop words; a stem that no phrase has counts by its parts. Strongest first.
        """
        stems = sorted(set(stems))
        total: dict[str, float] = defaultdict(float)
        for feature in _features(stems):
            for term, strength in self.strengths.get(feature, {}).items():
                total[term] += strength
        for stemmed in stems:
            for part in () if kin(stemmed) in self.strengths else parts_of(stemmed):
                for term, strength in self.strengths.get(part, {}).items():
                    total[term] += PART * strength
        return sorted(total.items(), key=lambda found: (-found[1], found[0]))

    def strength(self, stemmed: str, term: str) -> float:
        """Return how much likelier one word makes one term."""
        return self.strengths.get(kin(stemmed), {}).get(term, 0.0)


def learn(examples: Iterable[tuple[Sequence[str], str]]) -> Associations:
    """Return the associations of `examples`: the stems of a phrase without stop words, and a term.

    The strength of a word for a term is the share of its phrases that have the term, less what it would
    be for any word. A term with many phrases counts by their root, so that it does not swallow the small
    ones; and `PRIOR` phrases are added that have terms as phrases in general do (additive smoothing). The
    term "" says that a phrase has none.
    """
    seen: dict[str, Counter[str]] = defaultdict(Counter)
    phrases: Counter[str] = Counter()
    for stems, term in examples:
        phrases[term] += 1
        for feature in _features(stems):
            seen[feature][term] += 1
    size = {term: sqrt(count) for term, count in sorted(phrases.items())}
    whole = sum(size.values())
    strengths = {}
    for feature, counts in seen.items():
        among = {term: count / size[term] for term, count in sorted(counts.items())}
        scale, count = sum(among.values()), counts.total()
        found = {}
        for term, part in among.items():
            usual = size[term] / whole
            strength = (part / scale * count + PRIOR * usual) / (count + PRIOR) - usual
            if term and strength > 0:
                found[term] = strength
        strengths[feature] = found
    return Associations(strengths)


def _features(stems: Iterable[str]) -> list[str]:
    """Return the words, relatives as their classes, and each word beside each relative; sorted."""
    classes = {kin(stemmed) for stemmed in stems if names_kin(stemmed)}
    plain = {stemmed for stemmed in stems if not names_kin(stemmed)}
    beside = {f"{relative} {stemmed}" for relative in classes for stemmed in plain}
    return sorted(classes | plain | beside)
