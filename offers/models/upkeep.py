"""What keeps offers true: reports from readers, and checks of links."""

from datetime import date, datetime

from django.conf import settings
from django.db import models
from django.db.models import Case, Q, When
from django.utils.translation import gettext_lazy as _

from offers.constraints import known_choice
from offers.links.verdict import State
from offers.models.offer import Offer


class FeedbackQuerySet(models.QuerySet):
    """Reports from readers."""

    def open(self):
        """Return the reports that nobody has closed."""
        return self.filter(closed_at=None)

    def of(self, offer: Offer):
        """Return the reports about one offer."""
        return self.filter(offer=offer)

    def since(self, moment: datetime):
        """Return the reports that came at `moment` or later."""
        return self.filter(created_at__gte=moment)


class FeedbackKind(models.TextChoices):
    """What is wrong."""

    PHONE = "telefon", _("Telefonnummeret")
    HOURS = "aabningstid", _("Åbningstiden")
    CLOSED = "lukket", _("Tilbuddet findes ikke mere")
    OTHER = "andet", _("Noget andet")


class Feedback(models.Model):
    """A reader's report that something about an offer is wrong. It holds nothing about the reader."""

    Kind = FeedbackKind

    offer = models.ForeignKey(
        Offer, verbose_name="tilbud", on_delete=models.CASCADE, related_name="feedback"
    )
    kind = models.CharField("hvad er forkert", max_length=12, choices=Kind)
    text = models.TextField("besked", max_length=2000, blank=True)
    created_at = models.DateTimeField("modtaget", auto_now_add=True)
    assigned_to = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="tager sig af det",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="feedback",
    )
    closed_at = models.DateTimeField("afsluttet", null=True, blank=True)
    outcome = models.TextField("hvad vi gjorde", blank=True)

    objects = FeedbackQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at"]
        verbose_name = "henvendelse"
        verbose_name_plural = "henvendelser"
        constraints = [
            known_choice("kind", FeedbackKind, "Hvad er forkert"),
            models.CheckConstraint(
                name="feedback_closed_with_outcome",
                condition=Q(closed_at=None) | ~Q(outcome=""),
                violation_error_message="Skriv, hvad der blev gjort, før henvendelsen lukkes.",
            ),
        ]

    def __str__(self):
        return f"{self.offer}: {self.get_kind_display()}"


class LinkState(models.TextChoices):
    """How it stands with an address."""

    NEW = State.NEW.value, "ikke kontrolleret"
    ANSWERS = State.ANSWERS.value, "svarer"
    FAILING = State.FAILING.value, "svarede ikke sidst"
    DEAD = State.DEAD.value, "død"
    UNSURE = State.UNSURE.value, "lukker ikke kontrollen ind"


class LinkCheckQuerySet(models.QuerySet):
    """Results of link checks."""

    def failing(self):
        """Return the addresses that did not answer at the latest check."""
        return self.filter(failures__gt=0)

    def to_mend(self, today: date):
        """Return what an editor should see to: the dead, the longest dead first; then what has moved.

        What she left as it is does not come back before its day.
        """
        waiting = Q(left_until=None) | Q(left_until__lte=today)
        is_dead = Q(state=LinkState.DEAD)
        moved = Q(state=LinkState.ANSWERS) & ~Q(redirected_to="")
        unsure = Q(state=LinkState.UNSURE)
        rank = Case(When(is_dead, then=0), When(moved, then=1), default=2)
        return self.filter(waiting, is_dead | moved | unsure).order_by(rank, "failing_since", "url")


class LinkCheck(models.Model):
    """The latest look at one address that our pages link to, and how it stands with it over days."""

    State = LinkState

    VERSIONED = False  # a program counts; see `offers.history`

    url = models.URLField("adresse", max_length=500, unique=True)
    state = models.CharField("stand", max_length=7, choices=LinkState, default=LinkState.NEW)
    checked_at = models.DateTimeField("kontrolleret", null=True, blank=True)
    status_code = models.PositiveSmallIntegerField("svar", null=True, blank=True)
    redirected_to = models.URLField("flyttet til", max_length=500, blank=True)
    error = models.CharField("grund", max_length=300, blank=True)
    failures = models.PositiveSmallIntegerField("fejl i træk", default=0)
    failing_since = models.DateTimeField("fejler siden", null=True, blank=True)
    next_at = models.DateTimeField("kontrolleres igen", null=True, blank=True)
    left_until = models.DateField("får lov at stå til", null=True, blank=True)

    objects = LinkCheckQuerySet.as_manager()

    class Meta:
        ordering = ["-failures", "url"]
        verbose_name = "linkkontrol"
        verbose_name_plural = "linkkontroller"
        constraints = [known_choice("state", LinkState, "Stand")]
        indexes = [models.Index(name="link_check_next", fields=["next_at"])]

    def __str__(self):
        return self.url
