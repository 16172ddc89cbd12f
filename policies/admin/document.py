"""The library of papers that stand around policies."""

from django.contrib import admin

from offers.admin.desk import DeskAdmin
from policies.models import Document


@admin.register(Document)
class DocumentAdmin(DeskAdmin):
    """Papers we know of but do not retell."""

    list_display = ["title", "authority", "kind", "status", "year", "cited_by"]
    list_filter = ["kind", "status", "year", ("authority", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["authority", "cited_by"]
    search_fields = ["search_text", "authority__search_text"]
    search_help_text = "Søg i titel, tekst og udgiver."
    autocomplete_fields = ["authority", "cited_by", "target_groups", "needs", "sdgs"]
    prepopulated_fields = {"slug": ["title"]}
    fieldsets = [
        ("Hvad", {"fields": ["title", "slug", "kind", ("status", "year"), "summary", "url"]}),
        ("Hvem", {"fields": ["authority", "cited_by"]}),
        ("Hvad det handler om", {"fields": ["target_groups", "needs", "sdgs"]}),
    ]
