"""Who decides, and when they meet."""

from typing import Any

from django.contrib import admin
from django.forms import BaseInlineFormSet
from django.utils import timezone

from offers.admin.desk import DeskAdmin, RowsInline
from policies.admin.meeting_import import MeetingImportMixin
from policies.models import Committee, CommitteeLink, Meeting

# So many stand on the page of their committee.
NEXT = 50


class CommitteeLinkInline(RowsInline):
    """Where the committee publishes."""

    model = CommitteeLink
    fields = ["kind", "label", "url"]


class NextMeetings(BaseInlineFormSet):
    """The next meetings; all of those that a file can bring would be more fields than Django takes."""

    def get_queryset(self):
        """Return them, read once."""
        if not hasattr(self, "_queryset"):
            meetings: Any = super().get_queryset()
            self._queryset = meetings.coming(timezone.localdate())[:NEXT]
        return self._queryset


class MeetingInline(RowsInline):
    """The committee's next meetings; all of them stand in the list of meetings."""

    model = Meeting
    formset = NextMeetings
    verbose_name_plural = "kommende møder"
    fields = ["held_on", "starts_at", "ends_at", "place", "status", "agenda_url", "minutes_url"]

    def get_queryset(self, request):
        """Load the committee: each row's heading names it."""
        return super().get_queryset(request).select_related("committee")


@admin.register(Committee)
class CommitteeAdmin(DeskAdmin):
    """Councils and committees."""

    list_display = ["name", "kind", "authority", "budget_share", "established_year"]
    list_filter = ["kind", ("authority", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["authority"]
    search_fields = ["name", "summary", "responsibilities", "authority__search_text"]
    search_help_text = "Søg i navn, tekst, ansvar og myndighed."
    autocomplete_fields = ["authority"]
    prepopulated_fields = {"slug": ["name"]}
    fieldsets = [
        ("Hvem", {"fields": ["name", "slug", "kind", "authority", "established_year"]}),
        ("Hvad", {"fields": ["summary", "responsibilities"]}),
        (
            "Budget",
            {"fields": ["budget_area", "budget_share", "budget_year", "budget_source", "budget_note"]},
        ),
        ("Kilde", {"fields": ["source_url"]}),
    ]
    inlines = [CommitteeLinkInline, MeetingInline]


@admin.register(Meeting)
class MeetingAdmin(MeetingImportMixin, DeskAdmin):
    """The calendar of all committees."""

    list_display = ["held_on", "committee", "starts_at", "place", "status", "agenda_url", "minutes_url"]
    list_filter = ["status", ("committee", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["committee"]
    search_fields = ["committee__name"]
    search_help_text = "Søg i udvalgets navn."
    autocomplete_fields = ["committee"]
    date_hierarchy = "held_on"
    fields = [
        "committee",
        "held_on",
        ("starts_at", "ends_at"),
        "place",
        "status",
        "agenda_url",
        "minutes_url",
    ]
