"""When: opening hours, closures and the dates when courses and groups begin."""

from datetime import date, time

from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from offers.constraints import known_choice
from offers.models.natural import after
from offers.models.offer import Offer
from offers.models.place import Venue
from offers.models.tracked import RevisionField, TrackedQuerySet
from offers.validity import in_order

MIDNIGHT = time(0, 0)


class OpeningHoursQuerySet(TrackedQuerySet):
    """Weekly opening hours."""

    natural_key_fields = ("offer__slug", "weekday", "channel", "opens", "venue__slug", "valid_from")


class Weekday(models.IntegerChoices):
    """Monday first, numbered as `datetime.date.weekday` does."""

    MONDAY = 0, _("mandag")
    TUESDAY = 1, _("tirsdag")
    WEDNESDAY = 2, _("onsdag")
    THURSDAY = 3, _("torsdag")
    FRIDAY = 4, _("fredag")
    SATURDAY = 5, _("lørdag")
    SUNDAY = 6, _("søndag")


class Channel(models.TextChoices):
    """What is open in these hours."""

    VISIT = "fremmoede", _("Fremmøde")
    PHONE = "telefon", _("Telefon")
    CHAT = "chat", _("Chat")
    SMS = "sms", _("SMS")


class OpeningHours(models.Model):
    """One interval of the week in which an offer is open.

    `closes` at or before `opens` means the next day, so 22:00–02:00 is one interval and 00:00–00:00
    is round the clock.
    """

    Weekday = Weekday

    Channel = Channel

    PART_OF = ("offer",)

    offer = models.ForeignKey(
        Offer, verbose_name="tilbud", on_delete=models.CASCADE, related_name="opening_hours"
    )
    weekday = models.PositiveSmallIntegerField("ugedag", choices=Weekday)
    opens = models.TimeField("åbner")
    closes = models.TimeField(
        "lukker", help_text="Et klokkeslæt før “åbner” er næste dag; 00:00–00:00 er hele døgnet."
    )
    channel = models.CharField("hvad der er åbent", max_length=9, choices=Channel, default=Channel.VISIT)
    venue = models.ForeignKey(Venue, verbose_name="sted", null=True, blank=True, on_delete=models.PROTECT)
    valid_from = models.DateField("gælder fra", null=True, blank=True)
    valid_until = models.DateField("gælder til og med", null=True, blank=True)
    note = models.CharField("note", max_length=200, blank=True)
    revision = RevisionField()

    objects = OpeningHoursQuerySet.as_manager()

    class Meta:
        ordering = ["weekday", "opens", "pk"]
        verbose_name = "åbningstid"
        verbose_name_plural = "åbningstider"
        constraints = [
            known_choice("channel", Channel, "Hvad der er åbent"),
            known_choice("weekday", Weekday, "Ugedag"),
            models.CheckConstraint(
                name="opening_hours_last",
                condition=~Q(opens=F("closes")) | Q(opens=MIDNIGHT),
                violation_error_message="Åbner og lukker er det samme. Skriv 00:00–00:00 for hele døgnet.",
            ),
            models.CheckConstraint(
                name="opening_hours_valid_in_order",
                condition=in_order("valid_from", "valid_until"),
                violation_error_message="“Gælder til” må ikke ligge før “gælder fra”.",
            ),
            models.UniqueConstraint(
                "offer",
                "weekday",
                "channel",
                "opens",
                Coalesce("venue", Value(0)),
                Coalesce("valid_from", Value(date.min)),
                name="opening_hours_are_unique",
                violation_error_message="Den åbningstid står der allerede.",
            ),
        ]

    def __str__(self):
        return f"{self.get_weekday_display()} {self.opens:%H:%M}–{self.closes:%H:%M}"

    @after("offers.offer", "offers.venue")
    def natural_key(self):
        """Return what names these hours in a fixture."""
        venue = self.venue.slug if self.venue else None
        return (self.offer.slug, self.weekday, self.channel, self.opens, venue, self.valid_from)

    @property
    def is_round_the_clock(self):
        """Whether the interval lasts from midnight to midnight."""
        return self.opens == self.closes == MIDNIGHT


class ClosureQuerySet(TrackedQuerySet):
    """Days on which an offer is closed."""

    natural_key_fields = ("offer__slug", "starts_on")


class Closure(models.Model):
    """Days on which an offer is closed although it is usually open (lukkeperiode)."""

    PART_OF = ("offer",)

    offer = models.ForeignKey(
        Offer, verbose_name="tilbud", on_delete=models.CASCADE, related_name="closures"
    )
    starts_on = models.DateField("første lukkedag")
    ends_on = models.DateField("sidste lukkedag")
    reason = models.CharField("grund", max_length=120, blank=True)
    revision = RevisionField()

    objects = ClosureQuerySet.as_manager()

    class Meta:
        ordering = ["starts_on"]
        verbose_name = "lukkeperiode"
        verbose_name_plural = "lukkeperioder"
        constraints = [
            models.CheckConstraint(
                name="closure_in_order",
                condition=Q(ends_on__gte=F("starts_on")),
                violation_error_message="Den sidste lukkedag må ikke ligge før den første.",
            ),
            models.UniqueConstraint(
                name="closure_is_unique",
                fields=["offer", "starts_on"],
                violation_error_message="Der er allerede en lukkeperiode fra den dag.",
            ),
        ]

    def __str__(self):
        return f"{self.starts_on:%d.%m.%Y}–{self.ends_on:%d.%m.%Y}"

    @after("offers.offer")
    def natural_key(self):
        """Return what names this closure in a fixture."""
        return (self.offer.slug, self.starts_on)


class StartDateQuerySet(TrackedQuerySet):
    """Dates when a group or course begins."""

    natural_key_fields = ("offer__slug", "starts_on")


class StartDate(models.Model):
    """A day when a group or a course begins (opstart)."""

    PART_OF = ("offer",)

    offer = models.ForeignKey(
        Offer, verbose_name="tilbud", on_delete=models.CASCADE, related_name="start_dates"
    )
    starts_on = models.DateField("begynder")
    starts_at = models.TimeField("klokken", null=True, blank=True)
    apply_by = models.DateField("tilmelding senest", null=True, blank=True)
    note = models.CharField("note", max_length=200, blank=True)
    updated_at = models.DateTimeField("ændret", auto_now=True)
    revision = RevisionField()

    objects = StartDateQuerySet.as_manager()

    class Meta:
        ordering = ["starts_on"]
        verbose_name = "opstart"
        verbose_name_plural = "opstarter"
        constraints = [
            models.CheckConstraint(
                name="start_date_apply_before_start",
                condition=Q(apply_by=None) | Q(apply_by__lte=F("starts_on")),
                violation_error_message="Tilmeldingen skal slutte senest den dag, holdet begynder.",
            ),
            models.UniqueConstraint(
                name="start_date_is_unique",
                fields=["offer", "starts_on"],
                violation_error_message="Der er allerede en opstart den dag.",
            ),
        ]

    def __str__(self):
        return f"{self.starts_on:%d.%m.%Y}"

    @after("offers.offer")
    def natural_key(self):
        """Return what names this start in a fixture."""
        return (self.offer.slug, self.starts_on)
