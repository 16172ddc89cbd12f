"""Ways to reach offers and organisations."""

import re

from django.contrib import admin

from offers.admin.desk import DeskAdmin, RowsInline
from offers.admin.filters import UndiallableFilter
from offers.models import ContactPoint
from offers.phone import digits


class ContactPointInline(RowsInline):
    """The contact points of an offer or of an organisation; the page says which by `fk_name`."""

    model = ContactPoint
    fields = ["kind", "value", "label", "has_consent", "order"]


class OfferContactInline(ContactPointInline):
    """The contact points of an offer."""

    fk_name = "offer"


class OrganisationContactInline(ContactPointInline):
    """The contact points of an organisation."""

    fk_name = "organisation"


@admin.register(ContactPoint)
class ContactPointAdmin(DeskAdmin):
    """All contact points in one list: where do we show the number that was shut down?"""

    list_display = ["value", "kind", "label", "offer", "organisation"]
    list_filter = ["kind", UndiallableFilter]
    list_select_related = ["offer", "organisation"]
    search_fields = ["value", "label", "offer__search_text", "organisation__search_text"]
    search_help_text = "Søg efter nummer (mellemrum er ligegyldige), adresse, tilbud eller organisation."
    autocomplete_fields = ["offer", "organisation"]
    fields = ["offer", "organisation", "kind", "value", "label", "has_consent", "order"]

    def get_search_results(self, request, queryset, search_term):
        """Find a number however its owner groups the digits: 70201201 is 70 201 201."""
        if re.fullmatch(r"[+\d\s().-]*\d[\d\s().-]*", search_term):
            number = digits(search_term).removeprefix("+45")
            pattern = r"[^0-9]*".join(re.escape(digit) for digit in number)
            return queryset.filter(value__iregex=pattern), False
        return super().get_search_results(request, queryset, search_term)
