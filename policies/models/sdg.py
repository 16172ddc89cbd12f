"""The 17 goals of the United Nations (verdensmål)."""

from django.db import models
from django.db.models import Q
from django.urls import reverse

from offers.danish import sort_key
from offers.fields import DerivedTextField
from offers.models.taxonomy import in_language
from offers.models.tracked import RevisionField, TrackedQuerySet
from policies.models.words import sdg_words


class SdgQuerySet(TrackedQuerySet):
    """The world's goals."""

    natural_key_fields = ("number",)


class Sdg(models.Model):
    """One of the 17 goals, with its Danish name and the short title that the UN gives it in English."""

    number = models.PositiveSmallIntegerField("nummer", unique=True)
    name = models.CharField("navn", max_length=80)
    name_en = models.CharField("navn på engelsk", max_length=80, blank=True)
    source_url = models.URLField("kilde", blank=True)
    sort_key = DerivedTextField(sources=["name"], derive=sort_key)
    search_words = DerivedTextField(sources=["name"], derive=sdg_words)
    revision = RevisionField()

    objects = SdgQuerySet.as_manager()

    class Meta:
        ordering = ["number"]
        verbose_name = "verdensmål"
        verbose_name_plural = "verdensmål"
        constraints = [
            models.CheckConstraint(
                name="sdg_is_one_of_seventeen",
                condition=Q(number__gte=1, number__lte=17),
                violation_error_message="Der er 17 verdensmål: skriv et tal fra 1 til 17.",
            )
        ]

    def __str__(self):
        return f"{self.number}. {self.label}"

    def get_absolute_url(self):
        """Return the address of the goal's page."""
        return reverse("policies:sdg", args=[self.number])

    def natural_key(self):
        """Return what names this goal in a fixture."""
        return (self.number,)

    @property
    def label(self):
        """The name in the language of the page; in Danish where nobody has translated it."""
        return in_language(self, "name")
