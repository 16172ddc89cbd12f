"""What texts are said to be about, whatever they are: needs, target groups, organisations."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from offers.models import Need, Organisation, TargetGroup
from offers.search.analysis import Analyser
from offers.search.concepts import need_term
from offers.search.stored import counted

# What it is worth, in thousandths (see `documents.weigh`), that an editor has placed the offer under a
# need; for a question about the area, when it is placed under one of its needs; and for a question
# about a need, when it is placed under the whole area.
NEED_WEIGHT, AREA_WEIGHT, BELOW_WEIGHT = 1700, 1200, 300
# What is for one need is more for that need than what is for ten.
SPREAD_THIN = 0.15

Terms = Mapping[str, int]


class Vocabularies:
    """The terms and the words of each row of the vocabularies, by its key."""

    def __init__(self, analyser: Analyser):
        """Read them. Four queries."""
        self.analyser = analyser
        needs = list(Need.objects.values_list("pk", "slug", "parent", "name", "keywords"))
        self.slugs: dict[Any, dict[int, str]] = {
            TargetGroup: dict(TargetGroup.objects.values_list("pk", "slug")),
            Need: {pk: slug for pk, slug, *_ in needs},
        }
        self.parents = {pk: parent for pk, _, parent, *_ in needs if parent is not None}
        self.children: dict[int, list[int]] = defaultdict(list)
        for child, parent in self.parents.items():
            self.children[parent].append(child)
        self.needs = self.terms((pk, *texts) for pk, _, _, *texts in needs)
        self.need_words = {pk: words_of(" ".join(texts)) for pk, _, _, *texts in needs}
        self.groups = self.terms(TargetGroup.objects.values_list("pk", "name"))
        organisations = list(Organisation.objects.values_list("pk", "name"))
        self.organisations = self.terms(organisations)
        self.organisation_words = {pk: words_of(name) for pk, name in organisations}

    def terms(self, rows: Iterable[tuple]) -> dict[int, Terms]:
        """Return the terms of each row's texts."""
        return {pk: self.analyser.terms(counted(" ".join(texts))) for pk, *texts in rows}

    def words(
        self, stored: Mapping[str, Mapping[str, int]], needs: Iterable[int], organisations: Iterable[int]
    ) -> frozenset[str]:
        """Return the words that lead to a row, as they are written: its own, its needs' and its owners'."""
        own = {word for counts in stored.values() for word in counts if word.isalpha()}
        around = [self.need_words[pk] for pk in needs]
        behind = [self.organisation_words.get(pk, set()) for pk in organisations]
        return frozenset(own.union(*around, *behind))

    def need_terms(self, needs: Collection[int]) -> dict[str, int]:
        """Return the terms for the needs that something answers, and for those above and below them."""
        slugs = self.slugs[Need]
        own = round(NEED_WEIGHT / max(len(needs), 1) ** SPREAD_THIN)
        below = {need_term(slugs[child]): BELOW_WEIGHT for pk in needs for child in self.children[pk]}
        areas = {need_term(slugs[self.parents[pk]]): AREA_WEIGHT for pk in needs if pk in self.parents}
        return below | areas | {need_term(slugs[pk]): own for pk in needs}

    def with_areas(self, needs: Iterable[int]) -> tuple[str, ...]:
        """Return the slugs of needs and of the areas that they lie in."""
        slugs = self.slugs[Need]
        return tuple({slugs[one] for pk in needs for one in (pk, self.parents.get(pk, pk))})


def words_of(text: str) -> set[str]:
    """Return the words of a vocabulary's text, as they are written."""
    return {word for word in counted(text) if word.isalpha()}


def summed(terms: Mapping[int, Terms], keys: Iterable[int]) -> Counter[str]:
    """Return the terms of several rows together."""
    total: Counter[str] = Counter()
    for key in keys:
        total.update(terms.get(key, {}))
    return total
