"""Who decides, and when they meet."""

from django.contrib import admin

from offers.admin.desk import DeskAdmin, RowsInline
from policies.admin.meeting_import import MeetingImportMixin
from policies.models import Committee, CommitteeLink, Meeting


class CommitteeLinkInline(RowsInline):
    """Where the committee publishes."""

    model = CommitteeLink
    fields = ["kind", "label", "url"]


class MeetingInline(RowsInline):
    """The committee's meetings."""

    model = Meeting
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
