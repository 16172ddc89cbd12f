"""How one reaches an offer or an organisation: by phone, text, mail, chat or on the web."""

from collections.abc import Callable

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator, validate_email
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from offers.constraints import known_choice
from offers.models.natural import after
from offers.models.tracked import RevisionField, TrackedQuerySet
from offers.persons import is_personal
from offers.phone import can_be_dialled, tel_uri, validate_phone

ASK_FOR_CONSENT = (
    "Det ligner en persons egen adresse eller et nummer med navn. Sæt kryds, hvis personen har sagt ja "
    "til at stå her. Ellers skriv en fælles postkasse eller et hovednummer."
)


class ContactPointQuerySet(TrackedQuerySet):
    """Ways to reach somebody."""

    natural_key_fields = ("offer__slug", "organisation__slug", "kind", "value")

    def of_municipalities(self, codes):
        """Return the telephone numbers of the municipalities `codes` themselves, not of their units."""
        owned = self.filter(kind=self.model.Kind.PHONE, organisation__parent=None)
        owner = {"organisation__kind": "kommune", "organisation__municipality__code__in": list(codes)}
        return owned.filter(**owner).select_related("organisation").order_by("organisation", "order", "pk")

    def to_ring(self, offers):
        """Return the telephone numbers of acute `offers`, the most urgent first, with offer and hours."""
        numbers = self.filter(kind=self.model.Kind.PHONE, offer__in=offers).select_related("offer")
        numbers = numbers.prefetch_related("offer__opening_hours", "offer__closures")
        return numbers.order_by("offer__acute_order", "offer__sort_key", "offer_id", "order", "pk")

    def undiallable(self):
        """Return the numbers that cannot be rung: they came in past the forms. Reads all numbers."""
        numbers = self.filter(kind__in=[ContactKind.PHONE, ContactKind.SMS]).order_by()
        wrong = [pk for pk, value in numbers.values_list("pk", "value") if not can_be_dialled(value)]
        return self.filter(pk__in=wrong)

    def in_order(self):
        """Return the contact points in the order they should be tried."""
        return self.order_by("order", "pk")


class ContactKind(models.TextChoices):
    """What one does to get through."""

    PHONE = "telefon", _("Telefon")
    SMS = "sms", _("SMS")
    EMAIL = "e-mail", _("E-mail")
    CHAT = "chat", _("Chat")
    WEB = "web", _("Hjemmeside")


class ContactPoint(models.Model):
    """One way to reach an offer or an organisation (kontakt)."""

    Kind = ContactKind

    PART_OF = ("offer", "organisation")

    offer = models.ForeignKey(
        "offers.Offer",
        verbose_name="tilbud",
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="contact_points",
    )
    organisation = models.ForeignKey(
        "offers.Organisation",
        verbose_name="organisation",
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="contact_points",
    )
    kind = models.CharField("slags", max_length=8, choices=Kind)
    value = models.CharField("nummer eller adresse", max_length=300, help_text="Som det skal vises.")
    label = models.CharField("hvad det er til", max_length=120, blank=True)
    has_consent = models.BooleanField(
        "personen har sagt ja",
        default=False,
        help_text="Kun når nummeret eller adressen er en persons egen: hun ved, at den står her.",
    )
    order = models.PositiveSmallIntegerField("rækkefølge", default=100)
    updated_at = models.DateTimeField("ændret", auto_now=True)
    revision = RevisionField()

    objects = ContactPointQuerySet.as_manager()

    class Meta:
        ordering = ["order", "pk"]
        verbose_name = "kontakt"
        verbose_name_plural = "kontakter"
        constraints = [
            known_choice("kind", ContactKind, "Slags"),
            models.CheckConstraint(
                name="contact_point_has_one_owner",
                condition=Q(offer=None, organisation__isnull=False)
                | Q(offer__isnull=False, organisation=None),
                violation_error_message="En kontakt hører til enten et tilbud eller en organisation.",
            ),
            models.UniqueConstraint(
                name="contact_point_is_unique_for_offer",
                fields=["offer", "kind", "value"],
                violation_error_message="Den kontakt står allerede på tilbuddet.",
            ),
            models.UniqueConstraint(
                name="contact_point_is_unique_for_organisation",
                fields=["organisation", "kind", "value"],
                violation_error_message="Den kontakt står allerede på organisationen.",
            ),
        ]

    def __str__(self):
        return f"{self.label or self.get_kind_display()}: {self.value}"

    @after("offers.offer", "offers.organisation")
    def natural_key(self):
        """Return what names this contact in a fixture."""
        offer = self.offer.slug if self.offer else None
        organisation = self.organisation.slug if self.organisation else None
        return (offer, organisation, self.kind, self.value)

    def clean(self):
        """Refuse what cannot be dialled or written to, and a person's own that she has not agreed to."""
        super().clean()
        if self.kind not in self.Kind:
            return  # the field's own validation has the word
        checks: dict[str, Callable[[str], None]] = {
            self.Kind.PHONE: validate_phone,
            self.Kind.SMS: validate_phone,
            self.Kind.EMAIL: validate_email,
            self.Kind.CHAT: URLValidator(["http", "https"]),
            self.Kind.WEB: URLValidator(["http", "https"]),
        }
        try:
            checks[self.Kind(self.kind)](self.value)
        except ValidationError as error:
            raise ValidationError({"value": error.messages}) from error
        if not self.may_be_told:
            raise ValidationError({"has_consent": ASK_FOR_CONSENT})

    @property
    def may_be_told(self):
        """Whether the public may read it; what seems to be a person's own waits until she has said yes.

        The forms refuse it, but rows come in by other ways, too.
        """
        return self.has_consent or not is_personal(self.kind, self.value, self.label)

    @property
    def href(self):
        """The address to follow: it rings up, writes, or opens a page."""
        if self.kind == self.Kind.PHONE:
            return tel_uri(self.value)
        if self.kind == self.Kind.SMS:
            return tel_uri(self.value).replace("tel:", "sms:", 1)
        if self.kind == self.Kind.EMAIL:
            return f"mailto:{self.value}"
        return self.value
