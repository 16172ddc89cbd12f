"""Who: the authorities, associations and firms behind offers and policies."""

import uuid

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q

from offers.constraints import known_choice
from offers.danish import fold, sort_key
from offers.fields import AddressField, DerivedTextField
from offers.models.place import Municipality
from offers.models.rings import refuse_ring
from offers.models.tracked import RevisionField, TrackedQuerySet


class OrganisationQuerySet(TrackedQuerySet):
    """Organisations, known in fixtures by their slug."""

    natural_key_fields = ("slug",)


class OrganisationKind(models.TextChoices):
    """Who owns the organisation; the values stand in addresses and files."""

    MUNICIPALITY = "kommune", "Kommune"
    REGION = "region", "Region"
    STATE = "stat", "Stat"
    ASSOCIATION = "forening", "Forening"
    FOUNDATION = "fond", "Fond"
    PRIVATE = "privat", "Privat virksomhed"
    UNKNOWN = "ukendt", "Ikke oplyst"


class Organisation(models.Model):
    """Someone who gives help or decides policy: a municipality, an association, the state."""

    Kind = OrganisationKind

    PARTS = ("contact_points",)

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    slug = AddressField(max_length=80)
    name = models.CharField("navn", max_length=160)
    kind = models.CharField("slags", max_length=10, choices=Kind)
    cvr = models.CharField(
        "CVR-nummer",
        max_length=8,
        blank=True,
        validators=[RegexValidator(r"^\d{8}$", "Et CVR-nummer er otte cifre.")],
    )
    parent = models.ForeignKey(
        "self",
        verbose_name="hører under",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="units",
    )
    municipality = models.ForeignKey(
        Municipality, verbose_name="kommune", null=True, blank=True, on_delete=models.PROTECT
    )
    url = models.URLField("hjemmeside", blank=True)
    upkeep_email = models.EmailField(
        "mail til kontrol",
        blank=True,
        help_text="Hertil sendes spørgsmålet “Er det stadig rigtigt?”. Skriv en fælles postkasse, helst "
        "ikke en persons. Vises aldrig for borgere.",
    )
    source_url = models.URLField("kilde", blank=True)
    sort_key = DerivedTextField(sources=["name"], derive=sort_key)
    search_text = DerivedTextField(sources=["name"], derive=fold)
    updated_at = models.DateTimeField("ændret", auto_now=True)
    revision = RevisionField()

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        ordering = ["sort_key"]
        verbose_name = "organisation"
        verbose_name_plural = "organisationer"
        constraints = [
            known_choice("kind", OrganisationKind, "Slags"),
            models.CheckConstraint(
                name="organisation_is_not_its_own_parent",
                condition=~Q(parent=F("pk")),
                violation_error_message="En organisation kan ikke høre under sig selv.",
            ),
            models.UniqueConstraint(
                name="organisation_cvr_is_unique_at_the_top",
                fields=["cvr"],
                condition=Q(parent=None) & ~Q(cvr=""),
                violation_error_message="Der findes allerede en organisation med det CVR-nummer.",
            ),
        ]

    def __str__(self):
        return self.name

    def natural_key(self):
        """Return what names this organisation in a fixture."""
        return (self.slug,)

    def clean(self):
        """Refuse a ring."""
        super().clean()
        refuse_ring(self, "parent", "Organisationerne kan ikke høre under hinanden i ring.")
