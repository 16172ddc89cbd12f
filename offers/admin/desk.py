"""What all pages of the editors' desk share."""

from typing import Any

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.contrib.admin.widgets import AdminTextInputWidget
from django.db import models
from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.utils.text import capfirst

from offers.admin.choosing import ChoosingMixin
from offers.admin.conflict import ConflictMixin
from offers.admin.guard import PageGuardMixin, RowsGuardMixin
from offers.admin.guarded import GuardedForm
from offers.admin.keeping import KeepingMixin
from offers.admin.restoring import RestoringMixin
from offers.admin.search import FoldedSearchMixin
from offers.danish import sort_key
from offers.fields import DerivedTextField

# An address typed without a scheme is taken as https; Django 5.2 would take http, and warn.
ADDRESS_FIELDS: dict[type[models.Field], dict[str, str]] = {models.URLField: {"assume_scheme": "https"}}

# From this length on, a text gets an input field that one can read it in.
LONG_TEXT = 120


class DanishChangeList(ChangeList):
    """A list that is sorted as Danes sort when one clicks on the heading of a name."""

    def get_ordering_field(self, field_name):
        """Return the sort key in place of the text it is made of; a database puts å where it likes."""
        for field in self.lookup_opts.fields:
            if (
                isinstance(field, DerivedTextField)
                and field.derive is sort_key
                and field_name in field.sources
            ):
                return field.name
        return super().get_ordering_field(field_name)


def said(field: Any) -> Any:
    """Give a form field the name that a screen reader says where no label stands; None stays None."""
    if field is not None:
        field.widget.attrs["aria-label"] = capfirst(str(field.label))
    return field


class DeskAdmin(
    ChoosingMixin, RestoringMixin, KeepingMixin, ConflictMixin, PageGuardMixin, FoldedSearchMixin
):
    """The pages of one model: Danish search, and lists that stay quick when there are many rows."""

    form = GuardedForm
    formfield_overrides = ADDRESS_FIELDS
    list_per_page = 50
    # Counting every row only to say “of 4,812” costs more than it tells.
    show_full_result_count = False
    # Each filter's counts are one more query, so the editor asks for them (“Vis antal”).
    show_facets = admin.ShowFacets.ALLOW

    class Media:
        js = ["admin/js/urlify.js", "admin-desk/slug.js"]

    def get_changelist(self, request, **kwargs):
        """Sort as Danes do."""
        return DanishChangeList

    def get_changelist_formset(self, request, **kwargs):
        """Name the fields that are written in the list."""
        formset: Any = super().get_changelist_formset(request, **kwargs)
        for field in formset.form.base_fields.values():
            said(field)
        return formset

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        """Show a long text in a long field."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field and type(field.widget) is AdminTextInputWidget and db_field.max_length >= LONG_TEXT:
            field.widget.attrs["class"] = "vLargeTextField"
        return field


class RowsInline(ChoosingMixin, RowsGuardMixin, admin.TabularInline):
    """Small parts of a thing, one on each row."""

    form = GuardedForm
    formfield_overrides = ADDRESS_FIELDS
    extra = 0

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        """Name each field: in a row it has no label of its own."""
        return said(super().formfield_for_dbfield(db_field, request, **kwargs))


class SectionsInline(ChoosingMixin, RowsGuardMixin, admin.StackedInline):
    """Parts of a thing that have too many fields for a row."""

    form = GuardedForm
    formfield_overrides = ADDRESS_FIELDS
    extra = 0


def number_of(model, relation):
    """Return an annotation for rows of `model`: how many rows its `relation` leads to.

    A subquery is asked for the rows of one page only; a join would count for the whole table first,
    and its GROUP BY would make Django forget the model's own order.
    """
    field = model._meta.get_field(relation)
    back = field.remote_field.name
    found = field.related_model._default_manager.filter(**{back: OuterRef("pk")}).order_by()
    return Coalesce(Subquery(found.values(back).annotate(number=Count("pk")).values("number")), 0)


class OfferCountAdmin(DeskAdmin):
    """Pages of a model that offers point to, with a column: how many offers do."""

    def get_queryset(self, request):
        """Count in the same query as the list."""
        return self.with_offer_count(super().get_queryset(request))

    def with_offer_count(self, rows):
        """Annotate `offer_count`: how many offers point to each row, whatever their status."""
        return rows.annotate(offer_count=number_of(self.model, "offers"))

    @admin.display(description="tilbud", ordering="offer_count")
    def offer_count(self, row):
        """Show the count; sorting by it brings the holes to the top."""
        return row.offer_count


class MachineMadeAdmin(DeskAdmin):
    """Pages of rows that the program writes: staff may read them and clear them away, not write them."""

    def has_add_permission(self, request, obj=None):
        """Nobody adds these by hand."""
        return False

    def has_change_permission(self, request, obj=None):
        """Nobody corrects these by hand; the page is shown for reading."""
        return False
