"""The way back: a page that shows what a version would change, and a button that does it."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path

from offers.admin.keeping import keeping
from offers.history.compare import differing
from offers.history.put import Putting, sentences
from offers.history.states import State, many_fields, own_fields, parts_of, state_of
from offers.history.taken import bring_back
from offers.models import Version


class RestoringMixin(admin.ModelAdmin):
    """Gives the pages of a model one more: back to a version, also of what is deleted."""

    def get_urls(self):
        """Add the page, before Django takes its name for a key."""
        name = f"{self.opts.app_label}_{self.opts.model_name}_restore"
        view = self.admin_site.admin_view(self.restore_view)
        return [path("version/<int:version_id>/genskab/", view, name=name), *super().get_urls()]

    def restored_state(self, row: Any, state: State) -> State:
        """Return what is to be stored; a model's own page may hold something back."""
        return state

    def restore_notice(self, request: HttpRequest, row: Any) -> str:
        """Return a word to the editor before she does it; raises PermissionDenied when she may not."""
        return ""

    def restore_view(self, request: HttpRequest, version_id: int) -> HttpResponse:
        """Show what would change; when that is confirmed, do it."""
        versions = Version.objects.filter(model=self.opts.label_lower).select_related("by")
        version = get_object_or_404(versions, pk=version_id)
        row = self._row(request, version)
        notice = self.restore_notice(request, row)
        faults: list[str] = []
        if request.method == "POST":
            faults = self._restored(request, version, row)
            if not faults:
                return redirect(f"admin:{self.opts.app_label}_{self.opts.model_name}_change", version.row)
        wanted = self.restored_state(row, version.state)
        now = state_of(row) if row else None
        context = {
            **self.admin_site.each_context(request),
            "title": "Gå tilbage til en version" if row else "Læg tilbage",
            "opts": self.opts,
            "object": row,
            "version": version,
            "faults": faults,
            "notice": notice,
            "items": differing(self.model, (now, wanted), self.visible(request, row)),  # type: ignore[attr-defined]
        }
        return TemplateResponse(request, "admin/offers/restore.html", context)

    def _row(self, request: HttpRequest, version: Version) -> Model | None:
        """Return what the version is of, None when it is deleted; raises unless the editor may write it."""
        row = self.get_queryset(request).filter(pk=version.row).first()
        if row is None and self.model._base_manager.filter(pk=version.row).exists():
            raise Http404
        if row is None:
            may = self.has_add_permission(request) and request.user.has_perm("offers.view_version")
        else:
            may = self.has_change_permission(request, row)
        if not may:
            raise PermissionDenied
        return row

    def _hidden(self, request: HttpRequest, row: Any) -> set[str]:
        """Return what stays as it is because the form would not let this editor write it."""
        if row is None:
            return set()
        names = {field.name for field in (*own_fields(self.model), *many_fields(self.model))}
        return (names | set(parts_of(self.model))) - self.writable(request, row)  # type: ignore[attr-defined]

    def _restored(self, request: HttpRequest, version: Version, row: Model | None) -> list[str]:
        """Put the version in its place and say so; returns what stands in the way."""
        putting = Putting(self.restored_state(row, version.state))
        try:
            with keeping(request) as kept:
                kept.restores = True
                target: Model = (
                    self.model(pk=version.row) if row is None else self.model._base_manager.get(pk=row.pk)
                )
                if row is not None:
                    kept.watch(target)
                putting.on(target, keep=self._hidden(request, row))
                kept.add(target)
                taken = version.state.get("taken", []) if row is None else []
                kept.watch_brought(taken)
                lost = bring_back(taken)
        except (ValidationError, IntegrityError) as error:
            return sentences(error, self.model)
        self.log_change(request, target, "Genskabt fra historikken.")
        for text in [*putting.notes, *(f"“{name}” kunne ikke lægges tilbage." for name in lost)]:
            self.message_user(request, text, messages.WARNING)
        self.message_user(request, f"“{target}” er som i versionen.", messages.SUCCESS)
        return []
