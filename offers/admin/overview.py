"""The map of needs and ages for editors: beside the offers stand the searches that found nothing."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import path
from django.utils import timezone
from django.views.decorators.http import require_safe

from offers.csv_file import csv_file
from offers.models import Municipality, Offer, SearchMiss
from offers.overview import Cell, Overview, OverviewFilter, Row
from offers.search import current
from offers.search.coverage import BANDS
from offers.search.missed import ANY_AGE, DAYS, LEAST, Missed, missed
from offers.search.places import gazetteer

NAME = "offers_overblik"
# So many different searches are read, the most frequent first.
MOST = 500


@dataclass(frozen=True)
class MissedRow:
    """A need, its cells each with the searches in vain at its ages, and those that told no age."""

    row: Row
    cells: list[tuple[Cell, int]]
    without_age: int

    @property
    def total(self) -> int:
        """All that are told."""
        return self.without_age + sum(count for _, count in self.cells)


class MissedOverviewMixin(admin.ModelAdmin):
    """Gives the pages of a model one more, and its file: the map, for those who may see its rows."""

    def get_urls(self):
        """Add the map, before Django takes its name for a key."""
        views = (require_safe(self.overview), require_safe(self.overview_file))
        page, file = map(self.admin_site.admin_view, views)
        return [
            path("overblik/", page, name=NAME),
            path("overblik/forgaeves.csv", file, name=f"{NAME}_fil"),
            *super().get_urls(),
        ]

    def overview(self, request: HttpRequest) -> HttpResponse:
        """Show the map, the needs with most searches in vain first."""
        shown, rows = self._read(request)
        context = self.admin_site.each_context(request) | {
            "opts": self.opts,
            "title": "Overblik med forgæves søgninger",
            "filter": shown.found,
            "bands": shown.bands,
            "rows": sorted(rows, key=lambda row: -row.total),
            "days": DAYS,
            "least": LEAST,
        }
        return TemplateResponse(request, "admin/offers/overview.html", context)

    def overview_file(self, request: HttpRequest) -> HttpResponse:
        """Return the same as a table for a spreadsheet."""
        shown, rows = self._read(request)
        pairs = [f"{band} år: {what}" for band in shown.bands for what in ("tilbud", "forgæves")]
        headings = ("Område", "Behov", *pairs, "Alder ikke nævnt: forgæves")
        table = (
            (
                row.row.need.parent or row.row.need,
                row.row.need,
                *(number for cell, count in row.cells for number in (cell.count, count)),
                row.without_age,
            )
            for row in rows
        )
        return csv_file("overblik.csv", headings, table)

    def _read(self, request: HttpRequest) -> tuple[Overview, list[MissedRow]]:
        """Return the map of what is asked, and its rows; raise PermissionDenied to whoever may not."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        shown = Overview(OverviewFilter(request.GET, queryset=Offer.objects.none()))
        counts = in_vain(timezone.localdate())
        return shown, [_row(row, counts) for row in shown.rows]


def _row(row: Row, counts: Missed) -> MissedRow:
    """Return a row of the map with what was searched for in vain."""
    found = [counts.get((row.need.slug, band), 0) for band in range(len(BANDS))]
    cells = list(zip(row.cells, found, strict=True))
    return MissedRow(row, cells, counts.get((row.need.slug, ANY_AGE), 0))


def in_vain(today: date) -> Missed:
    """Return what was searched for in vain in the last `DAYS` days. Two queries, and the words are read."""
    searches = SearchMiss.objects.in_vain().counted(today - timedelta(days=DAYS))[:MOST]
    known = gazetteer(tuple(Municipality.objects.values_list("code", "name")))
    return missed(current.reader(), known, searches)
