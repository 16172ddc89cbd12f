"""Offers as rows of the database become the documents of the index."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from offers.models import Format, LegalBasis, Need, Offer, TargetGroup
from offers.search import law
from offers.search.analysis import WHOLE, Analyser
from offers.search.around import Around, ordinal
from offers.search.documents import Document, weigh
from offers.search.index import EVERYWHERE
from offers.search.vocabularies import Terms, Vocabularies, summed

# The groups one can filter by, under the names that stand in the address.
GROUPS = ("behov", "maalgruppe", "kommune", "adgang", "anonym", "pris", "form", "sprog")
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
    "review_by",
    "way_in",
    "anonymous",
    "cost",
    "closed_on_public_holidays",
)


class Rows(Vocabularies):
    """The rows around the offers, read once, so that each offer costs no query."""

    def __init__(self, analyser: Analyser):
        """Read the vocabularies. Half a dozen queries, whatever the number of offers."""
        super().__init__(analyser)
        self.slugs[Format] = dict(Format.objects.values_list("pk", "slug"))
        self.formats = self.terms(Format.objects.values_list("pk", "name"))
        self.law = _law_terms()

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
            "needs": summed(self.needs, mine["needs"]),
            "area": summed(self.needs, [child for need in mine["needs"] for child in self.children[need]]),
            "groups": summed(self.groups, mine["target_groups"]),
            "formats": summed(self.formats, mine["formats"]),
            "law": summed(self.law, mine["legal_bases"]),
            "organisation": self.organisations.get(row["organisation_id"], {}),
            "contact": dict.fromkeys(around.numbers.get(pk, ()), WHOLE),
        }
        return Document(
            pk=pk,
            order=(row["sort_key"], row["slug"]),
            terms=weigh({name: terms for name, terms in fields.items() if terms})
            | self.need_terms(mine["needs"]),
            words=self.words(words, mine["needs"], [row["organisation_id"]]),
            facts=self._facts(row, mine),
            min_age=row["min_age"],
            max_age=row["max_age"],
            shown_from=ordinal(row["publish_from"]),
            shown_until=ordinal(row["publish_until"]),
            verified=ordinal(row["verified_on"]),
            due=ordinal(row["review_by"]),
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

    def _facts(self, row: dict[str, Any], mine: Mapping[str, Iterable[Any]]) -> dict[str, tuple[str, ...]]:
        """Return what one can filter the offer by; a need stands for its area, too."""
        return {
            "behov": self.with_areas(mine["needs"]),
            "maalgruppe": tuple(self.slugs[TargetGroup][pk] for pk in mine["target_groups"]),
            "form": tuple(self.slugs[Format][pk] for pk in mine["formats"]),
            "sprog": tuple(mine["languages"]),
            "kommune": tuple(mine["municipalities"]) or (EVERYWHERE,),
            "adgang": (row["way_in"],),
            "anonym": (row["anonymous"],),
            "pris": (row["cost"],),
        }


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
