"""Municipalities and venues."""

from django.contrib import admin

from offers.admin.desk import OfferCountAdmin
from offers.admin.exchange import ExchangeMixin
from offers.exchange.sheets import VENUES
from offers.models import Municipality, Venue


@admin.register(Municipality)
class MunicipalityAdmin(OfferCountAdmin):
    """The 98 municipalities."""

    list_display = ["name", "code", "offer_count"]
    search_fields = ["name", "code"]
    search_help_text = "Søg i navn og kode."
    fields = ["name", "code"]


@admin.register(Venue)
class VenueAdmin(ExchangeMixin, OfferCountAdmin):
    """Places where offers are given; this is the only list with confidential addresses."""

    sheet = VENUES

    list_display = [
        "name",
        "street",
        "postcode",
        "city",
        "municipality",
        "confidential",
        "offer_count",
    ]
    list_filter = ["confidential", ("municipality", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["municipality"]
    search_fields = ["name", "street", "postcode", "city"]
    search_help_text = "Søg i navn, vej, postnummer og by."
    autocomplete_fields = ["municipality"]
    prepopulated_fields = {"slug": ["name"]}
    readonly_fields = ["uuid"]
    fieldsets = [
        ("Hvad", {"fields": ["name", "slug", "confidential"]}),
        (
            "Hvor",
            {
                "fields": [
                    "street",
                    ("postcode", "city"),
                    "municipality",
                    ("latitude", "longitude"),
                    "access_note",
                ]
            },
        ),
        ("Kilde", {"fields": ["source_url", "uuid"]}),
    ]
