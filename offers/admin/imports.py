"""Handing in a table: the form, what the table would do, how far it is, and undoing it."""

from typing import Any, ClassVar

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.views.decorators.http import require_POST

from offers.admin.desk import MachineMadeAdmin
from offers.exchange import runs
from offers.exchange.plan import CHANGED, NEW, REFUSED, UNCHANGED
from offers.exchange.reading import MANY, MOST_BYTES, TOO_LARGE, FileError
from offers.exchange.sheets import SHEETS
from offers.models import ImportRun
from offers.permissions import may_import, who
from offers.tasks import carry_on_import

State = ImportRun.State
ROWS_ON_A_PAGE = 100
# What may be done with an import, by the word on the button.
STEPS = {"gem": State.APPLYING, "fortryd": State.UNDOING}
# What becomes of each, and what is said then.
OVER: dict[str, tuple[str, str]] = {
    State.APPLYING: (State.DONE, "Det er gemt. Du kan fortryde det hele her på siden."),
    State.UNDOING: (State.UNDONE, "Importen er fortrudt. Alt er, som det var før."),
}


class TableForm(forms.Form):
    """The file, and what it is about."""

    sheet = forms.ChoiceField(label="Hvad er der i filen?")
    file = forms.FileField(
        label="Fil",
        help_text=f"Excel (.xlsx) eller CSV, højst {MOST_BYTES // 1_000_000} MB og {MANY} rækker.",
        error_messages={"required": "Vælg en fil.", "empty": "Filen er tom. Vælg en anden fil."},
    )

    def __init__(self, user, *args, **kwargs):
        """Offer the tables that the person may hand in."""
        super().__init__(*args, **kwargs)
        self.user = user
        self.tables = [(one.slug, one.title) for one in SHEETS.values() if may_import(who(user), one.model)]
        field: Any = self.fields["sheet"]
        field.choices = self.tables

    def clean(self):
        """Read the file, and note the import; a file that is no table is told at its field."""
        cleaned: dict[str, Any] = super().clean() or {}
        file = cleaned.get("file")
        if file is None or "sheet" not in cleaned:
            return cleaned
        try:
            if file.size > MOST_BYTES:
                raise FileError(TOO_LARGE)
            sheet = SHEETS[cleaned["sheet"]]
            cleaned["run"] = runs.start(file.read(), file.name, sheet, self.user)
        except FileError as error:
            self.add_error("file", str(error))
        return cleaned


@admin.register(ImportRun)
class ImportRunAdmin(MachineMadeAdmin):
    """The tables that were handed in, the latest first."""

    list_display = ["file_name", "sheet", "state", "created_at", "made_by", "new", "changed"]
    list_filter = ["state", "sheet"]
    list_select_related = ["made_by"]
    search_fields = ["file_name"]
    date_hierarchy = "created_at"
    change_list_template = "admin/offers/import_list.html"
    fields: ClassVar = ["file_name", "sheet", "state", "made_by", "created_at", "finished_at", "message"]
    change_form_template = "admin/offers/import_run.html"

    def get_queryset(self, request):
        """Leave out the files."""
        return super().get_queryset(request).without_contents()

    def get_urls(self):
        """Add the pages, before Django takes their names for keys."""
        view = self.admin_site.admin_view
        own = [
            path("ny/", view(self.hand_in), name="offers_import_new"),
            path("<int:pk>/trin/", view(require_POST(self.step)), name="offers_import_step"),
            path("<int:pk>/stand/", view(self.progress), name="offers_import_progress"),
        ]
        return [*own, *super().get_urls()]

    def hand_in(self, request: HttpRequest) -> HttpResponse:
        """Take a file, and lead to what it would do."""
        initial = {"sheet": request.GET.get("sheet", "")}
        posted = (request.POST, request.FILES) if request.method == "POST" else ()
        form = TableForm(request.user, *posted, initial=initial)
        if not form.tables:
            raise PermissionDenied
        if form.is_bound and form.is_valid():
            return self._carry_on(request, form.cleaned_data["run"])
        templates = [
            (one.title, reverse(f"admin:offers_{one.model._meta.model_name}_tabel_skabelon"))
            for one in SHEETS.values()
        ]
        context = {"opts": self.opts, "title": "Hent en tabel ind", "form": form, "templates": templates}
        return TemplateResponse(
            request, "admin/offers/import.html", {**self.admin_site.each_context(request), **context}
        )

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """Show what the table would do or did, and how far it is."""
        run = self.get_object(request, unquote(object_id))
        if run is None:
            return super().change_view(request, object_id, form_url, extra_context)
        kind = request.GET.get("vis", REFUSED if run.refused else "")
        steps = [step for step in run.steps if not kind or step["kind"] == kind]
        page = Paginator(steps, ROWS_ON_A_PAGE).get_page(request.GET.get("side"))
        kinds = [(NEW, run.new), (CHANGED, run.changed), (UNCHANGED, run.unchanged), (REFUSED, run.refused)]
        context = {
            "run": run,
            "page": page,
            "kind": kind,
            "kinds": kinds,
            "busy": run.state in runs.BUSY,
            "left": runs.is_left(run),
            "may": may_import(who(request.user), SHEETS[run.sheet].model),
            "warned": sum(bool(step["warnings"]) for step in run.steps),
            # Of a large source not every record is kept.
            "told": len(run.steps) if run.new + run.changed + run.refused > len(run.steps) else 0,
        }
        return super().change_view(request, object_id, form_url, {**(extra_context or {}), **context})

    def step(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Let the next step begin: store, or undo; or go on with one that was left."""
        run = self._mine(request, pk)
        wanted = STEPS.get(request.POST.get("trin", ""))
        if wanted and not runs.begin(run, wanted):
            self.message_user(request, "Det er allerede gjort, eller listen er ny.", messages.WARNING)
            return redirect("admin:offers_importrun_change", pk)
        return self._carry_on(request, run, wanted)

    def progress(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Tell a script how far an import is."""
        run = self._mine(request, pk)
        return JsonResponse({"state": run.state, "done": run.done, "total": run.total})

    def _mine(self, request: HttpRequest, pk: int) -> ImportRun:
        """Return an import of a table that the person may hand in."""
        run = get_object_or_404(ImportRun.objects.without_contents(), pk=pk)
        if not may_import(who(request.user), SHEETS[run.sheet].model):
            raise PermissionDenied
        return run

    def _carry_on(self, request: HttpRequest, run: ImportRun, wanted: str | None = None) -> HttpResponse:
        """Do the next step now, or leave it to a worker, and lead to the page of the import."""
        if run.total > runs.AT_ONCE:
            carry_on_import.enqueue(run.pk)
        else:
            runs.carry_on(run.pk)
            run.refresh_from_db(fields=["state"])
            goal, text = OVER.get(wanted or "", ("", ""))
            if run.state == goal:
                self.message_user(request, text, messages.SUCCESS)
        return redirect("admin:offers_importrun_change", run.pk)
