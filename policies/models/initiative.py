"""Who carries a policy out: initiatives, and the offers that people meet."""

import uuid
from typing import Any

from django.db import models
from django.db.models import Prefetch, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from offers.danish import fold_all, sort_key
from offers.fields import AddressField, DerivedTextField
from offers.models import Offer
from offers.models.natural import after
from offers.models.tracked import RevisionField, TrackedQuerySet
from offers.validity import covers, in_order
from policies.models.goal import Goal
from policies.models.policy import Policy
from policies.models.words import initiative_words

# The texts of a Danish action plan, in its order.
SECTIONS = (
    "background",
    "purpose",
    "success_criteria",
    "target_group",
    "involvement",
    "activities",
    "period",
    "partners",
    "evaluation",
    "owner",
)


class InitiativeQuerySet(TrackedQuerySet):
    """Initiatives, known in fixtures by their slug."""

    natural_key_fields = ("slug",)

    def for_listing(self):
        """Load what a card shows."""
        return self.select_related("policy__authority")

    def for_page(self):
        """Load what the initiative's own page shows."""
        offers = Delivery.objects.filter(offer__in=Offer.objects.published().order_by())
        return self.select_related("policy__authority", "policy__committee").prefetch_related(
            Prefetch("goals", Goal.objects.select_related("policy")),
            Prefetch("deliveries", offers.select_related("offer")),
        )


class InitiativePhase(models.TextChoices):
    """Where today lies in the period of an initiative."""

    COMING = "kommer", _("Ikke begyndt")
    RUNNING = "i-gang", _("I gang")
    OVER = "slut", _("Perioden er slut")
    UNKNOWN = "ukendt", _("Perioden er ikke oplyst")


class Initiative(models.Model):
    """Something an authority does to reach a goal (indsats, tiltag).

    The sections are those of a Danish action plan; one without content is not shown.
    """

    # What belongs to it and has no history of its own; see `offers.history`.
    PARTS = ("deliveries",)

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    policy = models.ForeignKey(
        Policy, verbose_name="politik", on_delete=models.CASCADE, related_name="initiatives"
    )
    slug = AddressField(max_length=100)
    title = models.CharField("titel", max_length=160)
    summary = models.CharField("kort fortalt", max_length=400, blank=True)
    background = models.TextField(_("baggrund"), blank=True)
    purpose = models.TextField(_("formål"), blank=True)
    success_criteria = models.TextField(_("mål og succeskriterier"), blank=True)
    target_group = models.TextField(_("målgruppe"), blank=True)
    involvement = models.TextField(_("sådan inddrages målgruppen"), blank=True)
    activities = models.TextField(_("aktiviteter"), blank=True)
    period = models.CharField(_("periode"), max_length=120, blank=True)
    starts_on = models.DateField("begynder", null=True, blank=True)
    ends_on = models.DateField("slutter", null=True, blank=True)
    partners = models.TextField(_("samarbejdspartnere"), blank=True)
    evaluation = models.TextField(_("dokumentation og evaluering"), blank=True)
    owner = models.CharField(_("tovholder"), max_length=200, blank=True)
    goals = models.ManyToManyField(Goal, verbose_name="mål", related_name="initiatives", blank=True)
    offers = models.ManyToManyField(
        Offer, verbose_name="tilbud", through="Delivery", related_name="initiatives", blank=True
    )
    source_url = models.URLField("kilde", blank=True)
    order = models.PositiveSmallIntegerField("rækkefølge", default=100)
    sort_key = DerivedTextField(sources=["title"], derive=sort_key)
    search_text = DerivedTextField(
        sources=["title", "summary", "purpose", "target_group", "activities"], derive=fold_all
    )
    search_words = DerivedTextField(sources=["title", "summary", *SECTIONS], derive=initiative_words)
    revision = RevisionField()

    objects = InitiativeQuerySet.as_manager()

    class Meta:
        ordering = ["policy", "order", "pk"]
        verbose_name = "indsats"
        verbose_name_plural = "indsatser"
        constraints = [
            models.CheckConstraint(
                name="initiative_begins_before_it_ends",
                condition=in_order("starts_on", "ends_on"),
                violation_error_message="Indsatsen skal slutte samme dag som eller efter den begynder.",
            )
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        """Return the address of the initiative's page."""
        return reverse("policies:initiative", args=[self.slug])

    @after("policies.policy")
    def natural_key(self):
        """Return what names this initiative in a fixture."""
        return (self.slug,)

    def phase(self, at=None):
        """Return where the day `at` (default: today) lies in the period, by its dates alone.

        That a period is over does not say that the initiative was carried out.
        """
        if not covers(None, self.ends_on, at):
            return InitiativePhase.OVER
        if not covers(self.starts_on, None, at):
            return InitiativePhase.COMING
        known = self.starts_on or self.ends_on
        return InitiativePhase.RUNNING if known else InitiativePhase.UNKNOWN

    @property
    def sections(self):
        """The sections of the action plan that have content, in its order, with their headings."""
        fields: list[Any] = [self._meta.get_field(name) for name in SECTIONS]
        texts = [(str(field.verbose_name).capitalize(), getattr(self, field.name)) for field in fields]
        return [(heading, text) for heading, text in texts if text]


class DeliveryQuerySet(TrackedQuerySet):
    """Links from initiatives to the offers that carry them out."""

    natural_key_fields = ("initiative__slug", "offer__slug")

    def with_policy(self):
        """Load the initiative, its policy and its goals, as the offer's page shows them: two queries."""
        goals = Prefetch("initiative__goals", Goal.objects.select_related("policy"))
        rows = self.select_related("initiative__policy__committee").prefetch_related(goals)
        return rows.order_by("initiative__sort_key")


class Delivery(models.Model):
    """An offer carries out an initiative, and why we say so."""

    PART_OF = ("initiative",)

    initiative = models.ForeignKey(
        Initiative, verbose_name="indsats", on_delete=models.CASCADE, related_name="deliveries"
    )
    offer = models.ForeignKey(
        Offer, verbose_name="tilbud", on_delete=models.CASCADE, related_name="deliveries"
    )
    reason = models.CharField("begrundelse", max_length=300, help_text="Hvor i kilden det står.")
    revision = RevisionField()

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        ordering = ["offer__sort_key", "pk"]
        verbose_name = "tilbud, der udfører indsatsen"
        verbose_name_plural = "tilbud, der udfører indsatsen"
        constraints = [
            models.UniqueConstraint(
                name="delivery_is_unique",
                fields=["initiative", "offer"],
                violation_error_message="Tilbuddet står allerede under indsatsen.",
            ),
            models.CheckConstraint(
                name="delivery_has_a_reason",
                condition=~Q(reason=""),
                violation_error_message="Skriv, hvor i kilden det står.",
            ),
        ]

    def __str__(self):
        return f"{self.initiative} → {self.offer}"

    @after("policies.initiative", "offers.offer")
    def natural_key(self):
        """Return what names this link in a fixture."""
        return (self.initiative.slug, self.offer.slug)
