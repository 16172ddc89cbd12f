"""When committees meet, where, and where their agendas and minutes can be read."""

import uuid
from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from offers.constraints import known_choice
from offers.models.natural import after
from offers.models.tracked import RevisionField, TrackedQuerySet
from policies.models.committee import Committee

TIMES_TURNED = "Mødet slutter, før det begynder. Ret tiderne."


class SequenceField(models.PositiveIntegerField):
    """How often the row was changed: 0 when it is made, and one more each time it is saved.

    Calendars tell by it which of two versions of an event is the later (RFC 5545, 3.8.7.4).
    """

    def __init__(self, **options):
        """It is never edited."""
        super().__init__(**{"editable": False, "default": 0, **options})

    def pre_save(self, model_instance, add):
        """Return the next number, and leave it on the instance."""
        value = 0 if add else getattr(model_instance, self.attname) + 1
        setattr(model_instance, self.attname, value)
        return value


class MeetingQuerySet(TrackedQuerySet):
    """Meetings of committees."""

    natural_key_fields = ("committee__slug", "held_on")

    def coming(self, day: date) -> Self:
        """Return the meetings on `day` and later, the next first; cancelled ones too: one must be told."""
        return self.filter(held_on__gte=day).order_by("held_on", "starts_at", "committee__sort_key")

    def past(self, day: date) -> Self:
        """Return the meetings before `day`, the latest first."""
        return self.filter(held_on__lt=day).order_by("-held_on", "starts_at", "committee__sort_key")

    def for_listing(self) -> Self:
        """Load what a calendar of several committees shows."""
        return self.select_related("committee__authority")


class MeetingStatus(models.TextChoices):
    """Whether it takes place. A meeting that was held is one whose day has passed: no third value."""

    PLANNED = "planlagt", _("Planlagt")
    CANCELLED = "aflyst", _("Aflyst")


class Meeting(models.Model):
    """One meeting of a committee (møde)."""

    Status = MeetingStatus

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    committee = models.ForeignKey(
        Committee, verbose_name="udvalg", on_delete=models.CASCADE, related_name="meetings"
    )
    held_on = models.DateField("dato")
    starts_at = models.TimeField("begynder", null=True, blank=True)
    ends_at = models.TimeField("slutter", null=True, blank=True)
    place = models.CharField("sted", max_length=160, blank=True)
    status = models.CharField("status", max_length=8, choices=Status, default=Status.PLANNED)
    agenda_url = models.URLField("dagsorden", blank=True)
    minutes_url = models.URLField("referat", blank=True)
    # The name of the event in the calendar file it came from, so that the next file finds it again.
    external_uid = models.CharField("UID i kalenderfilen", max_length=255, blank=True, editable=False)
    updated_at = models.DateTimeField("ændret", auto_now=True)
    sequence = SequenceField()
    revision = RevisionField()

    objects = MeetingQuerySet.as_manager()

    class Meta:
        ordering = ["-held_on"]
        verbose_name = "møde"
        verbose_name_plural = "møder"
        constraints = [
            models.UniqueConstraint(
                name="meeting_is_unique_on_a_day",
                fields=["committee", "held_on"],
                violation_error_message="Udvalget har allerede et møde den dag.",
            ),
            models.UniqueConstraint(
                name="meeting_comes_from_one_event",
                fields=["committee", "external_uid"],
                condition=~Q(external_uid=""),
                violation_error_message="Udvalget har allerede et møde med den UID.",
            ),
            known_choice("status", MeetingStatus, "Status"),
            models.CheckConstraint(
                name="meeting_ends_after_it_begins",
                condition=Q(ends_at=None) | Q(starts_at__isnull=False, ends_at__gt=F("starts_at")),
                violation_error_message=TIMES_TURNED,
            ),
        ]

    def __str__(self):
        return f"{self.committee}, {self.held_on:%d.%m.%Y}"

    def get_absolute_url(self):
        """Return the address of the meeting: a place in the page of its committee. Reads `committee`."""
        return f"{reverse('policies:committee', args=[self.committee.slug])}#{self.anchor}"

    @property
    def is_in_order(self) -> bool:
        """Whether it ends after it begins: the constraint, for a row at hand."""
        return self.ends_at is None or (self.starts_at is not None and self.ends_at > self.starts_at)

    @property
    def is_cancelled(self) -> bool:
        """Whether it does not take place."""
        return self.status == MeetingStatus.CANCELLED

    @property
    def anchor(self) -> str:
        """What names the meeting in the page of its committee."""
        return f"moede-{self.uuid}"

    def title(self) -> str:
        """Return what a feed or a calendar calls it. Reads `committee`."""
        said = gettext("Aflyst: {committee}") if self.is_cancelled else gettext("{committee}: møde")
        return said.format(committee=self.committee.name)

    def day(self) -> str:
        """Return the day as one says it: onsdag 3. februar 2027."""
        return f"{date_format(self.held_on, 'l')} {date_format(self.held_on)}"

    @after("policies.committee")
    def natural_key(self):
        """Return what names this meeting in a fixture."""
        return (self.committee.slug, self.held_on)
