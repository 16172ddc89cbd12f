"""What editors have said about words: the analysis and the thesaurus as they are in the database."""

from functools import lru_cache

from offers.models import Need, Synonym, WordRule
from offers.search import versions
from offers.search.analysis import Analyser
from offers.search.letters import words
from offers.search.lexicon import load
from offers.search.phrases import Phrase, compiled
from offers.search.thesaurus import Thesaurus

# What moves when the analysis of words changes, and when their meaning does.
PARTS_OF_ANALYSIS = versions.revisions(WordRule)
PARTS_OF_THESAURUS = versions.revisions(Synonym, Need)


def analyser() -> Analyser:
    """Return the analysis with the editors' rules as they are now. One query."""
    kinds = WordRule.Kind
    rules = list(WordRule.objects.values_list("word", "kind", "parts"))
    splits = {word: tuple(words(parts)) for word, kind, parts in rules if kind == kinds.SPLIT}
    whole: dict[str, tuple[str, ...]] = {
        word: () for word, kind, _ in rules if kind in {kinds.ATOM, kinds.VALID}
    }
    return Analyser(load({**splits, **whole}), [word for word, kind, _ in rules if kind == kinds.STOP])


def read_again() -> None:
    """Let every process read the rules and the phrases again: one row of each gets a new revision."""
    for model in (WordRule, Synonym):
        model.objects.filter(pk__in=model.objects.values("pk")[:1]).update()


def phrases() -> dict[str, Phrase]:
    """Return what editors have said that people mean, by the folded phrase. One query."""
    fields = ("folded_phrase", "phrase", "means", "need__slug", "both_ways", "language")
    rows = Synonym.objects.values_list(*fields)
    return {name: Phrase(phrase, means, need or "", *more) for name, phrase, means, need, *more in rows}


def need_names() -> list[tuple[str, str, str]]:
    """Return the slug, the name and the keywords of each need. One query."""
    return list(Need.objects.values_list("slug", "name", "keywords"))


@lru_cache(1)
def thesaurus(version: str) -> Thesaurus:
    """Return what editors have said that people mean, the names of the needs included. Two queries.

    `version` is that of the rows as somebody has just seen them (`following`): the indexes of a process
    have one thesaurus between them, which takes long to make and much memory.
    """
    return compiled(phrases().values(), need_names())
