"""What has become of an idea, and what it has to do with. An idea itself is a goal of that kind."""

import uuid

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from offers.constraints import known_choice
from offers.models.natural import after
from offers.models.tracked import RevisionField, TrackedQuerySet
from policies.models.changed import ChangedField
from policies.models.committee import Committee
from policies.models.goal import Goal, IdeaStatus

NO_DAY = "Skriv den dag, det blev besluttet."
NOT_YET = "Dagen er ikke kommet endnu. Skriv den dag, det blev besluttet."
NOT_AN_IDEA = "Det mål er ikke en idé. Vælg en idé."


class IdeaDecisionQuerySet(TrackedQuerySet):
    """Decisions on ideas."""

    natural_key_fields = ("goal__policy__slug", "goal__slug", "decided_on", "status")


class IdeaDecision(models.Model):
    """The day on which an idea got another status, and why. The latest tells what has become of it."""

    Status = IdeaStatus

    PART_OF = ("goal",)

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    goal = models.ForeignKey(
        Goal,
        verbose_name="idé",
        on_delete=models.CASCADE,
        related_name="decisions",
        limit_choices_to={"kind": Goal.Kind.IDEA},
    )
    status = models.CharField("status", max_length=11, choices=IdeaStatus)
    decided_on = models.DateField("besluttet", error_messages={"null": NO_DAY})
    reason = models.TextField("begrundelse", blank=True, help_text="Kun “Ny” kan stå uden.")
    committee = models.ForeignKey(
        Committee,
        verbose_name="besluttet af",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="idea_decisions",
        help_text="Tom, når kilden ikke siger det.",
    )
    source_url = models.URLField("kilde", blank=True)
    changed_at = ChangedField(
        sources=["goal_id", "status", "decided_on", "reason", "committee_id", "source_url"]
    )
    revision = RevisionField()

    objects = IdeaDecisionQuerySet.as_manager()

    class Meta:
        ordering = ["-decided_on", "-pk"]
        verbose_name = "beslutning om en idé"
        verbose_name_plural = "beslutninger om idéer"
        constraints = [
            known_choice("status", IdeaStatus, "Status"),
            models.CheckConstraint(
                name="idea_decision_has_a_reason",
                condition=Q(status="ny") | ~Q(reason=""),
                violation_error_message="Skriv begrundelsen. Kun en idé, der er ny, kan stå uden.",
            ),
            models.UniqueConstraint(
                name="idea_decision_is_unique_on_a_day",
                fields=["goal", "decided_on", "status"],
                violation_error_message="Idéen fik allerede den status den dag.",
            ),
        ]

    def __str__(self):
        return f"{self.goal}: {self.get_status_display()}, {self.decided_on:%d.%m.%Y}"

    @after("policies.goal", "policies.committee")
    def natural_key(self):
        """Return what names this decision in a fixture."""
        return (*self.goal.natural_key(), self.decided_on, self.status)

    def clean(self):
        """Refuse a decision on what is no idea, and one of a day to come."""
        super().clean()
        if hasattr(self, "goal") and self.goal.kind != Goal.Kind.IDEA:
            raise ValidationError(NOT_AN_IDEA)
        if self.decided_on and self.decided_on > timezone.localdate():
            raise ValidationError({"decided_on": NOT_YET})


class IdeaLinkQuerySet(TrackedQuerySet):
    """What ideas have to do with."""

    natural_key_fields = (
        "idea__policy__slug",
        "idea__slug",
        "goal__policy__slug",
        "goal__slug",
        "committee__slug",
    )


class IdeaLink(models.Model):
    """An idea has to do with a goal or with a committee, and why we say so."""

    PART_OF = ("idea",)

    idea = models.ForeignKey(
        Goal,
        verbose_name="idé",
        on_delete=models.CASCADE,
        related_name="idea_links",
        limit_choices_to={"kind": Goal.Kind.IDEA},
    )
    goal = models.ForeignKey(
        Goal,
        verbose_name="mål",
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="linked_ideas",
    )
    committee = models.ForeignKey(
        Committee,
        verbose_name="udvalg",
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="linked_ideas",
    )
    reason = models.CharField("begrundelse", max_length=300, help_text="Hvor i kilden det står.")
    revision = RevisionField()

    objects = IdeaLinkQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name = "sammenhæng"
        verbose_name_plural = "mål og udvalg, som idéen hænger sammen med"
        constraints = [
            models.CheckConstraint(
                name="idea_link_leads_to_one_thing",
                condition=Q(goal=None, committee__isnull=False) | Q(goal__isnull=False, committee=None),
                violation_error_message="Vælg enten et mål eller et udvalg.",
            ),
            models.CheckConstraint(
                name="idea_link_leads_elsewhere",
                condition=Q(goal=None) | ~Q(goal=F("idea")),
                violation_error_message="En idé kan ikke hænge sammen med sig selv.",
            ),
            models.CheckConstraint(
                name="idea_link_has_a_reason",
                condition=~Q(reason=""),
                violation_error_message="Skriv, hvor i kilden det står.",
            ),
            models.UniqueConstraint(
                name="idea_link_to_a_goal_is_unique",
                fields=["idea", "goal"],
                violation_error_message="Målet står allerede under idéen.",
            ),
            models.UniqueConstraint(
                name="idea_link_to_a_committee_is_unique",
                fields=["idea", "committee"],
                violation_error_message="Udvalget står allerede under idéen.",
            ),
        ]

    def __str__(self):
        return f"{self.idea} → {self.goal or self.committee}"

    @after("policies.goal", "policies.committee")
    def natural_key(self):
        """Return what names this link in a fixture."""
        goal = self.goal.natural_key() if self.goal else (None, None)
        return (*self.idea.natural_key(), *goal, self.committee.slug if self.committee else None)

    def clean(self):
        """Refuse a link from what is no idea."""
        super().clean()
        if hasattr(self, "idea") and self.idea.kind != Goal.Kind.IDEA:
            raise ValidationError(NOT_AN_IDEA)
