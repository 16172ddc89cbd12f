"""What somebody may be about to write: needs, organisations and words, by their beginnings. Pure."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import zip_longest

from offers import cpr
from offers.search.corrections import Vocabulary
from offers.search.letters import fold, words
from offers.search.stems import stem
from offers.search.stopwords import STOP_WORDS
from offers.search.thesaurus import LONGEST_PHRASE

# Letters of a text for which anything is suggested; nobody gets through a longer sentence by a list.
SHORTEST, LONGEST = 2, 200
MOST, MOST_NEEDS, MOST_OFFERS, MOST_ORGANISATIONS, MOST_WORDS = 8, 3, 4, 2, 2
# Letters of a word that is looked up by its stem when nothing begins with it: “ensomme”, “skilsmise”.
SHORTEST_STEMMED = 5
FEW = 3  # texts of which “most” can be said
_LAST_LETTER = "\U0010ffff"


class Kind(StrEnum):
    """What a suggestion leads to, under the names that the page uses."""

    ACUTE = "akut"
    NEED = "behov"
    OFFER = "tilbud"
    ORGANISATION = "organisation"
    WORDS = "ord"


@dataclass(frozen=True)
class Suggestion:
    """One line of the list: its text, and the slug or the words it leads to.

    `said` is the phrase that means `text` when one began to write that; `count` is a number of offers.
    """

    kind: Kind
    text: str
    target: str
    said: str = ""
    count: int = 0


@dataclass(frozen=True)
class Entry:
    """A text that one may begin to write, folded, and what it leads to."""

    folded: str
    leads_to: Suggestion


def entry(text: str, leads_to: Suggestion) -> Entry:
    """Return the entry of `text`; one that is not the suggestion's own text is what one said."""
    said = "" if fold(text) == fold(leads_to.text) else text.strip()
    return Entry(" ".join(words(text)), replace(leads_to, said=said))


def is_suggestible(text: str) -> bool:
    """Whether anything may be suggested for `text`: a word that tells something, and no CPR number."""
    if len(text) > LONGEST or "\0" in text or cpr.removed(text) != text:
        return False
    found = words(text)
    return len("".join(found)) >= SHORTEST and not STOP_WORDS.issuperset(found)


class Suggester:
    """Suggestions from one state of the directory; never changes."""

    def __init__(self, entries: Iterable[Entry], vocabulary: Vocabulary, hidden: Mapping[str, int]):
        """`hidden` counts, for each word, the offers of the vocabulary that may not be seen today."""
        self.entries = tuple(entries)
        self.vocabulary, self.hidden = vocabulary, dict(hidden)
        self._starts = sorted(
            (word, number) for number, one in enumerate(self.entries) for word in set(one.folded.split())
        )

    def begun(self, typed: Sequence[str]) -> tuple[Sequence[str], list[Entry]]:
        """Return the longest tail of `typed` (of eight words) that begins anything; and what, best first.

        Of “jeg er ked a” that may be “ked a”; words in another order only if no text begins so. The text
        itself stands first, then what begins with all of it, then what has those words elsewhere; a name
        before what only means it.
        """
        typed = typed[-LONGEST_PHRASE:]
        numbers = [self._beginning_with(word) for word in typed]
        tails = [start for start in range(len(typed)) if self._tells(typed[start:])]
        found = [(typed[start:], set.intersection(*numbers[start:])) for start in tails]
        for in_order in (True, False):
            for tail, common in found:
                whole = " ".join(tail)
                entries = [self.entries[one] for one in common]
                if any(one.folded.startswith(whole) or not in_order for one in entries):
                    return tail, sorted(entries, key=_rank(whole))
        return [], []

    def _tells(self, tail: Sequence[str]) -> bool:
        """Whether some last words are enough to suggest anything for."""
        return not STOP_WORDS.issuperset(tail) and len("".join(tail)) >= SHORTEST

    def _beginning_with(self, beginning: str) -> set[int]:
        """Return the numbers of the entries with a word that begins so, or else as its stem does."""
        stemmed = stem(beginning) if len(beginning) >= SHORTEST_STEMMED else beginning
        for start in dict.fromkeys((beginning, stemmed)):
            first = bisect_left(self._starts, (start,))
            last = bisect_left(self._starts, (start + _LAST_LETTER,))
            if first < last:
                return {number for _, number in self._starts[first:last]}
        return set()

    def is_visible(self, word: str) -> bool:
        """Whether `word` stands in an offer that may be seen."""
        return self.vocabulary.counts.get(word, 0) > self.hidden.get(word, 0)

    def completed(self, typed: Sequence[str]) -> list[str]:
        """Return how a single word may end, the most frequent first, one form of each.

        After other words the most frequent end is seldom what one means: “vil ikke ledig”.
        """
        last = typed[-1]
        if len(typed) > 1 or len(last) < SHORTEST:
            return []
        known = self.vocabulary.words
        places = range(bisect_left(known, last), bisect_left(known, last + _LAST_LETTER))
        endings = [word for word in map(known.__getitem__, places) if self.is_visible(word)]
        endings.sort(key=lambda word: (-self.vocabulary.counts[word], len(word), word))
        found: dict[str, str] = {stem(last): last}
        for word in endings:
            if word not in STOP_WORDS:
                found.setdefault(stem(word), word)
            if len(found) > MOST_WORDS:
                break
        return [word for word in found.values() if word != last]


def _rank(whole: str) -> Callable[[Entry], tuple]:
    """Return the order of what was begun by `whole`: phrases by nearness, words by number of offers."""
    is_phrase = " " in whole

    def rank(one: Entry) -> tuple:
        to, begins = one.leads_to, one.folded.startswith(whole)
        nearness = (len(one.folded), -to.count) if is_phrase else (-to.count, len(one.folded))
        return (one.folded != whole, not begins, bool(to.said), *nearness, one.folded)

    return rank


def nearest(entries: Sequence[Entry], typed: Sequence[str]) -> list[Entry]:
    """Return `entries` without phrases that have `typed` in their midst, if others begin with it."""
    whole = " ".join(typed)
    begins = {one for one in entries if one.folded.startswith(whole)}
    return [one for one in entries if not begins or one in begins or not one.leads_to.said]


def of_kind(kind: Kind, entries: Iterable[Entry], most: int) -> list[Suggestion]:
    """Return the first suggestions of one kind, each target once."""
    found: dict[str, Suggestion] = {}
    for one in entries:
        if one.leads_to.kind is kind:
            found.setdefault(one.leads_to.target, one.leads_to)
    return list(found.values())[:most]


def ended(typed: Sequence[str], begun: Sequence[Entry]) -> str:
    """Return the text that is most likely being written: its last word ended as in the best of `begun`."""
    *before, last = typed
    best = begun[0].folded.split() if begun else []
    return " ".join([*before, next((word for word in best if word.startswith(last)), last)])


def alarming(typed: Sequence[str], begun: Sequence[Entry], urgent: Collection[str]) -> str:
    """Return the need of `urgent` that unfinished words tell of, “” when they tell of none.

    They do when all words of a text about it are there, the last one at least half (“vil ikke le”), or when
    most texts with these very words are about such needs (“dø”): one word of many in “min mand slår” is no
    alarm.
    """
    whole = " ".join(typed)
    begins = [one for one in begun if one.folded.startswith(whole)]
    urgent_ones = sum(one.leads_to.target in urgent for one in begins)
    for one in begins if len(typed) > 1 or 2 * urgent_ones > len(begins) else ():
        is_nearly_said = len(one.folded.split()) == len(typed)
        if one.leads_to.target in urgent and is_nearly_said and 2 * len(whole) >= len(one.folded):
            return one.leads_to.target
    same = [one.leads_to.target for one in begun if set(typed) <= set(one.folded.split())]
    alarms = Counter(target for target in same if target in urgent)
    is_most = len(same) >= FEW and 2 * alarms.total() > len(same)
    return alarms.most_common(1)[0][0] if is_most else ""


def mended(typed: Sequence[str], corrected: Mapping[str, str]) -> list[str]:
    """Return `typed` with its slips corrected."""
    return [right for word in typed for right in (corrected.get(word) or word).split()]


def in_words(texts: Iterable[str], needs: Iterable[Suggestion]) -> list[Suggestion]:
    """Return the suggestions to search for each of `texts` that is not the name of one of `needs`."""
    named = {fold(one.text) for one in needs}
    return [Suggestion(Kind.WORDS, text, text) for text in texts if text not in named][:MOST_WORDS]


def by_beginning(offers: Iterable[Suggestion], typed: Sequence[str]) -> list[Suggestion]:
    """Return the first of `offers`, best first; a title that begins with `typed` before the others."""
    whole = " ".join(typed)
    begun = sorted(offers, key=lambda one: not " ".join(words(one.text)).startswith(whole))
    return begun[:MOST_OFFERS]


def shared_out(*groups: Sequence[Suggestion], room: int = MOST) -> list[list[Suggestion]]:
    """Return the groups cut to `room` together: the first of each, then the second of each, and so on."""
    rounds = [(place, one) for row in zip_longest(*groups) for place, one in enumerate(row) if one]
    kept = rounds[:room]
    return [[one for at, one in kept if at == place] for place in range(len(groups))]
