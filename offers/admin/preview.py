"""Before a synonym is saved or deleted, its editor sees which known searches it changes, and how."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.actions import delete_selected as delete_at_once
from django.contrib.admin.helpers import AdminForm
from django.contrib.admin.options import IS_POPUP_VAR, TO_FIELD_VAR
from django.contrib.admin.utils import unquote
from django.http import HttpRequest, HttpResponse

from offers import trial
from offers.admin.effect import shown
from offers.models import Synonym
from offers.search.change import line

# The button that only shows the effect, and the field that tells which change has been shown.
PREVIEW, SEEN = "_preview", "_seen"


@admin.action(permissions=["delete"], description="Slet valgte %(verbose_name_plural)s")
def delete_selected(model_admin, request, queryset):
    """Ask before deleting, and show what it would do to the known queries."""
    response = delete_at_once(model_admin, request, queryset)
    if response is not None:
        effect = shown(trial.effect(trial.change_without(queryset)))
        response.context_data = {**(response.context_data or {}), "effect": effect}
    return response


class PreviewMixin(admin.ModelAdmin):
    """Shows what saving or deleting a synonym would do to the known queries, before it is done."""

    actions = (delete_selected,)

    @property
    def media(self):
        """Add the look of the effect."""
        return super().media + forms.Media(css={"all": ["admin-desk/laboratory.css"]})

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        """Save what changes nothing, or what the editor has seen the effect of; show the rest."""
        if request.method == "POST" and (held := self._held(request, object_id, form_url)):
            return held
        return super().changeform_view(request, object_id, form_url, extra_context)

    def delete_view(self, request, object_id, extra_context=None):
        """Ask as usual, with the effect."""
        synonym = self.get_object(request, unquote(object_id))
        context = dict(extra_context or {})
        if request.method == "GET" and synonym and self.has_delete_permission(request, synonym):
            context["effect"] = shown(trial.effect(trial.change_without([synonym])))
        return super().delete_view(request, object_id, context)

    def _held(self, request: HttpRequest, object_id: str | None, form_url: str) -> HttpResponse | None:
        """Return the form as it was typed, with its effect; None when Django is to go on."""
        synonym = self.get_object(request, unquote(object_id)) if object_id else None
        if object_id:
            may = synonym is not None and self.has_change_permission(request, synonym)
        else:
            may = self.has_add_permission(request)
        before = synonym.phrase if synonym else ""
        form = self.get_form(request, synonym, change=bool(synonym))(request.POST, instance=synonym)
        if not may or not form.is_valid():
            return None
        changes = trial.change_of(form.instance, before)
        lines = "\n".join(line(name, one) for name, one in changes.items())
        asked = PREVIEW in request.POST
        if not asked and request.POST.get(SEEN, "").splitlines() == lines.splitlines():
            return None
        effect = trial.effect(changes)
        if asked or effect:
            original = synonym and Synonym(pk=synonym.pk, phrase=before)
            return self._page(request, form, original, form_url, {"effect": shown(effect), "lines": lines})
        self.message_user(request, shown(effect).sentence, messages.INFO)
        return None

    def _page(self, request, form, original: Synonym | None, form_url: str, extra: dict) -> HttpResponse:
        """Return the page of the form as Django makes it, with what was typed and nothing saved."""
        fieldsets: Any = self.get_fieldsets(request, original)
        admin_form = AdminForm(form, list(fieldsets), {}, (), model_admin=self)
        context = {
            **self.admin_site.each_context(request),
            "title": "Virkning af ændringen",
            "subtitle": original,
            "adminform": admin_form,
            "object_id": original and original.pk,
            "original": original,
            "is_popup": IS_POPUP_VAR in request.POST or IS_POPUP_VAR in request.GET,
            "to_field": request.POST.get(TO_FIELD_VAR, request.GET.get(TO_FIELD_VAR)),
            "media": self.media + admin_form.media,
            "inline_admin_formsets": [],
            "errors": [],
            "preserved_filters": self.get_preserved_filters(request),
            **extra,
        }
        return self.render_change_form(
            request, context, add=not original, change=bool(original), obj=original, form_url=form_url
        )
