"""Puts the rules about single rows (`offers/permissions.py`) in front of every page of the desk."""

from typing import Any

from django.contrib.admin.options import BaseModelAdmin, InlineModelAdmin

from offers.permissions import row_open, seen, who, works_on


class GuardMixin(BaseModelAdmin):
    """For the pages of a model, and for rows on another's page: there `obj` is the page's own thing."""

    def get_queryset(self, request):
        """Return the rows that the person may see; what is not among them is a 404."""
        return seen(who(request.user), super().get_queryset(request))

    def has_change_permission(self, request, obj=None):
        """Ask the row, too."""
        return super().has_change_permission(request, obj) and self._open(request, obj)

    def has_delete_permission(self, request, obj=None):
        """Ask the row, too."""
        return super().has_delete_permission(request, obj) and self._open(request, obj)

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        """Let the person choose among what she may see."""
        kwargs = self._choices(db_field, request, kwargs)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        """Let the person choose among what she may see."""
        kwargs = self._choices(db_field, request, kwargs)
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def _choices(self, db_field, request, kwargs: dict[str, Any]) -> dict[str, Any]:
        """Return the arguments of a field with its choices narrowed."""
        rows = kwargs.get("queryset")
        if rows is None:
            rows = self.get_field_queryset(kwargs.get("using"), db_field, request)
        if rows is None:
            rows = db_field.remote_field.model._default_manager.all()
        return {**kwargs, "queryset": seen(who(request.user), rows)}

    def _open(self, request, obj) -> bool:
        """Return whether the rules let the person write here."""
        return row_open(who(request.user), obj)


class PageGuardMixin(GuardMixin):
    """For the pages of a model: some are not for those who work for one organisation."""

    def has_add_permission(self, request):
        """Ask whether the page is hers."""
        return super().has_add_permission(request) and works_on(who(request.user), self.model)

    def _open(self, request, obj) -> bool:
        """Ask whether the page is hers, too."""
        return super()._open(request, obj) and works_on(who(request.user), self.model)


class RowsGuardMixin(GuardMixin, InlineModelAdmin):
    """For rows on the page of a thing."""

    # Django gives `obj` to inlines and not to pages; the class above them both knows pages alone.
    def has_add_permission(self, request, obj):  # type: ignore[override]
        """Ask the thing they stand on."""
        return super().has_add_permission(request, obj) and self._open(request, obj)
