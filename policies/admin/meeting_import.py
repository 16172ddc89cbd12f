"""Editors hand in a file of meetings: they see what it would do, and then it does just that."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.models import ADDITION, CHANGE, LogEntry
from django.core import signing
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path

from offers.admin.keeping import keeping
from policies.meetings import files
from policies.meetings.plan import CHANGED, NEW, Plan, carry_out, plan
from policies.meetings.rows import MOST_BYTES, FileError, Refused, Row
from policies.models import Committee, Meeting

NAME = "policies_meeting_import"
# What was shown may be confirmed for so many seconds.
CONFIRM_WITHIN = 60 * 60
OUTDATED = "Kalenderen er ændret, siden du så listen. Se den nye liste, og godkend igen."
EXPIRED = "Listen er for gammel eller er ændret undervejs. Vælg filen igen. Intet er gemt."
FROM_FILE = "Hentet fra en fil."

Rows = Sequence[Row | Refused]


class MeetingFileForm(forms.Form):
    """The file, and whose meetings it has."""

    file = forms.FileField(label="Fil", help_text="CSV eller iCalendar (.ics), højst 2 MB og 2.000 møder.")
    committee = forms.ModelChoiceField(
        Committee.objects.select_related("authority").order_by("sort_key"),
        label="Udvalg",
        required=False,
        help_text="For møder, hvor filen ikke selv nævner udvalget. En kalenderfil nævner det aldrig.",
    )
    rows: Rows = ()

    def clean_file(self):
        """Read the file into `rows`."""
        file = self.cleaned_data["file"]
        try:
            if file.size > MOST_BYTES:
                raise FileError(files.TOO_LARGE)
            self.rows = files.read(file.read())
        except FileError as error:
            raise forms.ValidationError(str(error)) from None
        return file


class MeetingImportMixin(admin.ModelAdmin):
    """Gives the pages of meetings one more, for those who may both add and change them."""

    def get_urls(self):
        """Add the page, before Django takes its name for a key."""
        view = self.admin_site.admin_view(self.import_meetings)
        return [path("hent/", view, name=NAME), *super().get_urls()]

    def changelist_view(self, request, extra_context=None):
        """Tell the list whether to lead to the page."""
        return super().changelist_view(request, {**(extra_context or {}), "may_import": self._may(request)})

    def import_meetings(self, request: HttpRequest) -> HttpResponse:
        """Show the form; of a file what it would do; when that is confirmed, do it."""
        if not self._may(request):
            raise PermissionDenied
        if "confirmed" in request.POST:
            return self._confirmed(request)
        form = (
            MeetingFileForm(request.POST, request.FILES) if request.method == "POST" else MeetingFileForm()
        )
        if not form.is_valid():
            return self._page(request, {"form": form})
        committee = form.cleaned_data["committee"]
        return self._preview(request, form.rows, committee, plan(form.rows, committee))

    def _confirmed(self, request: HttpRequest) -> HttpResponse:
        """Do what was shown, if it is still the same."""
        try:
            packed = signing.loads(request.POST["confirmed"], salt=_salt(request), max_age=CONFIRM_WITHIN)
        except signing.BadSignature:
            return self._again(request, EXPIRED)
        rows = [Row.unpacked(row) for row in packed["rows"]]
        committee = Committee.objects.filter(pk=packed["committee"]).first()
        try:
            with keeping(request) as kept:
                kept.why = FROM_FILE
                now, done = carry_out(rows, committee, packed["mark"], kept)
        except IntegrityError:
            now, done = plan(rows, committee), False
        if not done:
            self.message_user(request, OUTDATED, messages.WARNING)
            return self._preview(request, rows, committee, now)
        self._log(request, now)
        added = len(now.of(NEW))
        meetings = "møde" if added == 1 else "møder"
        text = f"{added} {meetings} er lagt til, og {len(now.of(CHANGED))} er ændret."
        self.message_user(request, text, messages.SUCCESS)
        return redirect("admin:policies_meeting_changelist")

    def _again(self, request: HttpRequest, text: str) -> HttpResponse:
        """Show the empty form with a word on why."""
        self.message_user(request, text, messages.ERROR)
        return self._page(request, {"form": MeetingFileForm()})

    def _preview(
        self, request: HttpRequest, rows: Rows, committee: Committee | None, seen: Plan
    ) -> HttpResponse:
        """Show what the file would do. The rows travel with the page, signed; nothing is stored."""
        context: dict[str, Any] = {"form": MeetingFileForm(initial={"committee": committee}), "plan": seen}
        if seen.may_be_done:
            packed = {
                "rows": [row.packed() for row in rows if isinstance(row, Row)],
                "committee": committee and committee.pk,
                "mark": seen.mark,
            }
            context["confirmed"] = signing.dumps(packed, salt=_salt(request), compress=True)
        return self._page(request, context)

    def _page(self, request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
        """Return the page."""
        site = self.admin_site.each_context(request)
        context = {**site, "opts": self.opts, "title": "Hent møder fra en fil", **context}
        return TemplateResponse(request, "admin/policies/meeting/import.html", context)

    def _log(self, request: HttpRequest, done: Plan) -> None:
        """Note in the history of each meeting what was done, and by whom."""
        editor: Any = request.user.pk
        for kind, flag, text in (
            (NEW, ADDITION, "Lagt til fra en fil."),
            (CHANGED, CHANGE, "Ændret fra en fil."),
        ):
            keys = [step.meeting.pk for step in done.of(kind) if step.meeting]
            rows = Meeting.objects.select_related("committee").filter(pk__in=keys)
            LogEntry.objects.log_actions(editor, rows, flag, text)

    def _may(self, request: HttpRequest) -> bool:
        """Return whether somebody may add and change meetings."""
        return self.has_add_permission(request) and self.has_change_permission(request)


def _salt(request: HttpRequest) -> str:
    """Return what binds a list to the editor who saw it."""
    return f"policies.meeting_import.{request.user.pk}"
