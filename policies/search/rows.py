"""Policies and what belongs to them become the documents of the index."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from offers.models import Need, TargetGroup
from offers.search.analysis import WHOLE, Analyser
from offers.search.documents import Document, weigh
from offers.search.stored import counted
from offers.search.vocabularies import Vocabularies, summed
from policies.models import Sdg
from policies.search.about import ROWS, About, about
from policies.search.kinds import Kind, by_kind, key_of

# The groups one can filter by, under the names that stand in the address.
_KINDS, _WHO = ("hvad", "slags", "status"), ("myndighed", "udgiver", "udvalg")
_ABOUT = ("behov", "maalgruppe", "tema", "verdensmaal")
GROUPS = (*_KINDS, *_WHO, *_ABOUT, "aar", "naevnt")


class Rows(Vocabularies):
    """The rows around policies, read once, so that each document costs no query."""

    def __init__(self, analyser: Analyser):
        """Read the vocabularies. Half a dozen queries."""
        super().__init__(analyser)
        sdgs = list(Sdg.objects.values_list("pk", "number", "name"))
        self.slugs[Sdg] = {pk: str(number) for pk, number, _ in sdgs}
        self.sdgs = self.terms((pk, name) for pk, _, name in sdgs)

    def documents(self, keys: Sequence[int]) -> Iterator[Document]:
        """Yield the documents of `keys`. A few queries for each kind; memory grows with the keys."""
        for kind, pks in by_kind(keys).items():
            for row in ROWS[kind].filter(pk__in=pks):
                yield self._document(kind, row, about(row))

    def _document(self, kind: Kind, row: Any, around: About) -> Document:
        """Return the document of one row."""
        words = json.loads(row.search_words or "{}")
        # Somebody may save while we read: what the vocabularies did not have yet is read the next time.
        mine = {
            model: [pk for pk in keys if pk in self.slugs[model]]
            for model, keys in ((Need, around.needs), (TargetGroup, around.groups), (Sdg, around.sdgs))
        }
        return Document(
            pk=key_of(kind, row.pk),
            order=(row.sort_key, f"{kind} {row.natural_key()}"),
            terms=weigh(self._fields(words, mine, around)) | self.need_terms(mine[Need]),
            words=self.words(words, mine[Need], [around.authority.pk] if around.authority else []),
            facts=self._facts(kind, mine, around),
        )

    def _fields(
        self, words: Mapping[str, Mapping[str, int]], mine: Mapping[Any, Sequence[int]], around: About
    ) -> dict[str, Counter[str]]:
        """Return the terms of each field that has any; what lies above and below counts as an area does."""
        own = {name: self.analyser.terms(counts) for name, counts in words.items()}
        children = [child for need in mine[Need] for child in self.children[need]]
        committee = around.committee.name if around.committee else ""
        authority = [around.authority.pk] if around.authority else []
        fields = own | {
            "title": own.get("title", Counter()) + self._terms_of(around.name),
            "body": own.get("body", Counter()) + self._terms_of(around.extra),
            "needs": summed(self.needs, mine[Need]),
            "area": summed(self.needs, children) + self._terms_of(*around.titles),
            "groups": summed(self.groups, mine[TargetGroup]) + summed(self.sdgs, mine[Sdg]),
            "organisation": summed(self.organisations, authority) + self._terms_of(committee),
            "years": Counter(dict.fromkeys(map(str, around.years), WHOLE)),
        }
        return {name: terms for name, terms in fields.items() if terms}

    def _terms_of(self, *texts: str) -> Counter[str]:
        """Return the terms of texts that are not stored as words."""
        return self.analyser.terms(counted(" ".join(texts)))

    def _facts(
        self, kind: Kind, mine: Mapping[Any, Sequence[int]], around: About
    ) -> dict[str, tuple[str, ...]]:
        """Return what one can filter by; a goal and an initiative have the status of their policy."""
        authority = (around.authority.slug,) if around.authority else ()
        return {
            "hvad": (kind.value,),
            "slags": (around.kind,) if around.kind else (),
            "status": around.statuses,
            "myndighed": authority,
            "udgiver": authority if kind is Kind.DOCUMENT else (),
            "udvalg": (around.committee.slug,) if around.committee else (),
            "behov": self.with_areas(mine[Need]),
            "maalgruppe": tuple(self.slugs[TargetGroup][pk] for pk in mine[TargetGroup]),
            "tema": (around.theme.slug,) if around.theme else (),
            "verdensmaal": tuple(self.slugs[Sdg][pk] for pk in mine[Sdg]),
            "aar": tuple(map(str, around.years)),
            "naevnt": (around.cited_by.slug,) if around.cited_by else (),
        }
