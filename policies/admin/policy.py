"""What the council wants."""

from django.contrib import admin

from offers.admin.desk import DeskAdmin, RowsInline
from offers.admin.filters import InForceFilter
from policies.admin.served import KeepServedGoalsMixin
from policies.models import Goal, Policy


class GoalInline(RowsInline):
    """The policy's goals in outline; the rest of a goal stands on its own page."""

    model = Goal
    fields = ["number", "kind", "title", "slug", "order"]
    prepopulated_fields = {"slug": ["title"]}
    show_change_link = True
    # Deleted on its own page, which tells who serves it.
    can_delete = False
    # The goals are parts of the policy's page, so a link on each row would tell nothing.
    view_on_site = False


@admin.register(Policy)
class PolicyAdmin(KeepServedGoalsMixin, DeskAdmin):
    """Policies, strategies, plans and papers."""

    list_display = [
        "title",
        "kind",
        "authority",
        "committee",
        "status",
        "approved_on",
        "valid_until",
    ]
    list_filter = [
        "kind",
        "status",
        InForceFilter,
        ("authority", admin.RelatedOnlyFieldListFilter),
        ("committee", admin.RelatedOnlyFieldListFilter),
    ]
    list_select_related = ["authority", "committee"]
    search_fields = ["search_text", "authority__search_text"]
    search_help_text = "Søg i titel, tekst og myndighed."
    date_hierarchy = "approved_on"
    autocomplete_fields = ["authority", "committee", "parent", "target_groups", "needs", "sdgs"]
    prepopulated_fields = {"slug": ["title"]}
    fieldsets = [
        ("Hvad", {"fields": ["title", "slug", "kind", "summary", "vision", "description"]}),
        ("Hvem", {"fields": ["authority", "committee", "parent"]}),
        (
            "Hvornår",
            {
                "fields": [
                    "status",
                    ("approved_on", "revised_on"),
                    ("valid_from", "valid_until"),
                    "published_on_note",
                ]
            },
        ),
        ("Hvad det handler om", {"fields": ["target_groups", "needs", "sdgs"]}),
        ("Kilde", {"fields": ["source_url", "source_note"]}),
    ]
    inlines = [GoalInline]
