"""When the facts of an offer were last checked, and the mails that ask its owner to check them."""

from datetime import datetime, timedelta

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from offers.constraints import known_choice
from offers.models.offer import Offer

# For so long the link in a reminder can be used.
REMINDER_LASTS = timedelta(days=30)


class Fact(models.TextChoices):
    """The kinds of facts that are checked apart, since they change at different speeds."""

    CONTACT = "kontakt", _("Telefon og anden kontakt")
    HOURS = "tider", _("Åbningstider og datoer")
    PRICE = "pris", _("Pris")
    PLACE = "sted", _("Sted")
    REST = "resten", _("Alt det andet")


class FactCheck(models.Model):
    """When one kind of fact of one offer was last checked, and how often it has to be."""

    PART_OF = ("offer",)

    offer = models.ForeignKey(
        Offer, verbose_name="tilbud", on_delete=models.CASCADE, related_name="fact_checks"
    )
    fact = models.CharField("oplysning", max_length=7, choices=Fact)
    checked_on = models.DateField("kontrolleret", null=True, blank=True)
    checked_by = models.CharField("af", max_length=160, blank=True)
    interval = models.PositiveSmallIntegerField(
        "kontrolleres hver … dage",
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(3650)],
        help_text="Tomt: det sædvanlige for oplysningen.",
    )

    class Meta:
        ordering = ["offer", "fact"]
        verbose_name = "kontrol af en oplysning"
        verbose_name_plural = "kontrol af oplysninger"
        constraints = [
            known_choice("fact", Fact, "Oplysning"),
            models.UniqueConstraint(
                name="fact_is_checked_once_for_offer",
                fields=["offer", "fact"],
                violation_error_message="Den oplysning står der allerede.",
            ),
            models.CheckConstraint(
                name="fact_check_interval_is_some_days",
                condition=Q(interval=None) | Q(interval__gte=1, interval__lte=3650),
                violation_error_message="Skriv et antal dage fra 1 til 3650.",
            ),
        ]

    def __str__(self):
        return f"{self.offer}: {self.get_fact_display()}"


class ReminderQuerySet(models.QuerySet):
    """Mails that ask owners."""

    def since(self, moment: datetime):
        """Return those that were sent at `moment` or later."""
        return self.filter(sent_at__gte=moment)


class Reminder(models.Model):
    """One mail that asked the owner of one offer whether it is still right; its link works once."""

    VERSIONED = False  # a program sends it; see `offers.history`

    offer = models.ForeignKey(
        Offer, verbose_name="tilbud", on_delete=models.CASCADE, related_name="reminders"
    )
    sent_to = models.EmailField("sendt til")
    sent_at = models.DateTimeField("sendt", default=timezone.now)
    used_at = models.DateTimeField("brugt", null=True, blank=True)

    objects = ReminderQuerySet.as_manager()

    class Meta:
        ordering = ["-sent_at"]
        verbose_name = "påmindelse"
        verbose_name_plural = "påmindelser"

    def __str__(self):
        return f"{self.offer}: {timezone.localtime(self.sent_at):%d.%m.%Y}"

    def has_expired(self, at: datetime | None = None) -> bool:
        """Whether its link is too old to be used at the moment `at` (default: now)."""
        return self.sent_at + REMINDER_LASTS < (at or timezone.now())
