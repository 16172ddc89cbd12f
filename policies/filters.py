"""What one may ask of the policies and of the library, under the names that stand in the address."""

from offers.filtering import KnownChoicesFilter, ListFilter, WholeNumberFilter, WordsFilter
from offers.models import Need, Organisation, TargetGroup
from policies.models import Document, Policy, Sdg


def _authorities(relation: str):
    """Return the choices of organisations that have something in `relation`."""
    having = Organisation.objects.filter(**{f"{relation}__isnull": False}).distinct()
    return having.order_by("sort_key").values_list("slug", "name")


class PolicyFilter(ListFilter):
    """Values of one filter widen the answer (or), filters together narrow it (and)."""

    q = WordsFilter(method="by_words", label="Søg i politikkerne")
    slags = KnownChoicesFilter(field_name="kind", choices=Policy.Kind, label="Slags")
    status = KnownChoicesFilter(field_name="status", choices=Policy.Status, label="Status")
    myndighed = KnownChoicesFilter(field_name="authority__slug", label="Myndighed")

    class Meta:
        model = Policy
        fields: list[str] = []

    def choices(self):
        """Return the authorities that have policies."""
        return {"myndighed": _authorities("policies")}

    def by_words(self, policies, name, words):
        """Keep the policies in which every word stands."""
        return policies.matching(words)


class DocumentFilter(ListFilter):
    """The library: by words, kind, publisher, year, need, target group and goal of the world."""

    q = WordsFilter(method="by_words", label="Søg i biblioteket")
    slags = KnownChoicesFilter(field_name="kind", choices=Document.Kind, label="Slags")
    udgiver = KnownChoicesFilter(field_name="authority__slug", label="Udgiver")
    aar = WholeNumberFilter(
        low=1900,
        high=2100,
        sentence="Skriv årstallet med fire cifre, fx 2014.",
        field_name="year",
        label="År",
    )
    behov = KnownChoicesFilter(field_name="needs__slug", label="Behov")
    maalgruppe = KnownChoicesFilter(field_name="target_groups__slug", label="Handler om")
    naevnt = KnownChoicesFilter(field_name="cited_by__slug", label="Nævnt ved")
    verdensmaal = KnownChoicesFilter(field_name="sdgs__number", label="Verdensmål")

    class Meta:
        model = Document
        fields: list[str] = []

    def choices(self):
        """Return only choices that lead to something."""
        used = {"documents__isnull": False}
        needs = Need.objects.filter(**used).distinct().in_order()
        groups = TargetGroup.objects.filter(**used).distinct().in_order()
        goals = Sdg.objects.filter(**used).distinct()
        return {
            "udgiver": _authorities("documents"),
            "naevnt": Policy.objects.filter(**used).distinct().in_order().values_list("slug", "title"),
            "behov": needs.values_list("slug", "name"),
            "maalgruppe": groups.values_list("slug", "name"),
            "verdensmaal": [(str(goal.number), str(goal)) for goal in goals],
        }

    def by_words(self, documents, name, words):
        """Keep the papers in which every word stands."""
        return documents.matching(words)
