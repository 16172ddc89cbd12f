"""The words people search with."""

from django.contrib import admin

from offers.admin.desk import DeskAdmin, MachineMadeAdmin
from offers.admin.laboratory import LaboratoryMixin
from offers.admin.overview import MissedOverviewMixin
from offers.admin.preview import PreviewMixin
from offers.admin.unanswered import UnansweredMixin
from offers.models import SearchMiss, SettledSearch, Synonym, WordRule
from offers.search.missed import LEAST


@admin.register(Synonym)
class SynonymAdmin(PreviewMixin, LaboratoryMixin, DeskAdmin):
    """What people say, and what they mean."""

    list_display = ["phrase", "means", "need"]
    list_filter = ["language", ("need", admin.EmptyFieldListFilter)]
    list_select_related = ["need"]
    search_fields = ["folded_phrase", "means", "need__search_text"]
    search_help_text = "Søg i vendinger, forklaringer og behov."
    autocomplete_fields = ["need"]


@admin.register(WordRule)
class WordRuleAdmin(DeskAdmin):
    """How the search is to take single words."""

    list_display = ["word", "kind", "parts"]
    list_filter = ["kind"]
    search_fields = ["word", "parts"]
    search_help_text = "Søg i ord og dele."


@admin.register(SearchMiss)
class SearchMissAdmin(UnansweredMixin, MissedOverviewMixin, MachineMadeAdmin):
    """Searches without a good answer: where a synonym, or an offer, is missing."""

    list_display = ["words", "kind", "day", "count"]
    list_filter = ["kind"]
    search_fields = ["words"]
    search_help_text = "Søg i ordene."
    date_hierarchy = "day"

    def get_queryset(self, request):
        """Leave out what could point to one person."""
        return super().get_queryset(request).filter(count__gte=LEAST)


@admin.register(SettledSearch)
class SettledSearchAdmin(MachineMadeAdmin):
    """What was decided about such searches, by whom and when."""

    list_display = ["words", "outcome", "settled_at", "settled_by"]
    list_filter = ["outcome"]
    list_select_related = ["settled_by"]
    search_fields = ["words"]
    search_help_text = "Søg i ordene."
    date_hierarchy = "settled_at"
