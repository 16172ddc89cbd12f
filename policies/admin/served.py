"""A goal that initiatives serve is not deleted from under them."""

from collections.abc import Iterable

from django.contrib import admin
from django.db.models import Model

from policies.models import Goal, Initiative, Policy


class KeepServedGoalsMixin(admin.ModelAdmin):
    """Refuses to delete goals, or policies with goals, while initiatives that stay point to them.

    The relation is many to many, so the database would delete the links in silence.
    """

    def get_deleted_objects(self, objs, request):
        """Add the initiatives that would lose a goal to what stands in the way."""
        deleted, counts, needed, protected = super().get_deleted_objects(objs, request)
        return deleted, counts, needed, [*protected, *_in_the_way(objs)]


def _in_the_way(objs: Iterable[Model]) -> list[str]:
    """Return a sentence for each initiative that points to one of `objs` or to a goal in one of them."""
    policies = [row.pk for row in objs if isinstance(row, Policy)]
    goals = Goal.objects.filter(policy__in=policies) | Goal.objects.filter(
        pk__in=[row.pk for row in objs if isinstance(row, Goal)]
    )
    serving = Initiative.objects.filter(goals__in=goals).exclude(policy__in=policies).distinct()
    return [
        f"Indsatsen “{row.title}” tjener målet: peg den et andet sted hen først."
        for row in serving.order_by("sort_key")
    ]
