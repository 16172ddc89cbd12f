"""The words people search with: lay phrases that editors explain, and searches without a good answer."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Max, Q, Sum
from django.utils import timezone

from offers.constraints import known_choice
from offers.danish import fold, sort_key
from offers.fields import DerivedTextField
from offers.models.taxonomy import Need
from offers.models.tracked import RevisionField, TrackedQuerySet
from offers.search.phrases import DANISH, ENGLISH, Phrase, faults
from offers.search.unanswered import Gap


class PhraseLanguage(models.TextChoices):
    """In which language a phrase is; English ones teach nothing about Danish words."""

    DANISH = DANISH, "dansk"
    ENGLISH = ENGLISH, "engelsk"


class SynonymQuerySet(TrackedQuerySet):
    """Phrases and what they mean."""

    natural_key_fields = ("phrase",)


class Synonym(models.Model):
    """A phrase as people say it (“min far drikker”), and the words or the need it stands for."""

    phrase = models.CharField("som folk siger", max_length=120, unique=True)
    means = models.CharField("søg også efter", max_length=200, blank=True)
    need = models.ForeignKey(
        Need,
        verbose_name="behov",
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="synonyms",
    )
    both_ways = models.BooleanField(
        "begge veje", default=False, help_text="Også den anden vej: de andre ord finder denne vending."
    )
    language = models.CharField(
        "sprog", max_length=2, choices=PhraseLanguage, default=PhraseLanguage.DANISH
    )
    folded_phrase = DerivedTextField(sources=["phrase"], derive=fold, unique=True)
    sort_key = DerivedTextField(sources=["phrase"], derive=sort_key)
    revision = RevisionField()

    objects = SynonymQuerySet.as_manager()

    class Meta:
        ordering = ["sort_key"]
        verbose_name = "synonym"
        verbose_name_plural = "synonymer"
        constraints = [
            models.CheckConstraint(
                name="synonym_means_something",
                condition=~Q(means="") | Q(need__isnull=False),
                violation_error_message="Skriv, hvad der også skal søges efter, eller vælg et behov.",
            ),
            known_choice("language", PhraseLanguage, "Sprog"),
        ]

    def __str__(self):
        return self.phrase

    def natural_key(self):
        """Return what names this synonym in a fixture."""
        return (self.phrase,)

    def clean(self):
        """Refuse a phrase that would spoil the search, or that is there in another letter case."""
        super().clean()
        need = str(self.need_id or "")
        if found := faults(Phrase(self.phrase, self.means, need, self.both_ways)):
            raise ValidationError(found)
        same = Synonym.objects.filter(folded_phrase=fold(self.phrase)).exclude(pk=self.pk)
        if same.exists():
            message = "Den vending findes allerede, måske med store bogstaver."
            raise ValidationError({"phrase": message})


class WordRuleQuerySet(TrackedQuerySet):
    """What editors have said about single words."""

    natural_key_fields = ("word",)


class WordRuleKind(models.TextChoices):
    """What is to be done with the word."""

    ATOM = "hel", "Del aldrig ordet"
    SPLIT = "del", "Del ordet sådan"
    VALID = "kendt", "Ret aldrig ordet"
    STOP = "stop", "Søg ikke efter ordet"


class WordRule(models.Model):
    """An editor's word against the dictionary: how a word is split, or that it is not (ordregel)."""

    Kind = WordRuleKind

    word = models.CharField("ord", max_length=80, unique=True)
    kind = models.CharField("regel", max_length=5, choices=WordRuleKind)
    parts = models.CharField(
        "dele", max_length=160, blank=True, help_text="Med mellemrum, fx børne gruppe."
    )

    sort_key = DerivedTextField(sources=["word"], derive=sort_key)
    revision = RevisionField()

    objects = WordRuleQuerySet.as_manager()

    class Meta:
        ordering = ["sort_key"]
        verbose_name = "ordregel"
        verbose_name_plural = "ordregler"
        constraints = [
            known_choice("kind", WordRuleKind, "Regel"),
            models.CheckConstraint(
                name="word_rule_split_has_parts",
                condition=~Q(kind=WordRuleKind.SPLIT) | ~Q(parts=""),
                violation_error_message="Skriv de dele, ordet skal deles i.",
            ),
        ]

    def __str__(self):
        return self.word

    def natural_key(self):
        """Return what names this rule in a fixture."""
        return (self.word,)


class GapKind(models.TextChoices):
    """How the answer to a search fell short."""

    NOTHING = Gap.NOTHING.value, "fandt ingenting"
    WEAK = Gap.WEAK.value, "fandt for lidt"


class SearchMissQuerySet(models.QuerySet):
    """Searches that the directory had no good answer to."""

    def in_vain(self):
        """Return those that found nothing."""
        return self.filter(kind=GapKind.NOTHING)

    def counted(self, since):
        """Return what was searched for from the day `since` on, and how often, the most first."""
        counted = self.filter(day__gte=since).values("words").annotate(times=Sum("count"), last=Max("day"))
        return counted.order_by("-times", "-last", "words").values_list("words", "times")

    def frequent(self, since, least):
        """Return what was searched for at least `least` times from the day `since` on, the most first."""
        return self.counted(since).filter(times__gte=least).values_list("words", flat=True)


class SearchMiss(models.Model):
    """Words that were searched for without a good answer, counted by day; never by whom, or when in it."""

    Kind = GapKind

    VERSIONED = False  # a program counts; see `offers.history`

    words = models.CharField("ord", max_length=200)
    day = models.DateField("dag")
    kind = models.CharField("svaret", max_length=5, choices=GapKind, default=GapKind.NOTHING)
    count = models.PositiveIntegerField("antal", default=1)

    objects = SearchMissQuerySet.as_manager()

    class Meta:
        ordering = ["-day", "-count"]
        verbose_name = "søgning uden svar"
        verbose_name_plural = "søgninger uden svar"
        constraints = [
            models.UniqueConstraint(
                name="search_miss_is_counted_by_day",
                fields=["words", "day", "kind"],
                violation_error_message="De ord er allerede talt for den dag.",
            ),
            known_choice("kind", GapKind, "Svaret"),
        ]
        indexes = [models.Index(name="search_miss_day", fields=["day"])]

    def __str__(self):
        return f"{self.words} ({self.count})"


class Settlement(models.TextChoices):
    """What an editor has decided about words that get no good answer."""

    WANTED = "tilbud", "der mangler et tilbud"
    ASIDE = "side", "lagt til side"


class SettledSearch(models.Model):
    """Words without a good answer that an editor has looked at: what she decided, who she is, and when."""

    Outcome = Settlement

    VERSIONED = False  # goes with the words that were counted; see `offers.history`

    words = models.CharField("ord", max_length=200, unique=True)
    outcome = models.CharField("beslutning", max_length=6, choices=Settlement)
    settled_at = models.DateTimeField("besluttet", default=timezone.now)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="af",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    class Meta:
        ordering = ["-settled_at"]
        verbose_name = "afgjort søgning"
        verbose_name_plural = "afgjorte søgninger"
        constraints = [known_choice("outcome", Settlement, "Beslutning")]

    def __str__(self):
        return self.words
