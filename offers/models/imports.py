"""The record of each table that was handed in: who, what it would do, what it did, and how to undo it."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from offers.constraints import known_choice


class ImportState(models.TextChoices):
    """How far an import is."""

    READING = "laeses", "læses"
    READY = "klar", "klar til at blive gemt"
    REFUSED = "afvist", "afvist"
    APPLYING = "gemmes", "gemmes"
    DONE = "gemt", "gemt"
    UNDOING = "fortrydes", "fortrydes"
    UNDONE = "fortrudt", "fortrudt"
    FAILED = "fejlet", "gik galt"


class ImportSheet(models.TextChoices):
    """What the table is about."""

    OFFERS = "tilbud", "tilbud"
    ORGANISATIONS = "organisationer", "organisationer"
    VENUES = "steder", "steder"


class ImportRunQuerySet(models.QuerySet):
    """Imports."""

    def without_contents(self):
        """Leave out the file and what was made of it, which a list does not show."""
        return self.defer("content", "steps", "log")


class ImportRun(models.Model):
    """One table that was handed in (import)."""

    VERSIONED = False  # a program keeps it; see `offers.history`

    State = ImportState

    sheet = models.CharField("hvad", max_length=14, choices=ImportSheet)
    file_name = models.CharField("fil", max_length=160)
    state = models.CharField("stand", max_length=9, choices=ImportState, default=ImportState.READING)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="af",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    created_at = models.DateTimeField("hentet", default=timezone.now)
    finished_at = models.DateTimeField("gemt", null=True, blank=True)
    total = models.PositiveIntegerField("rækker", default=0)
    new = models.PositiveIntegerField("nye", default=0)
    changed = models.PositiveIntegerField("ændrede", default=0)
    unchanged = models.PositiveIntegerField("uændrede", default=0)
    refused = models.PositiveIntegerField("afviste", default=0)
    message = models.TextField("besked", blank=True)
    # What a worker has taken on, how far it is, and when it last said so.
    done = models.PositiveIntegerField(default=0, editable=False)
    taken_at = models.DateTimeField(null=True, editable=False)
    # The file, until it is stored or refused; what each row does, as it is shown; what undoes it.
    content = models.BinaryField(default=b"")
    mark = models.CharField(max_length=64, blank=True, editable=False)
    steps = models.JSONField(default=list, editable=False)
    log = models.JSONField(default=list, editable=False)

    objects = ImportRunQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        verbose_name = "import"
        verbose_name_plural = "importer"
        constraints = [
            known_choice("state", ImportState, "Stand"),
            known_choice("sheet", ImportSheet, "Hvad"),
        ]

    def __str__(self):
        return f"{self.file_name}, {timezone.localtime(self.created_at):%d.%m.%Y}"


class SourceKind(models.TextChoices):
    """What was taken."""

    OFFER = "tilbud", "tilbud"
    ORGANISATION = "organisation", "organisation"
    VENUE = "sted", "sted"


class SourceRecord(models.Model):
    """Where a row came from when another directory's record was taken (kildepost).

    `taken` has a short hash of each column as it was taken: so one sees what the source has changed since,
    and what an editor has. A row that was deleted here leaves its record, and is not made again.
    """

    VERSIONED = False  # a program keeps it; see `offers.history`

    Kind = SourceKind

    source = models.CharField("kilde", max_length=500)
    kind = models.CharField("slags", max_length=12, choices=SourceKind)
    key = models.CharField("id hos kilden", max_length=200)
    offer = models.ForeignKey(
        "offers.Offer", null=True, on_delete=models.SET_NULL, related_name="source_records"
    )
    organisation = models.ForeignKey(
        "offers.Organisation", null=True, on_delete=models.SET_NULL, related_name="source_records"
    )
    venue = models.ForeignKey(
        "offers.Venue", null=True, on_delete=models.SET_NULL, related_name="source_records"
    )
    modified = models.CharField("ændret hos kilden", max_length=40, blank=True)
    taken = models.JSONField(default=dict)
    taken_at = models.DateTimeField("hentet", default=timezone.now)
    run = models.ForeignKey(
        ImportRun, verbose_name="import", null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering = ["source", "kind", "key"]
        verbose_name = "kildepost"
        verbose_name_plural = "kildeposter"
        constraints = [
            known_choice("kind", SourceKind, "Slags"),
            models.UniqueConstraint(
                name="source_record_is_unique",
                fields=["source", "kind", "key"],
                violation_error_message="Den post er hentet fra kilden før.",
            ),
        ]

    def __str__(self):
        return f"{self.source}: {self.key}"
