"""What programs note for the editors: checks of links, and mails to owners."""

from django.contrib import admin

from offers.admin.desk import MachineMadeAdmin
from offers.admin.filters import FailingLinkFilter
from offers.admin.links import DeadLinksMixin
from offers.models import LinkCheck, Reminder


@admin.register(LinkCheck)
class LinkCheckAdmin(DeadLinksMixin, MachineMadeAdmin):
    """The addresses we link to, the dead ones first."""

    list_display = ["url", "state", "status_code", "failures", "checked_at", "redirected_to", "error"]
    list_filter = ["state", FailingLinkFilter, "status_code"]
    search_fields = ["url", "redirected_to", "error"]
    search_help_text = "Søg i adresser og fejl."
    date_hierarchy = "checked_at"


@admin.register(Reminder)
class ReminderAdmin(MachineMadeAdmin):
    """Whom we asked whether an offer is still right, and who answered."""

    list_display = ["offer", "sent_to", "sent_at", "used_at"]
    list_select_related = ["offer"]
    search_fields = ["offer__search_text", "sent_to"]
    search_help_text = "Søg i tilbud og postkasser."
    date_hierarchy = "sent_at"
