"""What editors have said about words: the analysis and the thesaurus as they are in the database."""

from collections import defaultdict

from offers.models import Need, Synonym, WordRule
from offers.search import versions
from offers.search.analysis import Analyser
from offers.search.concepts import Thesaurus, key_of, need_term, tells_little
from offers.search.letters import words
from offers.search.lexicon import load
from offers.search.stems import stem

# What moves when the analysis of words changes, and when their meaning does.
PARTS_OF_ANALYSIS = versions.revisions(WordRule)
PARTS_OF_THESAURUS = versions.revisions(Synonym, Need)
# A need's own name or keyword stands for the need less surely than a phrase that was written for it.
IMPLIED = 0.6


def analyser() -> Analyser:
    """Return the analysis with the editors' rules as they are now. One query."""
    kinds = WordRule.Kind
    rules = list(WordRule.objects.values_list("word", "kind", "parts"))
    splits = {word: tuple(words(parts)) for word, kind, parts in rules if kind == kinds.SPLIT}
    whole: dict[str, tuple[str, ...]] = {
        word: () for word, kind, _ in rules if kind in {kinds.ATOM, kinds.VALID}
    }
    return Analyser(load({**splits, **whole}), [word for word, kind, _ in rules if kind == kinds.STOP])


def thesaurus() -> Thesaurus:
    """Return what editors have said that people mean, the names of the needs included. Two queries."""
    entries: dict[tuple[str, ...], dict[str, float]] = defaultdict(dict)
    spelled: set[str] = set()
    for phrase, means, need, both_ways in Synonym.objects.values_list(
        "phrase", "means", "need__slug", "both_ways"
    ):
        spelled.update(words(phrase))
        if need:
            entries[key_of(phrase)][need_term(need)] = 1.0
        entries[key_of(phrase)] |= dict.fromkeys(map(stem, words(means)), 1.0)
        if both_ways and means:
            entries[key_of(means)] |= dict.fromkeys(map(stem, words(phrase)), 1.0)
    for slug, name, keywords in Need.objects.values_list("slug", "name", "keywords"):
        for phrase in (name, *keywords.split(",")):
            key = key_of(phrase)
            if not tells_little(key):
                entries[key].setdefault(need_term(slug), IMPLIED)
    entries.pop((), None)
    return Thesaurus(dict(entries), frozenset(spelled))
