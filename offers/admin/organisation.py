"""Who stands behind offers and policies."""

from django.contrib import admin

from offers.admin.contact import OrganisationContactInline
from offers.admin.desk import OfferCountAdmin
from offers.admin.exchange import ExchangeMixin
from offers.admin.membership import MembershipInline
from offers.exchange.sheets import ORGANISATIONS
from offers.models import Organisation


@admin.register(Organisation)
class OrganisationAdmin(ExchangeMixin, OfferCountAdmin):
    """Authorities, associations and firms."""

    sheet = ORGANISATIONS

    list_display = ["name", "kind", "parent", "municipality", "cvr", "offer_count"]
    list_filter = ["kind", ("municipality", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["parent", "municipality"]
    search_fields = ["search_text", "cvr"]
    search_help_text = "Søg i navn og CVR-nummer."
    autocomplete_fields = ["parent", "municipality"]
    prepopulated_fields = {"slug": ["name"]}
    readonly_fields = ["uuid"]
    fieldsets = [
        (
            "Hvem",
            {"fields": ["name", "slug", "kind", "cvr", "parent", "municipality", "url", "upkeep_email"]},
        ),
        ("Kilde", {"fields": ["source_url", "uuid"]}),
    ]
    inlines = [OrganisationContactInline, MembershipInline]
