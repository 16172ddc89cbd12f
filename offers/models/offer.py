"""The offer: one thing that a person in trouble can get."""

import secrets
import uuid

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils import timezone

from offers.constraints import known_choice
from offers.danish import fold_all, sort_key
from offers.fields import AddressField, DerivedNumberField, DerivedTextField, EverField
from offers.lix import lix
from offers.models.law import LegalBasis
from offers.models.natural import after
from offers.models.offer_choices import Anonymous, Cost, Status, WayIn
from offers.models.offer_queryset import OfferQuerySet
from offers.models.organisation import Organisation
from offers.models.place import Municipality, Venue
from offers.models.taxonomy import Format, Language, Need, TargetGroup
from offers.models.tracked import RevisionField, TrackedQuerySet
from offers.search.stored import offer_words
from offers.validity import covers, in_order

OLDEST_AGE = 120
# Without 0/o, 1/l/i and u/v, so that a code can be read aloud and written by hand.
CODE_LETTERS = "23456789abcdefghjkmnpqrstwxyz"
CODE_LENGTH = 8
# The texts that one can search.
SEARCHED = ["title", "summary", "keywords", "description", "easy_text"]


def new_code() -> str:
    """Return a random code for lists: 29⁸ are possible, so that a whole country gets no two alike."""
    return "".join(secrets.choice(CODE_LETTERS) for _ in range(CODE_LENGTH))


class Offer(models.Model):
    """An offer of help (tilbud): what it is, for whom, and how one gets it."""

    Status = Status
    WayIn = WayIn
    Anonymous = Anonymous
    Cost = Cost

    # What belongs to an offer and has no history of its own; see `offers.history`.
    PARTS = ("contact_points", "opening_hours", "closures", "start_dates", "successions", "fact_checks")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    slug = AddressField(max_length=100)
    code = models.CharField("kode", max_length=12, unique=True, default=new_code)
    title = models.CharField("titel", max_length=120, help_text="Hvad man får, i hverdagsord.")
    summary = models.CharField("kort fortalt", max_length=300, blank=True, help_text="Vises i lister.")
    easy_text = models.TextField(
        "let at læse",
        blank=True,
        help_text="Det samme i få og korte sætninger, én på hver linje. Står først på siden.",
    )
    description = models.TextField("beskrivelse", blank=True, help_text="Markdown: afsnit, lister, links.")
    keywords = models.TextField("søgeord", blank=True, help_text="Andre ord for det samme, med komma.")

    organisation = models.ForeignKey(
        Organisation, verbose_name="hvem står bag", on_delete=models.PROTECT, related_name="offers"
    )
    needs = models.ManyToManyField(Need, verbose_name="behov", related_name="offers", blank=True)
    target_groups = models.ManyToManyField(
        TargetGroup, verbose_name="målgrupper", related_name="offers", blank=True
    )
    formats = models.ManyToManyField(Format, verbose_name="former", related_name="offers", blank=True)
    languages = models.ManyToManyField(Language, verbose_name="sprog", related_name="offers", blank=True)
    municipalities = models.ManyToManyField(
        Municipality,
        verbose_name="kommuner",
        related_name="offers",
        blank=True,
        help_text="For borgere i disse kommuner. Ingen valgt: hele landet.",
    )
    venues = models.ManyToManyField(Venue, verbose_name="steder", related_name="offers", blank=True)
    legal_bases = models.ManyToManyField(
        LegalBasis, verbose_name="lovgrundlag", related_name="offers", blank=True
    )

    min_age = models.PositiveSmallIntegerField(
        "yngste alder", null=True, blank=True, validators=[MaxValueValidator(OLDEST_AGE)]
    )
    max_age = models.PositiveSmallIntegerField(
        "ældste alder", null=True, blank=True, validators=[MaxValueValidator(OLDEST_AGE)]
    )
    way_in = models.CharField("vej ind", max_length=10, choices=WayIn, default=WayIn.UNKNOWN)
    way_in_note = models.TextField("sådan får du hjælpen", blank=True, help_text="Et skridt på hver linje.")
    anonymous = models.CharField("anonymt", max_length=6, choices=Anonymous, default=Anonymous.UNKNOWN)
    cost = models.CharField("pris", max_length=8, choices=Cost, default=Cost.UNKNOWN)
    cost_note = models.CharField("om prisen", max_length=300, blank=True)
    starts_note = models.CharField("hvornår det begynder", max_length=200, blank=True)
    duration_note = models.CharField("hvor længe det varer", max_length=200, blank=True)
    url = models.URLField("hjemmeside", blank=True)
    apply_url = models.URLField("tilmelding", blank=True)
    is_acute = models.BooleanField("akut hjælp", default=False, help_text="For den, der ikke kan vente.")
    acute_order = models.PositiveSmallIntegerField(
        "plads blandt akut hjælp", default=100, help_text="Det laveste tal står først på forsiden."
    )
    closed_on_public_holidays = models.BooleanField("lukket på helligdage", null=True, blank=True)
    successors = models.ManyToManyField(
        "self",
        verbose_name="afløses af",
        through="OfferSuccession",
        symmetrical=False,
        related_name="predecessors",
        blank=True,
    )

    status = models.CharField("status", max_length=16, choices=Status, default=Status.DRAFT)
    was_public = EverField(verbose_name="har været offentligt", sources=["status"], value=Status.PUBLISHED)
    publish_from = models.DateField("vises fra", null=True, blank=True)
    publish_until = models.DateField("vises til og med", null=True, blank=True)
    verified_on = models.DateField("sidst kontrolleret", null=True, blank=True)
    verified_by = models.ForeignKey(
        Organisation,
        verbose_name="kontrolleret af",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="verified_offers",
        help_text="Den enhed, der sidst kontrollerede.",
    )
    review_by = models.DateField("kontrolleres senest", null=True, blank=True)
    source_url = models.URLField("kilde", blank=True, help_text="Hvor oplysningerne kommer fra.")
    internal_note = models.TextField(
        "note til redaktøren", blank=True, help_text="Vises aldrig for borgere."
    )
    created_at = models.DateTimeField("oprettet", auto_now_add=True)
    updated_at = models.DateTimeField("ændret", auto_now=True)
    sort_key = DerivedTextField(sources=["title"], derive=sort_key)
    summary_lix = DerivedNumberField(sources=["summary"], derive=lix)
    search_text = DerivedTextField(sources=SEARCHED, derive=fold_all)
    search_words = DerivedTextField(sources=SEARCHED, derive=offer_words)
    revision = RevisionField()

    objects = OfferQuerySet.as_manager()

    class Meta:
        ordering = ["sort_key", "pk"]
        verbose_name = "tilbud"
        verbose_name_plural = "tilbud"
        # What they let a person do stands in `offers/permissions.py`.
        permissions = [
            ("see_any_offer", "Kan se alle organisationers tilbud"),
            ("edit_live_offer", "Kan rette det, offentligheden ser"),
            ("publish_offer", "Kan gøre tilbud offentlige og tage dem ned"),
            ("read_internal_note", "Kan læse noten til redaktøren"),
        ]
        indexes = [
            models.Index(fields=["status", "sort_key"], name="offer_by_status_and_name"),
            models.Index(fields=["review_by"], name="offer_due", condition=Q(review_by__isnull=False)),
            # Of a hundred thousand, a few cannot wait; and a page of all begins with the first names.
            models.Index(fields=["status", "acute_order"], name="offer_acute", condition=Q(is_acute=True)),
            models.Index(fields=["sort_key", "id"], name="offer_by_name"),
        ]
        constraints = [
            known_choice("status", Status, "Status"),
            known_choice("way_in", WayIn, "Vej ind"),
            known_choice("anonymous", Anonymous, "Anonymt"),
            known_choice("cost", Cost, "Pris"),
            models.CheckConstraint(
                name="offer_ages_in_order",
                condition=Q(min_age=None) | Q(max_age=None) | Q(max_age__gte=F("min_age")),
                violation_error_message="Den ældste alder må ikke være lavere end den yngste.",
            ),
            models.CheckConstraint(
                name="offer_ages_are_human",
                condition=(Q(min_age=None) | Q(min_age__lte=OLDEST_AGE))
                & (Q(max_age=None) | Q(max_age__lte=OLDEST_AGE)),
                violation_error_message=f"Alder kan højst være {OLDEST_AGE} år.",
            ),
            models.CheckConstraint(
                name="offer_publishing_window_in_order",
                condition=in_order("publish_from", "publish_until"),
                violation_error_message="“Vises til” må ikke ligge før “vises fra”.",
            ),
            models.CheckConstraint(
                name="offer_published_has_summary",
                condition=~Q(status=Status.PUBLISHED) | ~Q(summary=""),
                violation_error_message="Et offentligt tilbud skal have en tekst i “kort fortalt”.",
            ),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        """Return the address of the offer's page."""
        return reverse("offers:detail", args=[self.slug])

    def natural_key(self):
        """Return what names this offer in a fixture."""
        return (self.slug,)

    def is_published(self, at=None):
        """Whether the public may see this offer on the day `at`; see `OfferQuerySet.published`."""
        in_window = covers(self.publish_from, self.publish_until, at)
        return self.status == self.Status.PUBLISHED and in_window

    def start_dates_from(self, day):
        """Return the dates from `day` on when it begins; no query when they were loaded."""
        return [start for start in self.start_dates.all() if start.starts_on >= day]

    def is_overdue(self, at=None):
        """Whether its facts should have been checked by the day `at`; see `OfferQuerySet.overdue`."""
        return self.review_by is not None and self.review_by < (at or timezone.localdate())


class OfferSuccessionQuerySet(TrackedQuerySet):
    """What takes over from what."""

    natural_key_fields = ("offer__slug", "successor__slug")

    def to_published(self, at=None):
        """Return what takes over and may be shown on the day `at` (today), with the offer that does."""
        # Asked of each, and not of a list of all, which SQLite would read.
        shown = Exists(Offer.objects.published(at).filter(pk=OuterRef("successor")))
        return self.filter(shown).select_related("successor")


class OfferSuccession(models.Model):
    """What takes over when a person leaves an offer, usually because she has grown too old for it."""

    PART_OF = ("offer",)

    offer = models.ForeignKey(
        Offer, verbose_name="tilbud", on_delete=models.CASCADE, related_name="successions"
    )
    successor = models.ForeignKey(
        Offer, verbose_name="afløses af", on_delete=models.CASCADE, related_name="successions_from"
    )
    at_age = models.PositiveSmallIntegerField(
        "ved alder", null=True, blank=True, validators=[MaxValueValidator(OLDEST_AGE)]
    )
    note = models.CharField("note", max_length=200, blank=True)
    revision = RevisionField()

    objects = OfferSuccessionQuerySet.as_manager()

    class Meta:
        ordering = ["at_age", "pk"]
        verbose_name = "afløsning"
        verbose_name_plural = "afløsninger"
        constraints = [
            models.UniqueConstraint(
                name="succession_is_unique",
                fields=["offer", "successor"],
                violation_error_message="Den afløsning er allerede skrevet.",
            ),
            models.CheckConstraint(
                name="succession_leads_on",
                condition=~Q(offer=F("successor")),
                violation_error_message="Et tilbud kan ikke afløse sig selv.",
            ),
        ]

    def __str__(self):
        return f"{self.offer} → {self.successor}"

    @after("offers.offer")
    def natural_key(self):
        """Return what names this succession in a fixture."""
        return (self.offer.slug, self.successor.slug)
