"""Tables of offers, organisations and venues to take out, as the list shows them just now."""

from collections.abc import Callable
from typing import ClassVar

from django import forms
from django.contrib import admin
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.views.main import ERROR_FLAG
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils import timezone

from offers.csv_file import csv_file
from offers.duplicates import Known, marks
from offers.exchange.columns import Column
from offers.exchange.sheets import NOTE, Sheet
from offers.exchange.writing import table, workbook
from offers.permissions import READ_NOTE, may_export, may_import, seen, who

# Of what is typed, so much is compared.
LONGEST, MOST_PHONES = 300, 10
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def columns_for(user, sheet: Sheet) -> list[Column]:
    """Return the columns that a person may take out and bring in."""
    return [column for column in sheet.columns if column.name != NOTE or user.has_perm(READ_NOTE)]


def download(content: bytes, name: str) -> HttpResponse:
    """Return a spreadsheet to download."""
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type=XLSX, headers=headers)


class ExchangeMixin(admin.ModelAdmin):
    """Gives the list of a model files to take out; `sheet` says what stands in them."""

    sheet: ClassVar[Sheet]
    change_list_template = "admin/offers/exchange_list.html"

    @property
    def media(self):
        """Add what tells of rows that look like the one that is typed."""
        return super().media + forms.Media(css={"all": ["admin-desk/desk.css"]}, js=["admin-desk/alike.js"])

    def get_urls(self):
        """Add the files, before Django takes their names for keys."""
        views = {
            "xlsx": self._or_list(self.as_workbook),
            "csv": self._or_list(self.as_csv),
            "skabelon": self.as_template,
            "ligner": self.alike,
        }
        own = [
            path(f"tabel/{name}/", self.admin_site.admin_view(view), name=self._name(name))
            for name, view in views.items()
        ]
        return [*own, *super().get_urls()]

    def changelist_view(self, request, extra_context=None):
        """Tell the list what to lead to."""
        person, prefix = who(request.user), f"admin:{self._name('')}"
        tables = {
            "xlsx": f"{prefix}xlsx",
            "csv": f"{prefix}csv",
            "sheet": self.sheet.slug,
            "may_import": may_import(person, self.model),
        }
        shown = tables if may_export(person, self.model) else None
        return super().changelist_view(request, {**(extra_context or {}), "tables": shown})

    def as_workbook(self, request: HttpRequest) -> HttpResponse:
        """Send the rows of the list as a spreadsheet."""
        rows, columns = self._rows(request), columns_for(request.user, self.sheet)
        return download(workbook(self.sheet, columns, rows), f"{self._file_name()}.xlsx")

    def as_csv(self, request: HttpRequest) -> HttpResponse:
        """Send the rows of the list as CSV."""
        rows, columns = self._rows(request), columns_for(request.user, self.sheet)
        headings = [column.heading for column in columns]
        cells = table(self.sheet, columns, rows, plain=True)
        return csv_file(f"{self._file_name()}.csv", headings, cells)

    def as_template(self, request: HttpRequest) -> HttpResponse:
        """Send a spreadsheet with headings and an explanation, and no rows."""
        if not may_export(who(request.user), self.model):
            raise PermissionDenied
        columns = columns_for(request.user, self.sheet)
        content = workbook(self.sheet, columns, self.model.objects.none())
        return download(content, f"skabelon-{self.sheet.slug}.xlsx")

    def alike(self, request: HttpRequest) -> HttpResponse:
        """Tell a script which rows look like the one that is being typed."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        said = {name: request.GET.get(name, "")[:LONGEST] for name in ("url", "address", "cvr")}
        name = request.GET.get("name", "")[:LONGEST]
        phones = [phone[:LONGEST] for phone in request.GET.getlist("phone")[:MOST_PHONES]]
        found = Known(self.model, seen(who(request.user), self.model.objects.all())).like(
            marks(name, phones, **said)
        )
        rows = [
            {
                "name": name,
                "same": " og ".join(what),
                "url": reverse(f"admin:{self._page}_change", args=[pk]),
            }
            for pk, name, what in found
        ]
        return JsonResponse({"rows": rows})

    def _or_list(self, view: Callable[[HttpRequest], HttpResponse]) -> Callable[..., HttpResponse]:
        """Return `view`; but where the address has what is no filter, lead to the list, which says so."""

        def answer(request: HttpRequest) -> HttpResponse:
            """Answer, or lead there."""
            try:
                return view(request)
            except IncorrectLookupParameters:
                return redirect(f"{reverse(f'admin:{self._page}_changelist')}?{ERROR_FLAG}=1")

        return answer

    @property
    def _page(self) -> str:
        """Return what the names of the pages begin with."""
        return f"{self.opts.app_label}_{self.opts.model_name}"

    def _rows(self, request: HttpRequest) -> QuerySet:
        """Return what the list shows with these filters, on all its pages."""
        if not may_export(who(request.user), self.model):
            raise PermissionDenied
        found = self.get_changelist_instance(request).get_queryset(request)
        keys = found.order_by().values("pk")
        return self.model.objects.filter(pk__in=keys).order_by("sort_key", "pk")

    def _file_name(self) -> str:
        """Return the name of the file, with the day on which it was true."""
        return f"{self.sheet.slug}-{timezone.localdate():%Y-%m-%d}"

    def _name(self, view: str) -> str:
        """Return the name of a page."""
        return f"{self._page}_tabel_{view}"
