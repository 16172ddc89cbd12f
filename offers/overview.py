"""The map of needs and ages: how much help there is, and where there is none.

The public page, its list of holes as a file, and what the editors' page shows beside (`offers.admin`).
"""

from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers
from django_filters import ChoiceFilter
from django_htmx.http import HttpResponseClientRedirect

from offers.csv_file import csv_file
from offers.filtering import KnownChoicesFilter, ListFilter
from offers.filters import CRISIS_NEEDS
from offers.for_everybody import for_everybody
from offers.heatmap import HeatMap
from offers.htmx import HtmxRequest
from offers.models import Municipality, Need, Offer
from offers.search import current
from offers.search.coverage import BANDS, Band, Hole, Weight, coverage, holes

# From so many offers on, a cell has the next darker colour; below the first it is a hole.
STEPS = (1, 2, 5, 10)
WHY = {
    Weight.URGENT: _("Det kan ikke vente"),
    Weight.NOBODY: _("Ingen hjælp i nogen alder"),
    Weight.BETWEEN: _("Hjælpen holder op og begynder igen"),
    Weight.EDGE: _("Kun hjælp i andre aldre"),
}


class OverviewFilter(ListFilter):
    """Which offers are counted: those for people who live in one place, by way in and by price."""

    kommune = ChoiceFilter(
        empty_label=_("Alle kommuner"),
        label=_("Kommune"),
        error_messages={"invalid_choice": _("Den kommune findes ikke. Kortet viser alle kommuner.")},
    )
    adgang = KnownChoicesFilter(choices=Offer.WayIn, label=_("Vej ind"))
    pris = KnownChoicesFilter(choices=Offer.Cost, label=_("Pris"))

    class Meta:
        model = Offer
        fields: list[str] = []

    def choices(self):
        """Return the municipalities, read once."""
        return {"kommune": Municipality.objects.values_list("code", "name")}

    @cached_property
    def chosen(self) -> dict[str, list[str]]:
        """The values that are chosen in each group of the index."""
        asked = self.form.cleaned_data
        groups = {
            "kommune": [asked.get("kommune")],
            "adgang": asked.get("adgang"),
            "pris": asked.get("pris"),
        }
        return {name: [one for one in values or [] if one] for name, values in groups.items()}

    @property
    def place(self) -> str:
        """The name of the municipality that is chosen; empty for all."""
        names = dict(self.vocabularies["kommune"])
        return "".join(names[code] for code in self.chosen["kommune"])

    @property
    def query(self) -> str:
        """The query string that asks for the same of another page."""
        return urlencode(self.chosen, doseq=True)


@dataclass(frozen=True)
class Cell:
    """A need at some ages: how many offers there are, how dark that is, and the search for them."""

    ages: str
    count: int
    level: int
    url: str


@dataclass(frozen=True)
class Row:
    """A need, or an area with all its needs, and its cells, one for each of `BANDS`."""

    need: Need
    cells: list[Cell]

    @property
    def is_area(self) -> bool:
        """Whether this is the upper level."""
        return self.need.parent_id is None


@dataclass(frozen=True)
class NamedHole:
    """A hole in words, with the search that finds nothing."""

    hole: Hole
    need: Need
    words: str
    url: str

    @property
    def why(self) -> str:
        """Why it is worth a look."""
        return str(WHY[self.hole.weight])


class Overview:
    """The map of what a filter leaves. One query, for the needs."""

    def __init__(self, found: OverviewFilter):
        """Count, in the index as it is now."""
        self.found = found
        self.needs = {need.slug: need for need in Need.objects.for_choices()}
        index = current.reader().index
        self.counts = coverage(index, list(self.needs), found.chosen, timezone.localtime())

    @property
    def bands(self) -> list[str]:
        """The ages of the columns."""
        return [short(band) for band in BANDS]

    @cached_property
    def rows(self) -> list[Row]:
        """The needs in the order of the front page, each area before its needs."""
        return [
            Row(need, [self._cell(slug, *pair) for pair in zip(BANDS, self.counts[slug], strict=True)])
            for slug, need in self.needs.items()
        ]

    def _cell(self, slug: str, band: Band, count: int) -> Cell:
        level = sum(count >= step for step in STEPS)
        return Cell(in_years(band), count, level, self.search(slug, band))

    @cached_property
    def picture(self) -> HeatMap:
        """Where the boxes of the map stand."""
        return HeatMap([row.is_area for row in self.rows], len(BANDS))

    @property
    def columns(self) -> list[tuple[str, int]]:
        """The ages of the columns, each with its left."""
        return list(zip(self.bands, self.picture.lefts, strict=True))

    @property
    def drawn(self) -> list[tuple[Row, int, list[tuple[Cell, int]]]]:
        """The rows, each with its top, and their cells, each with its left."""
        lefts = self.picture.lefts
        return [
            (row, top, list(zip(row.cells, lefts, strict=True)))
            for row, top in zip(self.rows, self.picture.tops, strict=True)
        ]

    @cached_property
    def holes(self) -> list[NamedHole]:
        """What there is no offer for, the most important first; an area is told by its needs."""
        areas = {need.parent_id for need in self.needs.values()}
        counts = {slug: self.counts[slug] for slug, need in self.needs.items() if need.pk not in areas}
        return [
            NamedHole(hole, self.needs[hole.need], self._sentence(hole), self.search(hole.need, hole.ages))
            for hole in holes(counts, CRISIS_NEEDS)
        ]

    @property
    def holes_by_weight(self) -> list[tuple[str, list[NamedHole]]]:
        """The holes in groups, each with the words for its weight."""
        return [(why, list(group)) for why, group in groupby(self.holes, key=lambda hole: hole.why)]

    def _sentence(self, hole: Hole) -> str:
        label = self.needs[hole.need].label
        need = f"{label[:1].lower()}{label[1:]}"
        if hole.weight is Weight.NOBODY or hole.ages == (BANDS[0].first, BANDS[-1].last):
            return gettext("Ingen tilbud om {need}").format(need=need)
        return gettext("Ingen tilbud om {need} for {ages}").format(need=need, ages=in_years(hole.ages))

    def search(self, slug: str, band: Band) -> str:
        """Return the address of the search that finds the offers of a need for some ages."""
        asked: dict[str, Any] = {"behov": slug, "alder": band.first, "alder_til": band.last}
        asked |= self.found.chosen
        return f"{reverse('offers:list')}?{urlencode(asked, doseq=True)}"


def short(band: Band) -> str:
    """Return the ages of a band for the head of a narrow column."""
    return f"{band.first}+" if band.last == BANDS[-1].last else f"{band.first}–{band.last}"


def in_years(band: Band) -> str:
    """Return the ages of a band, as they stand in a sentence."""
    if band.last == BANDS[-1].last:
        return gettext("{age} år og ældre").format(age=band.first)
    return gettext("{youngest}–{oldest} år").format(youngest=band.first, oldest=band.last)


@require_safe
@for_everybody
@vary_on_headers("HX-Request")
def overview(request: HtmxRequest) -> HttpResponse:
    """Show the map and name the holes; to htmx only what changes with the filters."""
    found = OverviewFilter(request.GET, queryset=Offer.objects.none())
    if request.htmx and found.form.errors:
        return HttpResponseClientRedirect(request.get_full_path())
    template = "offers/_overview_live.html" if request.htmx else "offers/overview.html"
    return render(request, template, {"filter": found, "overview": Overview(found)})


@require_safe
@for_everybody
def holes_file(request: HtmxRequest) -> HttpResponse:
    """Return the holes as a table for a spreadsheet, in the order of the page."""
    found = OverviewFilter(request.GET, queryset=Offer.objects.none())
    headings = (
        gettext("Område"),
        gettext("Behov"),
        gettext("Fra alder"),
        gettext("Til og med alder"),
        gettext("Hvorfor"),
        gettext("Flest tilbud i en anden alder"),
    )
    rows = (
        (hole.need.parent or hole.need, hole.need, *hole.hole.ages, hole.why, hole.hole.elsewhere)
        for hole in Overview(found).holes
    )
    return csv_file("huller.csv", headings, rows)
