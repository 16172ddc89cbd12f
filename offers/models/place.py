"""Where: municipalities, and the venues where offers are given."""

import uuid
from urllib.parse import urlencode

from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import Q

from offers.danish import sort_key
from offers.fields import AddressField, DerivedTextField
from offers.models.tracked import RevisionField, TrackedQuerySet


class MunicipalityQuerySet(TrackedQuerySet):
    """The 98 municipalities."""

    natural_key_fields = ("code",)


class Municipality(models.Model):
    """A Danish municipality, by its four-digit code in address data (“0265”)."""

    code = models.CharField(
        "kode",
        max_length=4,
        unique=True,
        validators=[RegexValidator(r"^\d{4}$", "En kommunekode er fire cifre, fx 0265.")],
    )
    name = models.CharField("navn", max_length=60)
    sort_key = DerivedTextField(sources=["name"], derive=sort_key)
    revision = RevisionField()

    objects = MunicipalityQuerySet.as_manager()

    class Meta:
        ordering = ["sort_key"]
        verbose_name = "kommune"
        verbose_name_plural = "kommuner"

    def __str__(self):
        return self.name

    def natural_key(self):
        """Return what names this municipality in a fixture."""
        return (self.code,)


class VenueQuerySet(TrackedQuerySet):
    """Places where offers are given."""

    natural_key_fields = ("slug",)


class Venue(models.Model):
    """A place one can come to (sted). A confidential address is for staff only."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    slug = AddressField(max_length=80)
    name = models.CharField("navn", max_length=120)
    street = models.CharField("vej og nummer", max_length=120, blank=True)
    postcode = models.CharField(
        "postnummer",
        max_length=4,
        blank=True,
        validators=[RegexValidator(r"^\d{4}$", "Et postnummer er fire cifre.")],
    )
    city = models.CharField("by", max_length=60, blank=True)
    municipality = models.ForeignKey(
        Municipality, verbose_name="kommune", null=True, blank=True, on_delete=models.PROTECT
    )
    latitude = models.FloatField(
        "breddegrad",
        null=True,
        blank=True,
        validators=[MinValueValidator(-90), MaxValueValidator(90)],
    )
    longitude = models.FloatField(
        "længdegrad",
        null=True,
        blank=True,
        validators=[MinValueValidator(-180), MaxValueValidator(180)],
    )
    access_note = models.TextField("sådan kommer man ind", blank=True)
    confidential = models.BooleanField(
        "hemmelig adresse",
        default=False,
        help_text="Adressen vises kun for ansatte, fx ved et krisecenter.",
    )
    source_url = models.URLField("kilde", blank=True)
    updated_at = models.DateTimeField("ændret", auto_now=True)
    revision = RevisionField()
    sort_key = DerivedTextField(sources=["name"], derive=sort_key)

    objects = VenueQuerySet.as_manager()

    class Meta:
        ordering = ["sort_key"]
        verbose_name = "sted"
        verbose_name_plural = "steder"
        constraints = [
            models.CheckConstraint(
                name="venue_has_both_coordinates_or_none",
                condition=Q(latitude=None, longitude=None)
                | Q(latitude__isnull=False, longitude__isnull=False),
                violation_error_message="Skriv både breddegrad og længdegrad, eller ingen af dem.",
            )
        ]

    def __str__(self):
        return self.name

    def natural_key(self):
        """Return what names this venue in a fixture."""
        return (self.slug,)

    @property
    def is_disclosable(self):
        """Whether the address may be shown to others than staff."""
        return not self.confidential

    @property
    def point(self) -> tuple[float, float] | None:
        """Where it lies, in degrees north and east; None when that is not known, or may not be told."""
        if not self.is_disclosable or self.latitude is None or self.longitude is None:
            return None
        return self.latitude, self.longitude

    @property
    def public_name(self):
        """The name, unless it would give a confidential address away."""
        return self.name if self.is_disclosable else "Hemmelig adresse"

    @property
    def map_url(self):
        """The address of a map of the place; empty when nothing may be or can be shown."""
        if not self.is_disclosable:
            return ""
        if self.point:
            north, east = self.point
            return f"https://www.openstreetmap.org/?mlat={north}&mlon={east}#map=17/{north}/{east}"
        # A house is found by its address, a place without one by its name.
        sought = self.address if self.street else f"{self.name}, {self.address}"
        return (
            f"https://www.openstreetmap.org/search?{urlencode({'query': sought})}" if self.address else ""
        )

    @property
    def address(self):
        """The address on one line, empty when nothing may be or can be shown."""
        if not self.is_disclosable:
            return ""
        town = f"{self.postcode} {self.city}".strip()
        return ", ".join(part for part in (self.street, town) if part)
