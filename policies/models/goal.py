"""The goals of a policy, and how one sees whether they are met."""

import uuid

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from offers.constraints import known_choice
from offers.danish import sort_key
from offers.fields import DerivedTextField
from offers.models import Need, TargetGroup
from offers.models.natural import after
from offers.models.rings import refuse_ring
from offers.models.tracked import RevisionField, TrackedQuerySet
from policies.models.policy import Policy
from policies.models.sdg import Sdg
from policies.models.words import goal_words


class GoalQuerySet(TrackedQuerySet):
    """Goals in policies."""

    natural_key_fields = ("policy__slug", "slug")

    def for_listing(self):
        """Load what a card shows."""
        return self.select_related("policy__authority")

    def to_carry_out(self):
        """Return those that ask for an initiative; see `GoalKind.to_carry_out`."""
        return self.filter(kind__in=self.model.Kind.to_carry_out())

    def with_lack_of_figures(self):
        """Annotate `lacks_figures`: whether something is to be reached and no later figure is known."""
        unknown = Indicator.objects.filter(goal=OuterRef("pk"), latest="").exclude(target="").order_by()
        return self.annotate(lacks_figures=Exists(unknown))


class GoalKind(models.TextChoices):
    """What sort of wish it is."""

    PRINCIPLE = "princip", _("Princip")
    STRATEGIC = "strategimaal", _("Strategimål")
    GOAL = "maal", _("Mål")
    FOCUS_AREA = "fokusomraade", _("Fokusområde")
    IDEA = "ide", _("Idé")

    @classmethod
    def to_carry_out(cls):
        """Return the kinds that ask for an initiative: no principle, and no idea."""
        return (cls.STRATEGIC, cls.GOAL, cls.FOCUS_AREA)


class IdeaStatus(models.TextChoices):
    """What has become of an idea. Nothing told is the first: nobody has decided yet."""

    NEW = "ny", _("Ny")
    BEGUN = "i-gang", _("I gang")
    DONE = "gennemfoert", _("Gennemført")
    REJECTED = "afvist", _("Afvist")


class Goal(models.Model):
    """Something a policy wants: a principle, a goal, a focus area or an idea."""

    Kind = GoalKind

    # What belongs to it and has no history of its own; see `offers.history`.
    PARTS = ("indicators", "decisions", "idea_links")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    policy = models.ForeignKey(
        Policy, verbose_name="politik", on_delete=models.CASCADE, related_name="goals"
    )
    slug = models.SlugField("anker", max_length=80, help_text="Står i adressen efter #.")
    parent = models.ForeignKey(
        "self",
        verbose_name="hører under",
        null=True,
        blank=True,
        # A goal with parts stays, unless the parts go too: with their policy.
        on_delete=models.RESTRICT,
        related_name="children",
    )
    kind = models.CharField("slags", max_length=12, choices=Kind)
    number = models.CharField("nummer", max_length=10, blank=True)
    title = models.CharField("titel", max_length=200)
    description = models.TextField("beskrivelse", blank=True, help_text="Markdown.")
    target_groups = models.ManyToManyField(
        TargetGroup, verbose_name="målgrupper", related_name="goals", blank=True
    )
    sdgs = models.ManyToManyField(Sdg, verbose_name="verdensmål", related_name="goals", blank=True)
    theme = models.ForeignKey(
        Need,
        verbose_name="tema",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="ideas",
        limit_choices_to={"parent": None},
        help_text="Kun for idéer: det område, som idéen handler om.",
    )
    order = models.PositiveSmallIntegerField("rækkefølge", default=100)
    sort_key = DerivedTextField(sources=["title"], derive=sort_key)
    search_words = DerivedTextField(sources=["title", "description"], derive=goal_words)
    revision = RevisionField()

    objects = GoalQuerySet.as_manager()

    class Meta:
        ordering = ["policy", "order", "pk"]
        verbose_name = "mål"
        verbose_name_plural = "mål"
        constraints = [
            known_choice("kind", GoalKind, "Slags"),
            models.UniqueConstraint(
                name="goal_anchor_is_unique_in_policy",
                fields=["policy", "slug"],
                violation_error_message="Politikken har allerede et mål med det anker.",
            ),
            models.CheckConstraint(
                name="goal_is_not_its_own_parent",
                condition=~Q(parent=F("pk")),
                violation_error_message="Et mål kan ikke høre under sig selv.",
            ),
            models.CheckConstraint(
                name="goal_theme_is_of_an_idea",
                condition=Q(theme=None) | Q(kind="ide"),
                violation_error_message="Kun en idé har et tema. Fjern temaet, eller gør målet til en idé.",
            ),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        """Return the address of the goal on its policy's page."""
        return f"{self.policy.get_absolute_url()}#{self.slug}"

    @after("policies.policy")
    def natural_key(self):
        """Return what names this goal in a fixture."""
        return (self.policy.slug, self.slug)

    @property
    def anchor_among_ideas(self) -> str:
        """What names an idea in the list of the ideas of all catalogues. Reads `policy`."""
        return f"{self.policy.slug}-{self.slug}"

    @property
    def idea_status(self) -> str:
        """What has become of an idea: what the latest of its `decisions` says."""
        return next((decision.status for decision in self.decisions.all()), IdeaStatus.NEW)

    @property
    def idea_status_display(self) -> str:
        """What has become of an idea, in words."""
        return str(IdeaStatus(self.idea_status).label)

    def clean(self):
        """Refuse a parent in another policy, a ring of goals, and to make a goal of an idea with a past."""
        super().clean()
        was_idea = self.pk and (self.decisions.exists() or self.idea_links.exists())
        if self.kind != self.Kind.IDEA and was_idea:
            raise ValidationError({"kind": "Idéen har beslutninger eller sammenhænge. Slet dem først."})
        if self.parent and self.parent.policy_id != self.policy_id:
            raise ValidationError({"parent": "Målet skal høre under et mål i samme politik."})
        refuse_ring(self, "parent", "Målene kan ikke høre under hinanden i ring.")


class IndicatorQuerySet(TrackedQuerySet):
    """Figures that show whether goals are met."""

    natural_key_fields = ("goal__policy__slug", "goal__slug", "what")


class Indicator(models.Model):
    """How one sees whether a goal is met: what is measured, from where, to where, and when."""

    PART_OF = ("goal",)

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    goal = models.ForeignKey(Goal, verbose_name="mål", on_delete=models.CASCADE, related_name="indicators")
    what = models.CharField("hvad der måles", max_length=200)
    method = models.TextField("målemetode", blank=True)
    baseline = models.CharField("udgangspunkt", max_length=160, blank=True)
    target = models.CharField("mål", max_length=160, blank=True)
    latest = models.CharField("seneste tal", max_length=160, blank=True)
    when = models.CharField("hvornår", max_length=120, blank=True)
    source = models.CharField("kilde", max_length=200, blank=True)
    source_url = models.URLField("kildens adresse", blank=True)
    order = models.PositiveSmallIntegerField("rækkefølge", default=100)
    revision = RevisionField()

    objects = IndicatorQuerySet.as_manager()

    class Meta:
        ordering = ["order", "pk"]
        verbose_name = "indikator"
        verbose_name_plural = "indikatorer"
        constraints = [
            models.UniqueConstraint(
                name="indicator_is_unique_for_goal",
                fields=["goal", "what"],
                violation_error_message="Målet har allerede den indikator.",
            )
        ]

    def __str__(self):
        return self.what

    @after("policies.goal")
    def natural_key(self):
        """Return what names this indicator in a fixture."""
        return (*self.goal.natural_key(), self.what)
