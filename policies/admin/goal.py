"""The goals of policies, how one sees whether they are met, and what has become of ideas."""

from django.contrib import admin
from django.db.models import OuterRef, Subquery, Value
from django.db.models.functions import Coalesce

from offers.admin.desk import DeskAdmin, RowsInline, SectionsInline, number_of
from policies.admin.served import KeepServedGoalsMixin
from policies.models import Goal, IdeaDecision, IdeaLink, IdeaStatus, Indicator


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


class IdeaDecisionInline(SectionsInline):
    """What has become of the idea; the latest day tells its status."""

    model = IdeaDecision
    autocomplete_fields = ["committee"]
    fields = [("status", "decided_on"), "reason", "committee", "source_url"]

    def get_queryset(self, request):
        """Load the idea: each heading names it."""
        return super().get_queryset(request).select_related("goal")


class IdeaLinkInline(RowsInline):
    """The goals and committees that the idea has to do with."""

    model = IdeaLink
    fk_name = "idea"
    autocomplete_fields = ["goal", "committee"]
    fields = ["goal", "committee", "reason"]

    def get_queryset(self, request):
        """Load both ends: each row's heading names them."""
        return super().get_queryset(request).select_related("idea", "goal", "committee")


class IdeaStatusFilter(admin.SimpleListFilter):
    """What has become of an idea; goals that are no ideas have no such status."""

    title = "idéens status"
    parameter_name = "idestatus"

    def lookups(self, request, model_admin):
        """Return what may have become of an idea."""
        return IdeaStatus.choices

    def queryset(self, request, queryset):
        """Return the ideas of that status."""
        if self.value() not in IdeaStatus.values:
            return None
        return queryset.filter(kind=Goal.Kind.IDEA, status_of_idea=self.value())


@admin.register(Goal)
class GoalAdmin(KeepServedGoalsMixin, DeskAdmin):
    """Principles, goals, focus areas and ideas."""

    list_display = ["title", "number", "kind", "idea_status", "policy", "initiative_count"]
    list_filter = [
        "kind",
        IdeaStatusFilter,
        ("theme", admin.RelatedOnlyFieldListFilter),
        ("policy", admin.RelatedOnlyFieldListFilter),
    ]
    list_select_related = ["policy"]
    search_fields = ["title", "description", "number", "policy__search_text"]
    search_help_text = "Søg i titel, beskrivelse, nummer og politik."
    autocomplete_fields = ["policy", "parent", "target_groups", "sdgs"]
    prepopulated_fields = {"slug": ["title"]}
    fieldsets = [
        ("Hvad", {"fields": ["policy", ("number", "kind"), "title", "slug", "description"]}),
        ("Sammenhæng", {"fields": ["parent", "theme", "target_groups", "sdgs", "order"]}),
    ]
    inlines = [IndicatorInline, IdeaDecisionInline, IdeaLinkInline]

    def get_inlines(self, request, obj):
        """Ask for what has become of it only where it is an idea."""
        if obj is not None and obj.kind != Goal.Kind.IDEA:
            return [IndicatorInline]
        return self.inlines

    def get_queryset(self, request):
        """Count, and find the latest status, in the same query as the list."""
        latest = IdeaDecision.objects.filter(goal=OuterRef("pk")).values("status")[:1]
        return (
            super()
            .get_queryset(request)
            .annotate(
                initiative_count=number_of(Goal, "initiatives"),
                status_of_idea=Coalesce(Subquery(latest), Value(IdeaStatus.NEW.value)),
            )
        )

    @admin.display(description="indsatser", ordering="initiative_count")
    def initiative_count(self, goal):
        """Show how many initiatives serve the goal; none is a hole in the policy."""
        return goal.initiative_count

    @admin.display(description="idéens status", ordering="status_of_idea", empty_value="–")
    def idea_status(self, goal):
        """Show what has become of an idea."""
        return IdeaStatus(goal.status_of_idea).label if goal.kind == Goal.Kind.IDEA else None
