"""The library: papers by other authorities that stand around a policy."""

from urllib.parse import urlencode

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from offers.constraints import known_choice
from offers.danish import fold_all, sort_key
from offers.fields import AddressField, DerivedTextField
from offers.models import Need, Organisation, TargetGroup
from offers.models.tracked import RevisionField
from policies.models.changed import ChangedField
from policies.models.paper import PaperQuerySet
from policies.models.policy import Policy, PolicyStatus
from policies.models.sdg import Sdg
from policies.models.words import document_words


class DocumentQuerySet(PaperQuerySet):
    """Papers in the library."""

    def for_listing(self):
        """Load what the library shows of a paper."""
        return self.select_related("authority")


class DocumentKind(models.TextChoices):
    """What sort of paper it is."""

    POLICY = "politik", _("Politik")
    STRATEGY = "strategi", _("Strategi")
    PLAN = "plan", _("Plan")
    PROPOSAL = "udspil", _("Udspil eller oplæg")
    REPORT = "rapport", _("Rapport eller notat")
    STANDARD = "kvalitetsstandard", _("Kvalitetsstandard")
    GUIDE = "vejledning", _("Vejledning eller kursus")
    OTHER = "andet", _("Andet")


class Document(models.Model):
    """A paper that we know of but do not retell: title, author, year, and one line about it."""

    Kind = DocumentKind

    Status = PolicyStatus

    slug = AddressField(max_length=120)
    title = models.CharField("titel", max_length=250)
    authority = models.ForeignKey(
        Organisation,
        verbose_name="udgiver",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="documents",
        help_text="Tom, når kilden ikke siger det.",
    )
    kind = models.CharField("slags", max_length=17, choices=Kind)
    status = models.CharField(
        "status",
        max_length=8,
        choices=Status,
        default=Status.UNKNOWN,
        help_text="Det, papiret selv siger. Ellers “Ikke oplyst”.",
    )
    year = models.PositiveSmallIntegerField("år", null=True, blank=True)
    summary = models.CharField("kort fortalt", max_length=300)
    target_groups = models.ManyToManyField(
        TargetGroup, verbose_name="målgrupper", related_name="documents", blank=True
    )
    needs = models.ManyToManyField(Need, verbose_name="behov", related_name="documents", blank=True)
    sdgs = models.ManyToManyField(Sdg, verbose_name="verdensmål", related_name="documents", blank=True)
    cited_by = models.ForeignKey(
        Policy,
        verbose_name="nævnt ved",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="documents",
    )
    url = models.URLField("adresse på nettet", blank=True)
    sort_key = DerivedTextField(sources=["title"], derive=sort_key)
    search_text = DerivedTextField(sources=["title", "summary"], derive=fold_all)
    search_words = DerivedTextField(sources=["title", "summary"], derive=document_words)
    changed_at = ChangedField(
        sources=["title", "authority_id", "kind", "status", "year", "summary", "cited_by_id", "url"]
    )
    revision = RevisionField()

    objects = DocumentQuerySet.as_manager()

    class Meta:
        ordering = ["sort_key", "pk"]
        verbose_name = "dokument"
        verbose_name_plural = "bibliotek"
        constraints = [
            known_choice("kind", DocumentKind, "Slags"),
            known_choice("status", PolicyStatus, "Status"),
            models.CheckConstraint(
                name="document_year_is_plausible",
                condition=Q(year=None) | Q(year__gte=1900, year__lte=2100),
                violation_error_message="Skriv årstallet med fire cifre.",
            ),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        """Return the address of the paper: it has no page of its own, but its place in the library."""
        return f"{reverse('policies:library')}?{urlencode({'q': self.title})}#{self.slug}"

    @property
    def is_draft(self):
        """Whether this is only a draft or a proposal."""
        return self.status == self.Status.DRAFT

    def natural_key(self):
        """Return what names this paper in a fixture."""
        return (self.slug,)
