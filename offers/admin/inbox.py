"""The inbox: what readers say is wrong, who sees to it, and what was done."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.db.models import F
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html

from offers.admin.desk import DeskAdmin
from offers.admin.filters import OpenFeedbackFilter
from offers.admin.guarded import GuardedForm
from offers.admin.keeping import kept_by
from offers.models import Feedback

# Where on the offer's page each kind of fault is mended.
PLACES = {
    Feedback.Kind.PHONE: ("contact_points-group", "Ret telefon og kontakt"),
    Feedback.Kind.HOURS: ("opening_hours-group", "Ret åbningstiderne"),
    Feedback.Kind.CLOSED: ("id_status", "Tag tilbuddet ned"),
    Feedback.Kind.OTHER: ("id_title", "Ret tilbuddet"),
}
ANSWER = "offers.change_feedback"
NO_OUTCOME = "Skriv, hvad der blev gjort, før henvendelsen lukkes."


def answerers(also: int | None) -> Any:
    """Return who may see to a report, and whoever does already.

    To find them by typing one would have to be allowed to look at the log-ins, which editors are not.
    """
    able = User.objects.with_perm(ANSWER, backend="django.contrib.auth.backends.ModelBackend")
    known = User.objects.filter(pk__in=[also] if also else [])
    return (able.filter(is_staff=True) | known).distinct().order_by("username")


class AnswerForm(GuardedForm):
    """The editor's part of a report: who sees to it, what was done, and whether that was all."""

    is_closed = forms.BooleanField(label="Afsluttet", required=False)

    def __init__(self, *args, **kwargs):
        """Tick what is closed, and offer those who may see to it."""
        super().__init__(*args, **kwargs)
        self.fields["is_closed"].initial = self.instance.closed_at is not None
        if assigned := self.fields.get("assigned_to"):
            assigned.queryset = answerers(self.instance.assigned_to_id)  # type: ignore[attr-defined]

    def clean(self):
        """Ask for a reason before it is closed, and note the moment."""
        cleaned = super().clean() or self.cleaned_data
        closed = bool(cleaned.get("is_closed"))
        if closed and not cleaned.get("outcome"):
            self.add_error("outcome", NO_OUTCOME)
        else:
            self.instance.closed_at = (self.instance.closed_at or timezone.now()) if closed else None
        return cleaned


class AssignedFilter(admin.SimpleListFilter):
    """Whose work it is."""

    title = "tager sig af det"
    parameter_name = "hvem"

    def lookups(self, request, model_admin):
        """Mine, or nobody's."""
        return [("mig", "Mig"), ("ingen", "Ingen endnu")]

    def queryset(self, request, queryset):
        """Return the reports that are the reader's own work, or that wait for somebody."""
        if self.value() == "mig":
            return queryset.filter(assigned_to=request.user)
        return queryset.filter(assigned_to=None) if self.value() == "ingen" else None


@admin.action(description="Jeg tager mig af det", permissions=["change"])
def take(model_admin, request, queryset):
    """Give the chosen reports to whoever asks."""
    kept_by(request).watch(*queryset)
    count = queryset.update(assigned_to=request.user)
    model_admin.message_user(request, f"Du tager dig nu af {count}.", messages.SUCCESS)


@admin.register(Feedback)
class FeedbackAdmin(DeskAdmin):
    """What readers say is wrong, and what we did about it."""

    form = AnswerForm
    list_display = ["offer", "kind", "created_at", "assigned_to", "closed_at"]
    # What nobody has answered stands first.
    ordering = [F("closed_at").desc(nulls_first=True), "-created_at"]
    list_filter = [OpenFeedbackFilter, AssignedFilter, "kind"]
    list_select_related = ["offer", "assigned_to"]
    search_fields = ["offer__search_text", "text", "outcome"]
    search_help_text = "Søg i tilbud, besked og svar."
    autocomplete_fields = ["offer"]
    date_hierarchy = "created_at"
    readonly_fields = ["created_at", "closed_at", "mend"]
    actions = [take]
    fieldsets = [
        ("Henvendelsen", {"fields": ["offer", "kind", "text", "created_at", "mend"]}),
        ("Svaret", {"fields": ["assigned_to", "outcome", "is_closed", "closed_at"]}),
    ]

    def get_readonly_fields(self, request, obj=None):
        """Keep what the reader wrote as she wrote it."""
        written = ["offer", "kind", "text"] if obj else []
        return [*written, *super().get_readonly_fields(request, obj)]

    @admin.display(description="ret det")
    def mend(self, report):
        """Lead to the field that the report is about."""
        if not report.pk:
            return "-"
        anchor, words = PLACES[Feedback.Kind(report.kind)]
        url = reverse("admin:offers_offer_change", args=[report.offer_id])
        return format_html('<a href="{}#{}">{}</a>', url, anchor, words)
