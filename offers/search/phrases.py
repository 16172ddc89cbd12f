"""Editors' phrases as values: checked one by one, and put together to the thesaurus. Pure.

The database's side is `offers.search.rules`; a thesaurus that nobody has saved is tried in `trial`.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import NamedTuple

from offers.search.associations import Learner, features
from offers.search.concepts import need_term
from offers.search.english import SMALL_WORDS
from offers.search.hints import saying
from offers.search.index import Index
from offers.search.letters import words
from offers.search.stems import stem
from offers.search.stopwords import STOP_WORDS
from offers.search.thesaurus import LONGEST_PHRASE, Entries, Thesaurus, key_of, tells_little

# A need's own name or keyword stands for the need less surely than a phrase that was written for it.
IMPLIED = 0.6
# With more words to search for, a phrase finds everything and tells nothing.
MOST_MEANT = 8
DANISH, ENGLISH = "da", "en"


class Phrase(NamedTuple):
    """A phrase as people say it, the words and the need (its slug) it stands for, one way or both.

    The words that it means are Danish, whatever its own `language` ("da" or "en").
    """

    phrase: str
    means: str = ""
    need: str = ""
    both_ways: bool = False
    language: str = DANISH


class Lessons:
    """What the phrases of one language teach: their words, and what those point to."""

    def __init__(self, passed_over: Collection[str] = ()) -> None:
        """Begin with none; words that are `passed_over` teach nothing."""
        self.passed_over = passed_over
        self.spelled: set[str] = set()
        self.needs, self.words = Learner(), Learner()

    def add(self, said: list[str], meant: list[str], need: str) -> None:
        """Learn from one phrase and the words it means; one without a need only gives its words."""
        self.spelled.update(said)
        if need:
            told = features(saying([word for word in said if word not in self.passed_over], STOP_WORDS))
            self.needs.hear(told, need_term(need))
            for term in sorted(set(map(stem, meant))) or [""]:
                self.words.hear(told, term)

    def name(self, need: str, said: list[str]) -> None:
        """Learn that a need has this name, or this keyword."""
        self.needs.hear(features(saying(said, STOP_WORDS)), need_term(need))

    def learnt(self, entries: Entries, english: Thesaurus | None = None) -> Thesaurus:
        """Return the thesaurus of `entries` with all that was learnt."""
        return Thesaurus(
            entries, frozenset(self.spelled), self.needs.learnt(), self.words.learnt(), english
        )


def compiled(phrases: Iterable[Phrase], needs: Iterable[tuple[str, str, str]]) -> Thesaurus:
    """Return the thesaurus of `phrases`, and of the needs: slug, name, and keywords with commas between.

    Each phrase with a need also teaches which words point to the need, and to the words it means.
    """
    entries: dict[tuple[str, ...], dict[str, float]] = defaultdict(dict)
    lessons = {DANISH: Lessons(), ENGLISH: Lessons(SMALL_WORDS)}
    for phrase, means, need, both_ways, language in phrases:
        said, meant = words(phrase), words(means)
        entry = entries[key_of(said)]
        if need:
            entry[need_term(need)] = 1.0
        lessons[language].add(said, meant, need)
        entry |= dict.fromkeys(map(stem, meant), 1.0)
        if both_ways and meant:
            entries[key_of(meant)] |= dict.fromkeys(map(stem, said), 1.0)
    for slug, name, keywords in needs:
        for said in map(words, (name, *keywords.split(","))):
            lessons[DANISH].name(slug, said)
            if not tells_little(key := key_of(said)):
                entries[key].setdefault(need_term(slug), IMPLIED)
    entries.pop((), None)
    return lessons[DANISH].learnt(dict(entries), lessons[ENGLISH].learnt({}))


def faults(one: Phrase) -> dict[str, str]:
    """Return what makes a phrase useless or harmful: the field, and a Danish sentence about it."""
    said, meant = words(one.phrase), words(one.means)
    found: dict[str, str] = {}
    if one.phrase and not said:
        found["phrase"] = "Skriv mindst ét ord."
    elif len(said) > LONGEST_PHRASE:
        found["phrase"] = (
            f"Vendingen har {len(said)} ord, men søgningen kender kun vendinger på højst {LONGEST_PHRASE}."
        )
    elif len(said) == 1 and said[0] in STOP_WORDS:
        found["phrase"] = f"“{said[0]}” står i næsten alt, hvad folk skriver. Skriv en hel vending."
    if one.means and not meant:
        found["means"] = "Her står ingen ord, som der kan søges efter."
    elif len(meant) > MOST_MEANT:
        found["means"] = f"Højst {MOST_MEANT} ord; flere finder alt for meget."
    elif meant and not one.need and set(key_of(meant)) == set(key_of(said)):
        found["means"] = "Det er de samme ord igen. Skriv andre ord, eller vælg et behov."
    elif one.both_ways and len(meant) == 1 and meant[0] in STOP_WORDS:
        found["means"] = f"“{meant[0]}” kan ikke gå begge veje: det står i næsten alt, hvad folk skriver."
    return found


def doubts(one: Phrase, index: Index) -> list[str]:
    """Return Danish sentences about what an editor ought to look at, though it may be as she wants it."""
    said, meant = words(one.phrase), words(one.means)
    found = [f"“{word}” står ikke i noget tilbud." for word in meant if not index.frequency(stem(word))]
    if one.need and not index.frequency(need_term(one.need)):
        found.append("Ingen tilbud står under behovet.")
    if len(said) > 1 and STOP_WORDS.issuperset(said):
        found.append("Vendingen har kun småord: se efter, om den rammer søgninger om noget andet.")
    if meant and one.need and set(key_of(meant)) == set(key_of(said)):
        found.append("“Søg også efter” er de samme ord som vendingen.")
    return found
