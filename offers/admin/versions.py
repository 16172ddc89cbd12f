"""All versions in one list: who changed what lately, and what can be brought back."""

from django.apps import apps
from django.contrib import admin
from django.contrib.admin.exceptions import NotRegistered
from django.urls import reverse
from django.utils.html import format_html
from django.utils.text import capfirst

from offers.admin.desk import MachineMadeAdmin
from offers.models import Version, WorkingCopy


class KindOfThingFilter(admin.SimpleListFilter):
    """What the version is of."""

    title = "slags"
    parameter_name = "slags"

    def lookups(self, request, model_admin):
        """Name the kinds of things that have versions, as people call them."""
        labels = Version.objects.order_by().values_list("model", flat=True).distinct()
        return sorted(((label, thing(label)) for label in labels), key=lambda pair: pair[1])

    def queryset(self, request, queryset):
        """Return the versions of one kind."""
        return queryset.filter(model=self.value()) if self.value() else None


def thing(label: str) -> str:
    """Return what people call the things of a model; its name in the program when it is no longer there."""
    try:
        return capfirst(str(apps.get_model(label)._meta.verbose_name))
    except (LookupError, ValueError):
        return label


@admin.register(Version)
class VersionAdmin(MachineMadeAdmin):
    """What has happened on the desk. Choose “Slettet” to find what was deleted, and bring it back."""

    list_display = ["at", "name", "kind", "way_back", "what", "by", "why"]
    list_filter = ["kind", KindOfThingFilter]
    list_select_related = ["by"]
    search_fields = ["name", "why"]
    search_help_text = "Søg i navn og begrundelse."
    date_hierarchy = "at"
    fields = ["what", "name", "kind", "at", "by", "why", "way_back"]
    readonly_fields = ["what", "way_back"]

    def get_queryset(self, request):
        """Leave the contents where they are: the list does not show them."""
        return super().get_queryset(request).defer("state")

    @admin.display(description="slags", ordering="model")
    def what(self, version):
        """Say what it is a version of."""
        return thing(version.model)

    @admin.display(description="vej tilbage")
    def way_back(self, version):
        """Lead to the page that brings it back."""
        try:
            desk = self.admin_site.get_model_admin(apps.get_model(version.model))
        except (LookupError, ValueError, NotRegistered):
            return "-"
        if isinstance(desk, MachineMadeAdmin):
            return "-"
        address = reverse(f"admin:{version.model.replace('.', '_')}_restore", args=[version.pk])
        deleted = version.kind == Version.Kind.DELETED
        return format_html('<a href="{}">{}</a>', address, "Læg tilbage" if deleted else "Gå tilbage")


@admin.register(WorkingCopy)
class WorkingCopyAdmin(MachineMadeAdmin):
    """New versions of public offers that somebody is writing, or that wait for an answer."""

    list_display = ["offer", "status", "by", "updated_at", "note", "workflow"]
    list_filter = ["status"]
    list_select_related = ["offer", "by"]
    search_fields = ["offer__search_text"]
    search_help_text = "Søg i tilbuddets tekst."
    date_hierarchy = "updated_at"
    fields = ["offer", "status", "by", "updated_at", "note", "workflow"]
    readonly_fields = ["workflow"]

    @admin.display(description="arbejdsgang")
    def workflow(self, copy):
        """Lead to where it is read and decided about."""
        url = reverse("admin:offers_offer_arbejdsgang", args=[copy.offer_id])
        return format_html('<a href="{}">Læs og afgør</a>', url)
