"""The world's goals."""

from django.contrib import admin

from offers.admin.desk import DeskAdmin
from policies.models import Sdg


@admin.register(Sdg)
class SdgAdmin(DeskAdmin):
    """The 17 goals of the United Nations."""

    list_display = ["number", "name"]
    list_display_links = ["name"]
    search_fields = ["name", "number"]
    search_help_text = "Søg i navn og nummer."
    fields = ["number", "name", "name_en", "source_url"]
