"""Who decides: councils and committees, and what they answer for."""

import uuid

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from offers.constraints import known_choice
from offers.danish import sort_key
from offers.fields import AddressField, DerivedTextField
from offers.models import Organisation
from offers.models.natural import after
from offers.models.tracked import RevisionField, TrackedQuerySet
from policies.models.words import committee_words


class CommitteeQuerySet(TrackedQuerySet):
    """Committees and councils."""

    natural_key_fields = ("slug",)

    def for_listing(self):
        """Load what the list of committees shows."""
        return self.select_related("authority").order_by("authority__sort_key", "sort_key")

    def for_page(self):
        """Load what the committee's own page shows."""
        return self.select_related("authority__municipality").prefetch_related("links")


class CommitteeKind(models.TextChoices):
    """What the body may do."""

    COUNCIL = "byraad", _("Byråd eller kommunalbestyrelse")
    COMMITTEE = "udvalg", _("Politisk udvalg")
    ADVISORY = "raad", _("Rådgivende råd")


class Committee(models.Model):
    """A body that decides or advises (udvalg, råd, byråd)."""

    Kind = CommitteeKind

    # What belongs to it and has no history of its own; see `offers.history`.
    PARTS = ("links",)

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    slug = AddressField(max_length=80)
    name = models.CharField("navn", max_length=120)
    kind = models.CharField("slags", max_length=6, choices=Kind, default=Kind.COMMITTEE)
    authority = models.ForeignKey(
        Organisation, verbose_name="myndighed", on_delete=models.PROTECT, related_name="committees"
    )
    summary = models.TextField("kort fortalt", blank=True)
    responsibilities = models.TextField("ansvar", blank=True, help_text="Et område på hver linje.")
    budget_area = models.CharField("budgetområde", max_length=80, blank=True)
    budget_share = models.DecimalField(
        "andel af budgettet i procent",
        max_digits=4,
        decimal_places=1,
        null=True,
        blank=True,
        validators=[MinValueValidator(0), MaxValueValidator(100)],
    )
    budget_year = models.PositiveSmallIntegerField(
        "budgetår", null=True, blank=True, help_text="Lad feltet stå tomt, hvis kilden ikke nævner året."
    )
    budget_source = models.CharField(
        "kilde til andelen", max_length=200, blank=True, help_text="Det papir, hvor andelen står."
    )
    budget_note = models.CharField("om budgettet", max_length=300, blank=True)
    established_year = models.PositiveSmallIntegerField("oprettet år", null=True, blank=True)
    source_url = models.URLField("kilde", blank=True)
    sort_key = DerivedTextField(sources=["name"], derive=sort_key)
    search_words = DerivedTextField(
        sources=["name", "responsibilities", "summary", "budget_area", "budget_note"],
        derive=committee_words,
    )
    revision = RevisionField()

    objects = CommitteeQuerySet.as_manager()

    class Meta:
        ordering = ["sort_key"]
        verbose_name = "udvalg"
        verbose_name_plural = "udvalg"
        constraints = [
            known_choice("kind", CommitteeKind, "Slags"),
            models.CheckConstraint(
                name="committee_budget_share_is_a_share",
                condition=Q(budget_share=None) | Q(budget_share__gte=0, budget_share__lte=100),
                violation_error_message="Andelen af budgettet er et tal fra 0 til 100.",
            ),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        """Return the address of the committee's page."""
        return reverse("policies:committee", args=[self.slug])

    def natural_key(self):
        """Return what names this committee in a fixture."""
        return (self.slug,)


class CommitteeLinkQuerySet(TrackedQuerySet):
    """Addresses where a committee publishes."""

    natural_key_fields = ("committee__slug", "url")


class CommitteeLinkKind(models.TextChoices):
    """What one finds there."""

    AGENDA = "dagsorden", "Dagsordener og referater"
    BUDGET = "budget", "Budget, opgaver og politikker"
    OTHER = "andet", "Andet"


class CommitteeLink(models.Model):
    """An address where the committee's agendas, minutes or budget can be read."""

    Kind = CommitteeLinkKind

    PART_OF = ("committee",)

    committee = models.ForeignKey(
        Committee, verbose_name="udvalg", on_delete=models.CASCADE, related_name="links"
    )
    kind = models.CharField("slags", max_length=9, choices=Kind)
    url = models.URLField("adresse")
    label = models.CharField("tekst", max_length=160)
    revision = RevisionField()

    objects = CommitteeLinkQuerySet.as_manager()

    class Meta:
        ordering = ["kind", "pk"]
        verbose_name = "link"
        verbose_name_plural = "links"
        constraints = [
            known_choice("kind", CommitteeLinkKind, "Slags"),
            models.UniqueConstraint(
                name="committee_link_is_unique",
                fields=["committee", "url"],
                violation_error_message="Det link står der allerede.",
            ),
        ]

    def __str__(self):
        return self.label

    @after("policies.committee")
    def natural_key(self):
        """Return what names this link in a fixture."""
        return (self.committee.slug, self.url)
