"""What one may ask of the policies and of the library, under the names that stand in the address.

The FilterSets are the forms and the lists of questions; the index of `policies.search` answers them.
"""

from dataclasses import replace

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from offers.filtering import IndexFilter, KnownChoicesFilter, WordsFilter
from offers.models import Need, Organisation, TargetGroup
from offers.search.question import Answer, Question
from policies.models import Committee, Document, Goal, IdeaStatus, Policy, Sdg
from policies.names import names_of
from policies.search import current
from policies.search.kinds import Kind


def _authorities(relation: str):
    """Return the choices of organisations that have something in `relation`."""
    having = Organisation.objects.filter(**{f"{relation}__isnull": False}).distinct()
    return having.order_by("sort_key").values_list("slug", "name")


def _sdgs(rows):
    """Return choices of the world's goals."""
    return [(str(row.number), str(row)) for row in rows]


class SearchFilter(IndexFilter):
    """All kinds in one list: values of one filter widen the answer (or), filters narrow it (and)."""

    q = WordsFilter(label=_("Søg i politik, udvalg og bibliotek"))
    hvad = KnownChoicesFilter(choices=Kind, label=_("Slags"))
    status = KnownChoicesFilter(choices=Policy.Status, label=_("Status"))
    myndighed = KnownChoicesFilter(label=_("Myndighed"))
    udvalg = KnownChoicesFilter(label=pgettext_lazy("ental", "Udvalg"))
    behov = KnownChoicesFilter(label=_("Behov"))
    maalgruppe = KnownChoicesFilter(label=_("Handler om"))
    verdensmaal = KnownChoicesFilter(label=_("Verdensmål"))

    class Meta:
        model = Policy
        fields: list[str] = []

    GROUPS = ("hvad", "status", "myndighed", "udvalg", "behov", "maalgruppe", "verdensmaal")

    def choices(self):
        """Return the choices that stand in the index: each leads to something."""
        facets = current.policies.reader().index.facets
        asked = {
            "myndighed": Organisation.objects,
            "udvalg": Committee.objects,
            "behov": Need.objects,
            "maalgruppe": TargetGroup.objects,
        }
        used = {group: rows.filter(slug__in=facets[group].values) for group, rows in asked.items()}
        used["verdensmaal"] = Sdg.objects.filter(number__in=facets["verdensmaal"].values)
        return names_of(used)

    def ask(self, question: Question) -> Answer:
        """Return the answer of the index of policies."""
        return current.ask(question)


class OneKindFilter(IndexFilter):
    """A list of one kind of things."""

    kind: Kind

    def ask(self, question: Question) -> Answer:
        """Return the answer of the index of policies, of this kind alone."""
        return current.ask(replace(question, chosen={**question.chosen, "hvad": (self.kind,)}))


class PolicyFilter(OneKindFilter):
    """The policies: by words, kind, status and authority."""

    q = WordsFilter(label=_("Søg i politikkerne"))
    slags = KnownChoicesFilter(choices=Policy.Kind, label=_("Slags"))
    status = KnownChoicesFilter(choices=Policy.Status, label=_("Status"))
    myndighed = KnownChoicesFilter(label=_("Myndighed"))

    class Meta:
        model = Policy
        fields: list[str] = []

    kind = Kind.POLICY
    GROUPS = ("slags", "status", "myndighed")

    def choices(self):
        """Return the authorities that have policies."""
        return {"myndighed": _authorities("policies")}


class DocumentFilter(OneKindFilter):
    """The library: by words, kind, status, publisher, year, need, target group and goal of the world."""

    q = WordsFilter(label=_("Søg i biblioteket"))
    slags = KnownChoicesFilter(choices=Document.Kind, label=_("Slags"))
    status = KnownChoicesFilter(choices=Document.Status, label=_("Status"))
    udgiver = KnownChoicesFilter(label=_("Udgiver"))
    aar = KnownChoicesFilter(label=_("År"))
    behov = KnownChoicesFilter(label=_("Behov"))
    maalgruppe = KnownChoicesFilter(label=_("Handler om"))
    naevnt = KnownChoicesFilter(label=_("Nævnt ved"))
    verdensmaal = KnownChoicesFilter(label=_("Verdensmål"))

    class Meta:
        model = Document
        fields: list[str] = []

    kind = Kind.DOCUMENT
    GROUPS = ("slags", "status", "udgiver", "aar", "behov", "maalgruppe", "naevnt", "verdensmaal")

    def choices(self):
        """Return only choices that lead to something."""
        used = {"documents__isnull": False}
        needs = Need.objects.filter(**used).distinct().in_order()
        groups = TargetGroup.objects.filter(**used).distinct().in_order()
        years = Document.objects.exclude(year=None).order_by("-year").values_list("year", flat=True)
        return {
            "aar": [(str(year), str(year)) for year in years.distinct()],
            "udgiver": _authorities("documents"),
            "naevnt": Policy.objects.filter(**used).distinct().in_order().values_list("slug", "title"),
            "behov": needs.choices(),
            "maalgruppe": groups.choices(),
            "verdensmaal": _sdgs(Sdg.objects.filter(**used).distinct()),
        }


class IdeaFilter(OneKindFilter):
    """The ideas of all catalogues: by words, by what has become of them, and by theme."""

    q = WordsFilter(label=_("Søg i idéerne"))
    status = KnownChoicesFilter(choices=IdeaStatus, label=_("Status"))
    tema = KnownChoicesFilter(label=_("Tema"))

    class Meta:
        model = Goal
        fields: list[str] = []

    kind = Kind.GOAL
    GROUPS = ("status", "tema")

    def choices(self):
        """Return the themes that ideas have."""
        return {"tema": Need.objects.filter(ideas__isnull=False).distinct().in_order().choices()}

    def ask(self, question: Question) -> Answer:
        """Return the answer of the index, of ideas alone."""
        return super().ask(replace(question, chosen={**question.chosen, "slags": (Goal.Kind.IDEA,)}))
