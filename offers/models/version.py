"""What things were like: a version after each change, and the working copy of an offer."""

from collections.abc import Iterable

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Max
from django.utils import timezone

from offers.constraints import known_choice
from offers.models.offer import Offer

LONGEST_WHY = 300


class ChangeKind(models.TextChoices):
    """What made the version."""

    FOUND = "fundet", "Fundet"
    ADDED = "oprettet", "Oprettet"
    CHANGED = "rettet", "Rettet"
    DELETED = "slettet", "Slettet"
    RESTORED = "genskabt", "Genskabt"


class VersionQuerySet(models.QuerySet):
    """Versions, the newest first."""

    def of(self, model: type[models.Model], row: int):
        """Return the versions of one thing."""
        return self.filter(model=model._meta.label_lower, row=row)

    def latest_digests(self, model: type[models.Model], rows: Iterable[int]) -> dict[int, str]:
        """Return the digest of each row's newest version; rows without versions are left out."""
        own = self.filter(model=model._meta.label_lower, row__in=list(rows)).order_by()
        newest = own.values("row").annotate(newest=Max("pk")).values("newest")
        return dict(self.filter(pk__in=newest).values_list("row", "digest"))


class Version(models.Model):
    """A thing with all its parts as it was after one change: who made it, when and why.

    `state` is written by `offers.history.states`. Of a thing that was deleted it is the last one.
    """

    Kind = ChangeKind
    VERSIONED = False

    model = models.CharField("slags", max_length=60)
    row = models.BigIntegerField("nummer")
    name = models.CharField("navn", max_length=300)
    kind = models.CharField("hvad der skete", max_length=8, choices=ChangeKind)
    state = models.JSONField("indhold", encoder=DjangoJSONEncoder)
    digest = models.CharField("fingeraftryk", max_length=64)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="hvem",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    why = models.CharField("hvorfor", max_length=LONGEST_WHY, blank=True)
    at = models.DateTimeField("hvornår", default=timezone.now)

    objects = VersionQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        verbose_name = "version"
        verbose_name_plural = "versioner"
        indexes = [models.Index(fields=["model", "row", "-id"], name="version_of_a_row")]
        constraints = [known_choice("kind", ChangeKind, "Hvad der skete")]

    def __str__(self):
        return f"{self.name}, {timezone.localtime(self.at):%d.%m.%Y %H:%M}"


class WorkingCopyStatus(models.TextChoices):
    """How far a working copy is on its way to the public."""

    DRAFT = "kladde", "Kladde"
    IN_REVIEW = "til-godkendelse", "Til godkendelse"


class WorkingCopy(models.Model):
    """What a public offer is to become (udgave): the public sees the old one until it is approved.

    `state` is the whole offer as it is to be; `base` is the digest of the offer that it was made from.
    """

    Status = WorkingCopyStatus

    offer = models.OneToOneField(
        Offer, verbose_name="tilbud", on_delete=models.CASCADE, related_name="working_copy"
    )
    state = models.JSONField("indhold", encoder=DjangoJSONEncoder)
    base = models.CharField("lavet ud fra", max_length=64)
    status = models.CharField(
        "status", max_length=16, choices=WorkingCopyStatus, default=WorkingCopyStatus.DRAFT
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="sidst rettet af",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    note = models.CharField("besked", max_length=LONGEST_WHY, blank=True)
    updated_at = models.DateTimeField("ændret", auto_now=True)

    class Meta:
        ordering = ["-updated_at"]
        verbose_name = "ny udgave"
        verbose_name_plural = "nye udgaver"
        constraints = [known_choice("status", WorkingCopyStatus, "Status")]

    def __str__(self):
        return f"Ny udgave af {self.offer}"
