"""The database side of the index: the rows that go into it, and whether any of them has changed."""

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.db import connection

from offers.models import (
    ContactPoint,
    Format,
    LegalBasis,
    Need,
    Offer,
    Organisation,
    Synonym,
    TargetGroup,
    WordRule,
)
from offers.search import law
from offers.search.analysis import WHOLE, Analyser
from offers.search.concepts import national, need_term
from offers.search.documents import Document, weigh
from offers.search.index import EVERYWHERE
from offers.search.stored import counted

TRACKED = (Offer, Need, TargetGroup, Format, Organisation, ContactPoint, LegalBasis, Synonym, WordRule)
RELATIONS = ("needs", "target_groups", "formats", "languages", "municipalities", "legal_bases")
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
)

Terms = Mapping[str, int]


def fingerprint() -> tuple[Any, ...]:
    """Return numbers that change whenever a row that the index is made of does. One statement."""
    parts = [(model._meta.db_table, "revision") for model in TRACKED]
    relations: list[Any] = [Offer._meta.get_field(name) for name in RELATIONS]
    parts += [(relation.m2m_db_table(), "id") for relation in relations]
    quote = connection.ops.quote_name
    sums = [
        # The names are those of our own tables and columns, never what anybody wrote.
        f"(SELECT COUNT(*) FROM {quote(table)}), (SELECT SUM({quote(column)}) FROM {quote(table)})"  # noqa: S608
        for table, column in parts
    ]
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(sums)}")
        return tuple(cursor.fetchone())


class Rows:
    """The rows around the offers, read once, so that each offer costs no query."""

    def __init__(self, analyser: Analyser):
        """Read the vocabularies and the links. A dozen queries, whatever the number of offers."""
        self.analyser = analyser
        self.links = {name: _links(name) for name in RELATIONS}
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
        self.organisations = self._terms(Organisation.objects.values_list("pk", "name"))
        self.law = _law_terms()
        self.numbers = _numbers()

    def _terms(self, rows: Iterable[tuple]) -> dict[int, Terms]:
        """Return the terms of each row's texts."""
        return {pk: self.analyser.terms(counted(" ".join(texts))) for pk, *texts in rows}

    def documents(self) -> Iterator[Document]:
        """Yield the offers that an editor has published, whatever their window."""
        published = Offer.objects.filter(status=Offer.Status.PUBLISHED)
        for row in published.values(*COLUMNS).iterator(chunk_size=2000):
            yield self._document(row)

    def _document(self, row: dict[str, Any]) -> Document:
        """Return the document of one offer."""
        words = json.loads(row["search_words"] or "{}")
        mine = {name: self._known(name, links.get(row["pk"], ())) for name, links in self.links.items()}
        fields = {name: self.analyser.terms(counts) for name, counts in words.items()} | {
            "needs": _sum(self.needs, mine["needs"]),
            "area": _sum(self.needs, [child for pk in mine["needs"] for child in self.children[pk]]),
            "groups": _sum(self.groups, mine["target_groups"]),
            "formats": _sum(self.formats, mine["formats"]),
            "law": _sum(self.law, mine["legal_bases"]),
            "organisation": self.organisations.get(row["organisation_id"], {}),
            "contact": self.numbers.get(row["pk"], {}),
        }
        days = {
            name: row[column] and row[column].toordinal()
            for name, column in (
                ("shown_from", "publish_from"),
                ("shown_until", "publish_until"),
                ("verified", "verified_on"),
            )
        }
        return Document(
            pk=row["pk"],
            order=(row["sort_key"], row["slug"]),
            terms=weigh({name: terms for name, terms in fields.items() if terms})
            | self._need_terms(mine["needs"]),
            words=self._words(words, mine["needs"]),
            facts=self._facts(row, mine),
            min_age=row["min_age"],
            max_age=row["max_age"],
            **days,
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


def _links(name: str) -> dict[int, tuple[Any, ...]]:
    """Return what each offer is linked to by relation `name`: keys, or names that never change."""
    relation: Any = Offer._meta.get_field(name)
    named = {"municipalities": "municipality__code", "languages": "language__slug"}
    target = named.get(name, relation.m2m_reverse_name())
    found: dict[int, list[Any]] = defaultdict(list)
    for offer, other in relation.remote_field.through.objects.order_by("pk").values_list(
        "offer_id", target
    ):
        found[offer].append(other)
    return {offer: tuple(others) for offer, others in found.items()}


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


def _numbers() -> dict[int, Terms]:
    """Return each offer's telephone numbers as terms."""
    kinds = (ContactPoint.Kind.PHONE, ContactPoint.Kind.SMS)
    found: dict[int, Any] = defaultdict(dict)
    for offer, value in (
        ContactPoint.objects.filter(kind__in=kinds).exclude(offer=None).values_list("offer_id", "value")
    ):
        found[offer][national(value)] = WHOLE
    return found
