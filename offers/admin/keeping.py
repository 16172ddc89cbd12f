"""Every change on the desk keeps a version; the page of versions shows who changed what, and why."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from django.contrib import admin
from django.contrib.admin.utils import flatten_fieldsets, unquote
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse

from offers.admin.leftovers import warn
from offers.cpr import removed
from offers.history.compare import Item, differing
from offers.history.record import Recording, recording, root_of
from offers.history.states import part_relation, parts_of
from offers.models import Offer, Version
from offers.permissions import may_follow, who

WHY = "_why"
VERSIONS_PER_PAGE = 20


def kept_by(request: HttpRequest) -> Recording:
    """Return what is kept of the change that a request makes."""
    return request._kept  # type: ignore[attr-defined]


@contextmanager
def keeping(request: HttpRequest) -> Iterator[Recording]:
    """Keep versions of what a block changes, in the name of whoever sent the request, and warn her.

    A contact that she corrected may still stand in the text.
    """
    with recording(by=request.user, why=removed(request.POST.get(WHY, "").strip())) as kept:
        yield kept
    warn(request, kept)


class KeepingMixin(admin.ModelAdmin):
    """Keeps a version of what is added, changed and deleted on the pages of a model."""

    def changelist_view(self, request, extra_context=None):
        """Keep what the list's actions change."""
        return self._kept(request, super().changelist_view, extra_context)

    def delete_view(self, request, object_id, extra_context=None):
        """Keep what is deleted."""
        return self._kept(request, super().delete_view, object_id, extra_context)

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        """Keep what is saved."""
        return self._kept(request, super().changeform_view, object_id, form_url, extra_context)

    def save_model(self, request, obj, form, change):
        """Look at the row before it changes; of a part, at what it belongs to and what it belonged to."""
        kept = kept_by(request)
        if root_of(obj) is not obj:
            kept.watch(obj, *type(obj)._base_manager.filter(pk=obj.pk))
        elif change:
            kept.watch(obj)
        super().save_model(request, obj, form, change)
        kept.add(obj)

    def save_formset(self, request, form, formset, change):
        """Look at rows that have a history of their own before they change."""
        old = [one.instance for one in formset.initial_forms if one.has_changed()]
        gone = [one.instance for one in formset.deleted_forms if one.instance.pk]
        kept = kept_by(request)
        kept.watch(*(row for row in old if row not in gone))
        kept.watch_deletion(*gone)
        super().save_formset(request, form, formset, change)
        kept.add(*formset.new_objects)

    def delete_model(self, request, obj):
        """Keep what it was."""
        kept_by(request).watch_deletion(obj)
        super().delete_model(request, obj)

    def delete_queryset(self, request, queryset):
        """Keep what they were."""
        kept_by(request).watch_deletion(*queryset)
        super().delete_queryset(request, queryset)

    def history_view(self, request, object_id, extra_context=None):
        """Show the versions, the newest first: who, when, why, and what changed field by field."""
        row = self.get_object(request, unquote(object_id))
        if row is None:
            raise Http404
        if not self.may_follow(request, row):
            raise PermissionDenied
        thing = root_of(row)
        if thing is not row:  # what is part of a thing has its history there
            opts = thing._meta
            return redirect(f"admin:{opts.app_label}_{opts.model_name}_history", thing.pk)
        versions = Version.objects.of(self.model, row.pk).select_related("by")
        page = Paginator(versions, VERSIONS_PER_PAGE).get_page(request.GET.get("p"))
        context = {
            **self.admin_site.each_context(request),
            "title": "Historik",
            "subtitle": str(row),
            "opts": self.opts,
            "object": row,
            "page": page,
            "entries": self._entries(request, row, page, versions),
            "may_restore": self.has_change_permission(request, row),
        }
        return TemplateResponse(request, "admin/offers/history.html", {**context, **(extra_context or {})})

    def may_follow(self, request: HttpRequest, row: Any) -> bool:
        """Return whether somebody may see how a row came to be as it is; an offer has a rule of its own."""
        if isinstance(row, Offer):
            return may_follow(who(request.user), row)
        return self.has_view_or_change_permission(request, row)

    def visible(self, request: HttpRequest, row: Any) -> set[str]:
        """Return the fields and relations that the form shows this reader: the history shows no others."""
        inlines = self.get_inline_instances(request, row)
        return set(flatten_fieldsets(self.get_fieldsets(request, row))) | self._parts_on(inlines)

    def writable(self, request: HttpRequest, row: Any) -> set[str]:
        """Return those of them that the form lets this editor write."""
        inlines = self.get_inline_instances(request, row)
        open_ones = [inline for inline in inlines if inline.has_change_permission(request, row)]
        names = set(flatten_fieldsets(self.get_fieldsets(request, row)))
        return names - set(self.get_readonly_fields(request, row)) | self._parts_on(open_ones)

    def _parts_on(self, inlines: Iterable[Any]) -> set[str]:
        """Return the relations to the parts that the inlines show."""
        models = {inline.model for inline in inlines}
        names = parts_of(self.model)
        return {name for name in names if part_relation(self.model, name).related_model in models}

    def _entries(self, request, row, page, versions) -> list[tuple[Version, list[Item]]]:
        """Return each version of a page with what differs from the one before. One query."""
        shown = list(page.object_list)
        older = versions[page.end_index() : page.end_index() + 1]
        chain: list[Any] = [*shown, *older, None]
        visible = self.visible(request, row)
        return [
            (one, differing(self.model, (before.state, one.state), visible) if before else [])
            for one, before in zip(shown, chain[1:], strict=False)
        ]

    def _kept(self, request: HttpRequest, view: Any, *args: Any) -> HttpResponse:
        """Answer with `view`, and keep what it changes; a view inside another is kept by the outer."""
        if request.method != "POST" or hasattr(request, "_kept"):
            return view(request, *args)
        with keeping(request) as kept:
            request._kept = kept  # type: ignore[attr-defined]
            return view(request, *args)
