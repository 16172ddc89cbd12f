"""The vocabularies that offers are found by."""

from django.contrib import admin

from offers.admin.desk import DeskAdmin, OfferCountAdmin
from offers.models import Format, Language, LifeSituation, Need, TargetGroup


class TermAdmin(DeskAdmin):
    """One vocabulary; the order is set right in the list."""

    list_display = ["name", "slug", "order"]
    list_editable = ["order"]
    search_fields = ["name", "description"]
    search_help_text = "Søg i navn og forklaring."
    fields = ["name", "slug", "description", "name_en", "description_en", "order"]

    def get_prepopulated_fields(self, request, obj=None):
        """Make the address of a new term from its name."""
        return {} if obj else {"slug": ["name"]}

    def get_readonly_fields(self, request, obj=None):
        """Keep the address as it was: links, the search and the acute lines go by it."""
        return ["slug"] if obj else []


@admin.register(TargetGroup, Format, Language)
class CountedTermAdmin(OfferCountAdmin, TermAdmin):
    """A vocabulary that offers point to."""

    list_display = [*TermAdmin.list_display, "offer_count"]


@admin.register(Need)
class NeedAdmin(OfferCountAdmin, TermAdmin):
    """Areas and the needs in them."""

    list_display = ["name", "parent", "slug", "order", "offer_count"]
    list_filter = [("parent", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["parent"]
    search_fields = ["search_text"]
    search_help_text = "Søg i navn, forklaring og søgeord."
    fields = ["name", "slug", "parent", "description", "keywords", "name_en", "description_en", "order"]

    def with_offer_count(self, rows):
        """Count for an area the offers of its needs too, as the public pages do."""
        return rows.with_offer_count()

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        """Offer only the areas as parents: there are two levels."""
        if db_field.name == "parent":
            kwargs["queryset"] = Need.objects.areas().in_order()
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


@admin.register(LifeSituation)
class LifeSituationAdmin(TermAdmin):
    """Turns in life, and the needs they bring."""

    fields = ["name", "slug", "description", "needs", "name_en", "description_en", "order"]
    autocomplete_fields = ["needs"]
