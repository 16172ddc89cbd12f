"""The goals of policies, and how one sees whether they are met."""

from django.contrib import admin

from offers.admin.desk import DeskAdmin, SectionsInline, number_of
from policies.admin.served import KeepServedGoalsMixin
from policies.models import Goal, Indicator


class IndicatorInline(SectionsInline):
    """How one sees whether the goal is met."""

    model = Indicator
    fields = [
        "what",
        "method",
        ("baseline", "target"),
        ("latest", "when"),
        ("source", "source_url"),
        "order",
    ]


@admin.register(Goal)
class GoalAdmin(KeepServedGoalsMixin, DeskAdmin):
    """Principles, goals, focus areas and ideas."""

    list_display = ["title", "number", "kind", "policy", "initiative_count"]
    list_filter = ["kind", ("policy", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["policy"]
    search_fields = ["title", "description", "number", "policy__search_text"]
    search_help_text = "Søg i titel, beskrivelse, nummer og politik."
    autocomplete_fields = ["policy", "parent", "target_groups", "sdgs"]
    prepopulated_fields = {"slug": ["title"]}
    fieldsets = [
        ("Hvad", {"fields": ["policy", ("number", "kind"), "title", "slug", "description"]}),
        ("Sammenhæng", {"fields": ["parent", "target_groups", "sdgs", "order"]}),
    ]
    inlines = [IndicatorInline]

    def get_queryset(self, request):
        """Count in the same query as the list."""
        return super().get_queryset(request).annotate(initiative_count=number_of(Goal, "initiatives"))

    @admin.display(description="indsatser", ordering="initiative_count")
    def initiative_count(self, goal):
        """Show how many initiatives serve the goal; none is a hole in the policy."""
        return goal.initiative_count
