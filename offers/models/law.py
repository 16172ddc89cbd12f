"""The law behind an offer. Law is dated data: a repealed section leads to the one that took over."""

from django.db import models
from django.db.models import F, Q

from offers.models.rings import refuse_ring
from offers.models.tracked import RevisionField, TrackedQuerySet
from offers.validity import covering, covers, in_order


class LegalBasisQuerySet(TrackedQuerySet):
    """Sections of law."""

    natural_key_fields = ("law", "section")

    def in_force(self, at=None):
        """Return the sections that apply on the date `at` (default: today)."""
        return self.filter(covering(at, start="valid_from", end="valid_until"))


class LegalBasis(models.Model):
    """One section of one law (paragraf), with the time it applied and what replaced it."""

    law = models.CharField("lov", max_length=80, help_text="Fx serviceloven, barnets lov, sundhedsloven.")
    section = models.CharField("paragraf", max_length=20, help_text="Uden §-tegn, fx 101 eller 82 a.")
    title = models.CharField("handler om", max_length=200)
    valid_from = models.DateField("gælder fra", null=True, blank=True)
    valid_until = models.DateField("gælder til og med", null=True, blank=True)
    replaced_by = models.ForeignKey(
        "self",
        verbose_name="afløst af",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="replaces",
    )
    note = models.TextField("note til redaktøren", blank=True)
    source = models.CharField("kilde", max_length=200, blank=True)
    source_url = models.URLField("kildens adresse", blank=True)
    checked_on = models.DateField("kontrolleret", null=True, blank=True)
    updated_at = models.DateTimeField("ændret", auto_now=True)
    revision = RevisionField()

    objects = LegalBasisQuerySet.as_manager()

    class Meta:
        ordering = ["law", "section"]
        verbose_name = "lovgrundlag"
        verbose_name_plural = "lovgrundlag"
        constraints = [
            models.UniqueConstraint(
                name="legal_basis_is_unique",
                fields=["law", "section"],
                violation_error_message="Den paragraf findes allerede.",
            ),
            models.CheckConstraint(
                name="legal_basis_begins_before_it_ends",
                condition=in_order("valid_from", "valid_until"),
                violation_error_message="“Gælder til” må ikke ligge før “gælder fra”.",
            ),
            models.CheckConstraint(
                name="legal_basis_does_not_replace_itself",
                condition=~Q(replaced_by=F("pk")),
                violation_error_message="En paragraf kan ikke afløse sig selv.",
            ),
        ]

    def __str__(self):
        return f"{self.law} § {self.section}"

    def natural_key(self):
        """Return what names this section in a fixture."""
        return (self.law, self.section)

    def clean(self):
        """Refuse a ring."""
        super().clean()
        refuse_ring(self, "replaced_by", "Paragrafferne kan ikke afløse hinanden i ring.")

    def in_force(self, at=None):
        """Whether this section applies on the date `at` (default: today); see the QuerySet."""
        return covers(self.valid_from, self.valid_until, at)
