"""What the council wants: policies, strategies, plans and papers."""

import uuid

from django.db import models
from django.db.models import Count, F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from offers.constraints import known_choice
from offers.danish import fold_all, sort_key
from offers.fields import AddressField, DerivedTextField
from offers.models import Need, Organisation, TargetGroup
from offers.models.rings import refuse_ring
from offers.models.tracked import RevisionField
from offers.validity import covering, covers, in_order
from policies.models.committee import Committee
from policies.models.paper import PaperQuerySet
from policies.models.sdg import Sdg
from policies.models.words import policy_words


class PolicyQuerySet(PaperQuerySet):
    """Policies, strategies and plans."""

    def in_force(self, at=None):
        """Return the adopted policies whose period covers the day `at` (default: today)."""
        period = covering(at, start="valid_from", end="valid_until")
        return self.filter(period, status=self.model.Status.ADOPTED)

    def for_listing(self):
        """Load what a card shows."""
        return self.select_related("authority", "committee")

    def for_page(self):
        """Load what the policy's own page shows, apart from its terms (`policies.terms`)."""
        return (
            self.select_related("authority", "committee", "parent")
            .prefetch_related("goals__indicators", "parts")
            .annotate(document_count=Count("documents"))
        )


class PolicyKind(models.TextChoices):
    """What sort of paper it is."""

    POLICY = "politik", _("Politik")
    STRATEGY = "strategi", _("Strategi")
    ACTION_PLAN = "handleplan", _("Handleplan")
    FOCUS_AREA = "indsatsomraade", _("Indsatsområde")
    DEBATE_PAPER = "debatoplaeg", _("Debatoplæg")
    IDEA_CATALOGUE = "idekatalog", _("Idékatalog")


class PolicyStatus(models.TextChoices):
    """Whether it has been adopted."""

    DRAFT = "udkast", _("Udkast")
    ADOPTED = "vedtaget", _("Vedtaget")
    UNKNOWN = "ukendt", _("Ikke oplyst")


class Policy(models.Model):
    """A policy, strategy, plan or paper that says what an authority wants."""

    Kind = PolicyKind

    Status = PolicyStatus

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    slug = AddressField(max_length=100)
    title = models.CharField("titel", max_length=160)
    kind = models.CharField("slags", max_length=14, choices=Kind)
    authority = models.ForeignKey(
        Organisation, verbose_name="myndighed", on_delete=models.PROTECT, related_name="policies"
    )
    committee = models.ForeignKey(
        Committee,
        verbose_name="udvalg",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="policies",
    )
    parent = models.ForeignKey(
        "self",
        verbose_name="del af",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="parts",
        help_text="Den politik, som fx en handleplan hører under.",
    )
    status = models.CharField("status", max_length=8, choices=Status, default=Status.UNKNOWN)
    approved_on = models.DateField("godkendt", null=True, blank=True)
    revised_on = models.DateField("senest ændret", null=True, blank=True)
    published_on_note = models.CharField("udgivet", max_length=60, blank=True, help_text="Fx marts 2013.")
    valid_from = models.DateField("gælder fra", null=True, blank=True)
    valid_until = models.DateField("gælder til og med", null=True, blank=True)
    summary = models.CharField("kort fortalt", max_length=400, blank=True)
    vision = models.TextField("vision", blank=True)
    description = models.TextField("beskrivelse", blank=True, help_text="Markdown.")
    target_groups = models.ManyToManyField(
        TargetGroup, verbose_name="målgrupper", related_name="policies", blank=True
    )
    needs = models.ManyToManyField(Need, verbose_name="behov", related_name="policies", blank=True)
    sdgs = models.ManyToManyField(Sdg, verbose_name="verdensmål", related_name="policies", blank=True)
    source_url = models.URLField("kilde", blank=True)
    source_note = models.CharField("om kilden", max_length=300, blank=True)
    sort_key = DerivedTextField(sources=["title"], derive=sort_key)
    search_text = DerivedTextField(sources=["title", "summary", "vision", "description"], derive=fold_all)
    search_words = DerivedTextField(
        sources=["title", "summary", "vision", "description"], derive=policy_words
    )
    revision = RevisionField()

    objects = PolicyQuerySet.as_manager()

    class Meta:
        ordering = ["sort_key", "pk"]
        verbose_name = "politik"
        verbose_name_plural = "politikker"
        constraints = [
            known_choice("status", PolicyStatus, "Status"),
            known_choice("kind", PolicyKind, "Slags"),
            models.CheckConstraint(
                name="policy_is_not_its_own_part",
                condition=~Q(parent=F("pk")),
                violation_error_message="En politik kan ikke være en del af sig selv.",
            ),
            models.CheckConstraint(
                name="policy_period_in_order",
                condition=in_order("valid_from", "valid_until"),
                violation_error_message="“Gælder til” må ikke ligge før “gælder fra”.",
            ),
            models.CheckConstraint(
                name="policy_draft_is_not_approved",
                condition=~Q(status="udkast") | Q(approved_on=None),
                violation_error_message="Et udkast kan ikke have en dato for godkendelse.",
            ),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        """Return the address of the policy's page."""
        return reverse("policies:policy", args=[self.slug])

    def natural_key(self):
        """Return what names this policy in a fixture."""
        return (self.slug,)

    def clean(self):
        """Refuse a ring of parts."""
        super().clean()
        refuse_ring(self, "parent", "Politikkerne kan ikke være dele af hinanden i ring.")

    @property
    def is_draft(self):
        """Whether this is only a draft."""
        return self.status == self.Status.DRAFT

    def in_force(self, at=None):
        """Whether the policy is adopted and its period covers `at`; see `PolicyQuerySet.in_force`."""
        adopted = self.status == self.Status.ADOPTED
        return adopted and covers(self.valid_from, self.valid_until, at)

    def has_expired(self, at=None):
        """Whether the period has an end and it has passed on the day `at` (default: today)."""
        return not covers(None, self.valid_until, at)
