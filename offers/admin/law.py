"""The law behind offers."""

from django.contrib import admin

from offers.admin.desk import OfferCountAdmin
from offers.admin.filters import InForceFilter
from offers.models import LegalBasis


@admin.register(LegalBasis)
class LegalBasisAdmin(OfferCountAdmin):
    """Sections of law, with the time they applied and what replaced them."""

    list_display = [
        "__str__",
        "title",
        "valid_from",
        "valid_until",
        "replaced_by",
        "checked_on",
        "offer_count",
    ]
    list_filter = [InForceFilter, "law"]
    list_select_related = ["replaced_by"]
    search_fields = ["law", "section", "title"]
    search_help_text = "Søg i lov, paragraf og emne, fx “serviceloven § 101”."
    autocomplete_fields = ["replaced_by"]
    date_hierarchy = "valid_from"
    fieldsets = [
        ("Hvad", {"fields": ["law", "section", "title"]}),
        ("Hvornår", {"fields": ["valid_from", "valid_until", "replaced_by"]}),
        ("Kilde og kontrol", {"fields": ["source", "source_url", "checked_on", "note"]}),
    ]

    def search_words(self, search_term):
        """Leave the paragraph sign out: it is written in front of sections, but not stored."""
        return super().search_words(search_term.replace("§", " "))
