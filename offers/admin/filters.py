"""Questions an editor may put to a list, in the words of the QuerySets."""

from datetime import timedelta

from django.conf import settings
from django.contrib import admin
from django.utils import timezone

from offers.models import Need
from offers.permissions import who

SOON = timedelta(days=30)


class OwnFilter(admin.SimpleListFilter):
    """Whose offers: whoever works for an organisation sees its own first, and is asked nothing else."""

    title = "hvis tilbud"
    parameter_name = "hvis"

    def lookups(self, request, model_admin):
        """Two answers for those who have offers of their own; none for editors, whom all concern."""
        self.person = who(request.user)
        return [] if self.person.sees_all else [("alle", "Også andres offentlige")]

    def choices(self, changelist):
        """Call the first answer what it is."""
        first, *rest = super().choices(changelist)
        return [{**first, "display": "Egne"}, *rest]

    def queryset(self, request, queryset):
        """Return her own, until she asks for all that she may see."""
        if self.value() == "alle" or self.person.sees_all:
            return None
        return queryset.filter(organisation__in=self.person.organisations)


class InForceFilter(admin.SimpleListFilter):
    """Whether the row applies today; for models whose QuerySet has `in_force`."""

    title = "gælder i dag"
    parameter_name = "gaelder"

    def lookups(self, request, model_admin):
        """Yes or no."""
        return [("ja", "Ja"), ("nej", "Nej")]

    def queryset(self, request, queryset):
        """Return the rows in force, or the others."""
        if self.value() == "ja":
            return queryset.in_force()
        if self.value() == "nej":
            in_force = queryset.model._default_manager.in_force()
            return queryset.exclude(pk__in=in_force.values("pk"))
        return None


class ReviewFilter(admin.SimpleListFilter):
    """How it stands with the check of an offer's facts."""

    title = "frist for kontrol"
    parameter_name = "frist"

    def lookups(self, request, model_admin):
        """What an editor plans her week by."""
        return [
            ("overskredet", "Overskredet"),
            ("snart", f"Inden for {SOON.days} dage"),
            ("uden", "Uden frist"),
        ]

    def queryset(self, request, queryset):
        """Return the offers whose check is late, due soon, or not planned."""
        today = timezone.localdate()
        if self.value() == "overskredet":
            return queryset.overdue(today)
        if self.value() == "snart":
            return queryset.filter(review_by__range=(today, today + SOON))
        if self.value() == "uden":
            return queryset.filter(review_by=None)
        return None


class AreaFilter(admin.SimpleListFilter):
    """The area of needs that an offer answers."""

    title = "område"
    parameter_name = "omraade"

    def lookups(self, request, model_admin):
        """Return the areas in the editors' order."""
        return [(area.slug, area.name) for area in Need.objects.areas().in_order()]

    def queryset(self, request, queryset):
        """Return the offers that answer a need in the area."""
        return queryset.answering([self.value()]) if self.value() else None


class ReachFilter(admin.SimpleListFilter):
    """Whom an offer is for, seen from the municipality that runs the site."""

    title = "dækker"
    parameter_name = "daekker"

    def lookups(self, request, model_admin):
        """Three answers; a list of all municipalities would be as long as the page."""
        return [("egen", "Egen kommune"), ("landet", "Hele landet"), ("andre", "Kun andre kommuner")]

    def queryset(self, request, queryset):
        """Return the offers open to our own citizens, to everyone, or to neither."""
        if self.value() == "landet":
            return queryset.filter(municipalities=None)
        if self.value() not in ("egen", "andre"):
            return None
        open_to_ours = queryset.covering_municipality([settings.MUNICIPALITY_CODE])
        return (
            open_to_ours if self.value() == "egen" else queryset.exclude(pk__in=open_to_ours.values("pk"))
        )


class OwnerKindFilter(admin.ChoicesFieldListFilter):
    """The kind of organisation behind an offer, under a heading that says so."""

    def __init__(self, *args, **kwargs):
        """The field's own name is only “slags”."""
        super().__init__(*args, **kwargs)
        self.title = "slags organisation"


class OpenFeedbackFilter(admin.SimpleListFilter):
    """Whether somebody has closed the report."""

    title = "afsluttet"
    parameter_name = "afsluttet"

    def lookups(self, request, model_admin):
        """Open ones first: they wait for someone."""
        return [("nej", "Nej, venter på svar"), ("ja", "Ja")]

    def queryset(self, request, queryset):
        """Return the reports that wait, or the closed ones."""
        if self.value() == "nej":
            return queryset.open()
        if self.value() == "ja":
            return queryset.filter(closed_at__isnull=False)
        return None


class FailingLinkFilter(admin.SimpleListFilter):
    """Whether the address answered at the latest check."""

    title = "svarer ikke"
    parameter_name = "doed"

    def lookups(self, request, model_admin):
        """Only the dead ones are a question; all is the default."""
        return [("ja", "Svarede ikke sidst")]

    def queryset(self, request, queryset):
        """Return the addresses that did not answer."""
        return queryset.failing() if self.value() == "ja" else None


class UndiallableFilter(admin.SimpleListFilter):
    """Whether a number has the form of one that can be rung."""

    title = "nummer"
    parameter_name = "nummer"

    def lookups(self, request, model_admin):
        """Only the wrong ones are a question; all is the default."""
        return [("forkert", "Kan ikke ringes til")]

    def queryset(self, request, queryset):
        """Return the numbers that nobody can ring."""
        return queryset.undiallable() if self.value() == "forkert" else None
