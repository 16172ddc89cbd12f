"""Who carries a policy out."""

from django.contrib import admin

from offers.admin.desk import OfferCountAdmin, RowsInline
from policies.models import Delivery, Initiative


class DeliveryInline(RowsInline):
    """The offers that carry the initiative out."""

    model = Delivery
    autocomplete_fields = ["offer"]
    fields = ["offer", "reason"]

    def get_queryset(self, request):
        """Load both ends: each row's heading names them."""
        return super().get_queryset(request).select_related("initiative", "offer")


class DeliveredFilter(admin.SimpleListFilter):
    """Whether any offer carries the initiative out."""

    title = "udføres af tilbud"
    parameter_name = "udfoeres"

    def lookups(self, request, model_admin):
        """Yes or no; “no” is where the holes are."""
        return [("ja", "Ja"), ("nej", "Nej")]

    def queryset(self, request, queryset):
        """Return the initiatives that an offer carries out, or the others."""
        if self.value() not in ("ja", "nej"):
            return None
        delivered = Delivery.objects.values("initiative")
        if self.value() == "ja":
            return queryset.filter(pk__in=delivered)
        return queryset.exclude(pk__in=delivered)


@admin.register(Initiative)
class InitiativeAdmin(OfferCountAdmin):
    """What authorities do to reach their goals."""

    list_display = ["title", "policy", "period", "starts_on", "ends_on", "offer_count"]
    list_filter = [DeliveredFilter, ("policy", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["policy"]
    search_fields = ["search_text", "policy__search_text"]
    search_help_text = "Søg i titel, tekst og politik."
    date_hierarchy = "starts_on"
    autocomplete_fields = ["policy", "goals"]
    prepopulated_fields = {"slug": ["title"]}
    fieldsets = [
        ("Hvad", {"fields": ["policy", "title", "slug", "summary", "goals", "order"]}),
        ("Hvorfor", {"fields": ["background", "purpose", "success_criteria"]}),
        ("For hvem", {"fields": ["target_group", "involvement"]}),
        ("Hvordan", {"fields": ["activities", "partners", "owner"]}),
        ("Hvornår", {"fields": ["period", ("starts_on", "ends_on")]}),
        ("Opfølgning og kilde", {"fields": ["evaluation", "source_url"]}),
    ]
    inlines = [DeliveryInline]
