"""The small vocabularies that offers are found by: needs, target groups, formats, languages."""

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Count, F, OuterRef, Q
from django.utils.translation import get_language

from offers.danish import fold_all, sort_key
from offers.fields import AddressField, DerivedTextField
from offers.models.tracked import RevisionField, TrackedQuerySet


def in_language(row: models.Model, field: str) -> str:
    """Return what `field` says in the language of the page; in Danish where nobody has translated it."""
    return getattr(row, f"{field}_{get_language()}", "") or getattr(row, field)


class TermQuerySet(TrackedQuerySet):
    """Terms of a vocabulary, known in fixtures by their slug."""

    natural_key_fields = ("slug",)

    def in_order(self):
        """Return the terms as an editor put them, then by name."""
        return self.order_by("order", "sort_key")

    def choices(self):
        """Return the slug of each term, and what it is called in the language of the page. One query."""
        terms: list[Any] = list(self)
        return [(term.slug, term.label) for term in terms]


class Term(models.Model):
    """One word of a vocabulary, in the language of the people who look for help."""

    slug = AddressField(max_length=60, help_text="Står i adressen, fx “ensom”.")
    name = models.CharField("navn", max_length=80, help_text="Kort og i hverdagsord.")
    description = models.TextField("forklaring", blank=True, help_text="En sætning i almindeligt sprog.")
    name_en = models.CharField("navn på engelsk", max_length=80, blank=True)
    description_en = models.TextField("forklaring på engelsk", blank=True)
    order = models.PositiveSmallIntegerField("rækkefølge", default=100)
    sort_key = DerivedTextField(sources=["name"], derive=sort_key)
    updated_at = models.DateTimeField("ændret", auto_now=True)
    revision = RevisionField()

    objects = TermQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ["order", "sort_key"]

    def __str__(self):
        return self.label

    def natural_key(self):
        """Return what names this term in a fixture."""
        return (self.slug,)

    @property
    def label(self):
        """The name in the language of the page; in Danish where nobody has translated it."""
        return in_language(self, "name")

    @property
    def explanation(self):
        """The description in the language of the page; in Danish where nobody has translated it."""
        return in_language(self, "description")


class NeedQuerySet(TermQuerySet):
    """Needs, of two levels: an area and the needs in it."""

    def areas(self):
        """Return the upper level."""
        return self.filter(parent=None)

    def with_offer_count(self):
        """Annotate `offer_count`: how many offers, of any status, answer this need or one below it."""
        # Counted from the needs: from the offers, the database would read all of them for each need.
        own = self.model.objects.filter(Q(pk=OuterRef("pk")) | Q(parent=OuterRef("pk"))).order_by()
        counted = own.annotate(one=models.Value(1)).values("one")
        return self.annotate(
            offer_count=models.Subquery(counted.annotate(n=Count("offers", distinct=True)).values("n"))
        )

    def for_choices(self):
        """Return the needs so that each stands right after its area."""
        return self.select_related("parent").order_by(
            models.functions.Coalesce("parent__order", "order"),
            models.functions.Coalesce("parent__sort_key", "sort_key"),
            F("parent").asc(nulls_first=True),
            "order",
            "sort_key",
        )


class Need(Term):
    """What a person needs help with, in words she would use herself (behov)."""

    parent = models.ForeignKey(
        "self",
        verbose_name="område",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="children",
        help_text="Tomt for et område; ellers det område, behovet hører under.",
    )
    keywords = models.TextField(
        "søgeord", blank=True, help_text="Andre ord for det samme, adskilt af komma."
    )
    search_text = DerivedTextField(sources=["name", "description", "keywords"], derive=fold_all)

    objects: ClassVar[Any] = NeedQuerySet.as_manager()

    class Meta(Term.Meta):
        verbose_name = "behov"
        verbose_name_plural = "behov"
        constraints = [
            models.CheckConstraint(
                name="need_is_not_its_own_area",
                condition=~Q(parent=F("pk")),
                violation_error_message="Et behov kan ikke høre under sig selv.",
            )
        ]

    def clean(self):
        """Refuse a third level: an area may not lie in another area."""
        super().clean()
        if self.parent and (self.parent.parent_id or (self.pk and self.children.exists())):
            message = "Behov har kun to niveauer: vælg et område, der ikke selv ligger i et område."
            raise ValidationError({"parent": message})


class TargetGroup(Term):
    """Whom an offer is meant for (målgruppe)."""

    class Meta(Term.Meta):
        verbose_name = "målgruppe"
        verbose_name_plural = "målgrupper"


class Format(Term):
    """The form that help takes: a talk, a group, a course, a chat, a home visit."""

    class Meta(Term.Meta):
        verbose_name = "form"
        verbose_name_plural = "former"


class Language(Term):
    """A language that the offer is given in; the slug is its ISO 639 code."""

    class Meta(Term.Meta):
        verbose_name = "sprog"
        verbose_name_plural = "sprog"


class LifeSituation(Term):
    """A turn in life that brings several needs at once (livssituation)."""

    needs = models.ManyToManyField(Need, verbose_name="behov", related_name="life_situations")

    class Meta(Term.Meta):
        verbose_name = "livssituation"
        verbose_name_plural = "livssituationer"
