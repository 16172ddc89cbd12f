"""Who speaks for which organisation, as rows on the page of either."""

from offers.admin.desk import RowsInline
from offers.models import Membership


class MembershipInline(RowsInline):
    """The persons of an organisation."""

    model = Membership
    autocomplete_fields = ["user"]
    fields = ["user"]

    def get_queryset(self, request):
        """Load both ends: each row's heading names them."""
        return super().get_queryset(request).select_related("user", "organisation")


class OrganisationsInline(MembershipInline):
    """The organisations of a person."""

    autocomplete_fields = ["organisation"]
    fields = ["organisation"]
