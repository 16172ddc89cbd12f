"""Reports from readers, and checks of links."""

from django.contrib import admin
from django.db.models import F

from offers.admin.desk import DeskAdmin, MachineMadeAdmin
from offers.admin.filters import FailingLinkFilter, OpenFeedbackFilter
from offers.admin.links import DeadLinksMixin
from offers.models import Feedback, LinkCheck, Reminder


@admin.register(Feedback)
class FeedbackAdmin(DeskAdmin):
    """What readers say is wrong, and what we did about it."""

    list_display = ["offer", "kind", "created_at", "closed_at"]
    # What nobody has answered stands first.
    ordering = [F("closed_at").desc(nulls_first=True), "-created_at"]
    list_filter = [OpenFeedbackFilter, "kind"]
    list_select_related = ["offer"]
    search_fields = ["offer__search_text", "text", "outcome"]
    search_help_text = "Søg i tilbud, besked og svar."
    autocomplete_fields = ["offer"]
    date_hierarchy = "created_at"
    readonly_fields = ["created_at"]
    fieldsets = [
        ("Henvendelsen", {"fields": ["offer", "kind", "text", "created_at"]}),
        ("Svaret", {"fields": ["outcome", "closed_at"]}),
    ]

    def get_readonly_fields(self, request, obj=None):
        """Keep what the reader wrote as she wrote it."""
        written = ["offer", "kind", "text"] if obj else []
        return [*written, *super().get_readonly_fields(request, obj)]


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
