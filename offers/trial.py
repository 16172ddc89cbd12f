"""What a change to the thesaurus would do, tried on the index as it is; nothing is saved or built anew."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from django.http import QueryDict
from django.utils import timezone

from offers.danish import fold
from offers.filters import OfferFilter
from offers.models import Municipality, Offer, SearchMiss, Synonym
from offers.search import current, letters, rules
from offers.search.change import Difference, Fault, read
from offers.search.concepts import Reader
from offers.search.missed import DAYS, LEAST
from offers.search.phrases import Phrase, compiled, doubts
from offers.search.question import Question, answer

KNOWN_QUERIES = Path(__file__).resolve().parent / "search" / "data" / "known_queries.txt"
# As many queries are tried as an editor can wait for, twice each.
MOST_QUERIES = 300
# What each phrase stands for, by the folded phrase; None where it is taken away.
Changes = Mapping[str, Phrase | None]


def data_of(query: str) -> QueryDict:
    """Return what the address of the page of results would hold for `query`."""
    data = QueryDict(mutable=True)
    data["q"] = query
    return data


class BoxFilter(OfferFilter):
    """What the search box alone says: nothing can be ticked, so no choices are read."""

    def choices(self):
        """Offer none."""
        return {}


@dataclass(frozen=True)
class Said:
    """The thesaurus as rows: the phrases by their folded text; the needs by slug, name and keywords."""

    phrases: dict[str, Phrase]
    needs: list[tuple[str, str, str]]


@dataclass(frozen=True)
class Effect:
    """The known queries that a change alters, the most altered first, out of how many."""

    differences: list[Difference]
    queries: int
    doubts: list[str] = field(default_factory=list)

    def __bool__(self):
        """Whether an editor ought to look before she saves."""
        return bool(self.differences or self.doubts)


def known_queries(today=None) -> list[str]:
    """Return what people are known to search for: what ships, then what got no good answer, often."""
    lines = KNOWN_QUERIES.read_text(encoding="utf-8").splitlines()
    shipped = [line for line in lines if line and not line.startswith("#")]
    since = (today or timezone.localdate()) - timedelta(days=DAYS)
    missed = SearchMiss.objects.frequent(since, LEAST)[:MOST_QUERIES]
    return list(dict.fromkeys([*shipped, *missed]))[:MOST_QUERIES]


def questions(queries: Iterable[str]) -> list[Question]:
    """Return what the page of results would ask for each of `queries`. One database query."""
    places = list(Municipality.objects.values_list("code", "name"))
    found = []
    for query in queries:
        asked = BoxFilter(data_of(query), queryset=Offer.objects.none())
        asked.municipalities = places
        found.append(asked.question)
    return found


def said() -> Said:
    """Return the thesaurus as it is in the database. Two queries."""
    return Said(rules.phrases(), rules.need_names())


def changed(reader: Reader, said: Said, changes: Changes) -> Reader:
    """Return a reader of the same index with a changed thesaurus."""
    phrases = [one for one in {**said.phrases, **changes}.values() if one is not None]
    return Reader(reader.index, reader.analyser, compiled(phrases, said.needs))


def compared(query: str, question: Question, live: Reader, trial: Reader) -> Difference:
    """Return what becomes of the answers to one question."""
    at = timezone.localtime()
    was, now = (answer(reader, question, at).keys for reader in (live, trial))
    return Difference(query, was, now)


def effect(changes: Changes, trial: Reader | None = None) -> Effect:
    """Return what `changes` would do to the known queries."""
    live = current.reader()
    trial = trial or changed(live, said(), changes)
    queries = known_queries()
    found = [
        compared(query, question, live, trial)
        for query, question in zip(queries, questions(queries), strict=True)
    ]
    differences = sorted(filter(None, found), key=lambda one: -one.moved)
    warnings = [text for one in changes.values() if one for text in doubts(one, live.index)]
    return Effect(differences, len(queries), warnings)


def change_of(synonym: Synonym, before: str = "") -> Changes:
    """Return the change that saving `synonym` makes; `before` is the phrase it had."""
    need = synonym.need.slug if synonym.need else ""
    one = Phrase(synonym.phrase, synonym.means, need, synonym.both_ways, synonym.language)
    gone: dict[str, Phrase | None] = {fold(before): None} if before else {}
    return gone | {fold(synonym.phrase): one}


def change_without(synonyms: Iterable[Synonym]) -> Changes:
    """Return the change that deleting `synonyms` makes."""
    return {synonym.folded_phrase: None for synonym in synonyms}


def read_changes(text: str, said: Said) -> tuple[Changes, list[Fault]]:
    """Return the changes written in `text`, and the lines that cannot be used."""
    needs: dict[str, str] = {}
    for slug, name, _ in said.needs:
        needs |= {letters.fold(name).strip(): slug, letters.fold(slug): slug}
    changes: dict[str, Phrase | None] = {}
    wrong = []
    for one in read(text, needs):
        if isinstance(one, Fault):
            wrong.append(one)
        elif one.to is None and fold(one.phrase) not in said.phrases:
            wrong.append(Fault(one.number, f"Vendingen “{one.phrase}” findes ikke."))
        else:
            changes[fold(one.phrase)] = one.to
    return changes, wrong


def titles(differences: Iterable[Difference]) -> dict[int, str]:
    """Return the titles of the offers that stand among the first before or after. One database query."""
    keys = {place.key for one in differences for place in (*one.before, *one.after)}
    return dict(Offer.objects.filter(pk__in=keys).values_list("pk", "title"))
