"""Offers as rows of the database become the documents of the index."""

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from offers.models import Format, LegalBasis, Need, Offer, Organisation, TargetGroup
from offers.search import law
from offers.search.analysis import WHOLE, Analyser
from offers.search.around import Around, ordinal
from offers.search.concepts import need_term
from offers.search.documents import Document, weigh
from offers.search.index import EVERYWHERE
from offers.search.stored import counted

# The groups one can filter by, under the names that stand in the address.
GROUPS = ("behov", "maalgruppe", "kommune", "adgang", "anonym", "pris", "form", "sprog")
# What it is worth, in thousandths (see `documents.weigh`), that an editor has placed the offer under a
# need; for a question about the area, when it is placed under one of its needs; and for a question
# about a need, when it is placed under the whole area.
NEED_WEIGHT, AREA_WEIGHT, BELOW_WEIGHT = 1700, 1200, 300
COLUMNS = (
    "pk",
    "slug",
    "sort_key",
    "search_words",
    "organisation_id",
    "min_age",
    "max_age",
    "publish_from",
    "publish_until",
    "verified_on",
    "way_in",
    "anonymous",
    "cost",
    "closed_on_public_holidays",
)

Terms = Mapping[str, int]


class Rows:
    """The rows around the offers, read once, so that each offer costs no query."""

    def __init__(self, analyser: Analyser):
        """Read the vocabularies. Half a dozen queries, whatever the number of offers."""
        self.analyser = analyser
        needs = list(Need.objects.values_list("pk", "slug", "parent", "name", "keywords"))
        self.slugs: dict[Any, dict[int, str]] = {
            model: dict(model.objects.values_list("pk", "slug")) for model in (TargetGroup, Format)
        } | {Need: {pk: slug for pk, slug, *_ in needs}}
        self.parents = {pk: parent for pk, _, parent, *_ in needs if parent is not None}
        self.children: dict[int, list[int]] = defaultdict(list)
        for child, parent in self.parents.items():
            self.children[parent].append(child)
        self.needs = self._terms((pk, *texts) for pk, _, _, *texts in needs)
        self.need_words = {pk: words_of(" ".join(texts)) for pk, _, _, *texts in needs}
        self.groups = self._terms(TargetGroup.objects.values_list("pk", "name"))
        self.formats = self._terms(Format.objects.values_list("pk", "name"))
        organisations = list(Organisation.objects.values_list("pk", "name"))
        self.organisations = self._terms(organisations)
        self.organisation_words = {pk: words_of(name) for pk, name in organisations}
        self.law = _law_terms()

    def _terms(self, rows: Iterable[tuple]) -> dict[int, Terms]:
        """Return the terms of each row's texts."""
        return {pk: self.analyser.terms(counted(" ".join(texts))) for pk, *texts in rows}

    def documents(self, keys: Sequence[int]) -> Iterator[Document]:
        """Yield the documents of the offers of `keys`. A dozen queries; memory grows with the keys."""
        around = Around(keys)
        for row in Offer.objects.filter(pk__in=keys).values(*COLUMNS).iterator():
            yield self._document(row, around)

    def _document(self, row: dict[str, Any], around: Around) -> Document:
        """Return the document of one offer."""
        pk = row["pk"]
        words = json.loads(row["search_words"] or "{}")
        mine = {name: self._known(name, found.get(pk, ())) for name, found in around.links.items()}
        fields = {name: self.analyser.terms(counts) for name, counts in words.items()} | {
            "needs": _sum(self.needs, mine["needs"]),
            "area": _sum(self.needs, [child for need in mine["needs"] for child in self.children[need]]),
            "groups": _sum(self.groups, mine["target_groups"]),
            "formats": _sum(self.formats, mine["formats"]),
            "law": _sum(self.law, mine["legal_bases"]),
            "organisation": self.organisations.get(row["organisation_id"], {}),
            "contact": dict.fromkeys(around.numbers.get(pk, ()), WHOLE),
        }
        return Document(
            pk=pk,
            order=(row["sort_key"], row["slug"]),
            terms=weigh({name: terms for name, terms in fields.items() if terms})
            | self._need_terms(mine["needs"]),
            words=self._words(words, mine["needs"])
            | self.organisation_words.get(row["organisation_id"], frozenset()),
            facts=self._facts(row, mine),
            min_age=row["min_age"],
            max_age=row["max_age"],
            shown_from=ordinal(row["publish_from"]),
            shown_until=ordinal(row["publish_until"]),
            verified=ordinal(row["verified_on"]),
            closed_on_holidays=row["closed_on_public_holidays"],
            hours=tuple(around.hours.get(pk, ())),
            closures=tuple(around.closures.get(pk, ())),
        )

    def _known(self, relation: str, keys: Iterable[Any]) -> tuple[Any, ...]:
        """Return the keys of rows that were there when the vocabularies were read.

        Somebody may save while we read; the next look at the fingerprint sees it and reads again.
        """
        known = self.slugs.get(
            {"needs": Need, "target_groups": TargetGroup, "formats": Format}.get(relation)
        )
        return tuple(key for key in keys if known is None or key in known)

    def _words(self, stored: Mapping[str, Mapping[str, int]], needs: Iterable[int]) -> frozenset[str]:
        """Return the words that lead to an offer, as they are written: its own and its needs'."""
        own = {word for counts in stored.values() for word in counts if word.isalpha()}
        return frozenset(own.union(*(self.need_words[pk] for pk in needs)))

    def _need_terms(self, needs: Iterable[int]) -> dict[str, int]:
        """Return the terms for the needs that an offer answers, and for those above and below them."""
        slugs = self.slugs[Need]
        below = {need_term(slugs[child]): BELOW_WEIGHT for pk in needs for child in self.children[pk]}
        areas = {need_term(slugs[self.parents[pk]]): AREA_WEIGHT for pk in needs if pk in self.parents}
        return below | areas | {need_term(slugs[pk]): NEED_WEIGHT for pk in needs}

    def _facts(self, row: dict[str, Any], mine: Mapping[str, Iterable[Any]]) -> dict[str, tuple[str, ...]]:
        """Return what one can filter the offer by; a need stands for its area, too."""
        slugs = self.slugs[Need]
        needs = {slugs[pk] for pk in mine["needs"]}
        needs |= {slugs[self.parents[pk]] for pk in mine["needs"] if pk in self.parents}
        return {
            "behov": tuple(needs),
            "maalgruppe": tuple(self.slugs[TargetGroup][pk] for pk in mine["target_groups"]),
            "form": tuple(self.slugs[Format][pk] for pk in mine["formats"]),
            "sprog": tuple(mine["languages"]),
            "kommune": tuple(mine["municipalities"]) or (EVERYWHERE,),
            "adgang": (row["way_in"],),
            "anonym": (row["anonymous"],),
            "pris": (row["cost"],),
        }


def words_of(text: str) -> set[str]:
    """Return the words of a vocabulary's text, as they are written."""
    return {word for word in counted(text) if word.isalpha()}


def _sum(terms: Mapping[int, Terms], keys: Iterable[int]) -> Counter[str]:
    """Return the terms of several rows together."""
    total: Counter[str] = Counter()
    for key in keys:
        total.update(terms.get(key, {}))
    return total


def _law_terms() -> dict[int, Terms]:
    """Return the terms of each section of law; a repealed one leads to what took over from it."""
    rows = {row.pk: row for row in LegalBasis.objects.all()}
    found: dict[int, set[str]] = {pk: set() for pk in rows}
    for row in rows.values():
        names = {law.term_for(row.law, row.section), law.term_for("", row.section)}
        successor: LegalBasis | None = row
        seen: set[int] = set()
        while successor and successor.pk not in seen:
            found[successor.pk] |= names
            seen.add(successor.pk)
            successor = rows.get(successor.replaced_by_id or 0)
    return {pk: dict.fromkeys(names, WHOLE) for pk, names in found.items()}
