"""What one may ask of the list of offers, under the names that stand in its address.

The FilterSet is the form and the list of questions; `offers.search` answers them.
"""

from collections.abc import Sequence
from functools import cached_property
from typing import Self

from django.http import QueryDict
from django.utils.text import format_lazy
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _
from django_filters import ChoiceFilter

from offers.cards import Card
from offers.filtering import Chip, IndexFilter, KnownChoicesFilter, WholeNumberFilter, WordsFilter
from offers.labels import WHOM, in_words
from offers.models import Format, Language, Municipality, Need, Offer, TargetGroup
from offers.models.offer import OLDEST_AGE
from offers.search import box, current
from offers.search.alarms import heard
from offers.search.concepts import Understanding
from offers.search.letters import words
from offers.search.places import gazetteer
from offers.search.question import Answer, Order, Question
from offers.search.taken import UNKNOWN, Taken
from offers.search.who import Who
from offers.shelf import shelf

# Needs for which the acute lines stand above all answers.
CRISIS_NEEDS = ("selvmordstanker", "vold", "akut-sygdom")
# How far off an age may be, in years, when one asks for ages around it.
SPREAD = 3
ANYBODY = "alle"
NOT_AN_AGE = format_lazy(_("Skriv alderen som et helt tal fra 0 til {oldest}."), oldest=OLDEST_AGE)
ORDERS = [
    (Order.BEST, _("Passer bedst")),
    (Order.NAME, _("Navn")),
    (Order.VERIFIED, _("Senest kontrolleret")),
]


def crisis_needs(text: str, read: Understanding | None = None) -> list[str]:
    """Return the needs that cannot wait of which the words of a question tell, slips and all.

    `read` is how the text was read, slips mended, where that is known.
    """
    reader = current.reader()
    understood = read or reader.read(text)
    said = [understood.corrected.get(word, word) for word in words(text)]
    return heard(said, understood.concepts, reader.thesaurus, CRISIS_NEEDS)


def _vocabularies():
    """Return the choices of each filter that has a vocabulary. Five queries."""
    return {
        "kommune": list(Municipality.objects.values_list("code", "name")),
        "behov": Need.objects.for_choices().choices(),
        "maalgruppe": TargetGroup.objects.in_order().choices(),
        "form": Format.objects.in_order().choices(),
        "sprog": Language.objects.in_order().choices(),
    }


class OfferFilter(IndexFilter):
    """Values of one filter widen the answer (or), filters together narrow it (and)."""

    q = WordsFilter(label=_("Hvad har du brug for hjælp til?"))
    alder = WholeNumberFilter(low=0, high=OLDEST_AGE, sentence=NOT_AN_AGE, label=_("Alder"))
    alder_til = WholeNumberFilter(low=0, high=OLDEST_AGE, sentence=NOT_AN_AGE, label=_("Til og med alder"))
    hvem = ChoiceFilter(
        choices=[*((who.value, label) for who, label in WHOM.items()), (ANYBODY, _("Det er lige meget"))],
        empty_label=_("Ikke valgt"),
        label=_("Hvem søger du hjælp til?"),
        error_messages={"invalid_choice": _("Det kan man ikke vælge. Listen tager ikke hensyn til det.")},
    )
    kommune = KnownChoicesFilter(label=_("Kommune"))
    behov = KnownChoicesFilter(label=_("Behov"))
    maalgruppe = KnownChoicesFilter(label=_("For hvem"))
    form = KnownChoicesFilter(label=_("Form"))
    adgang = KnownChoicesFilter(choices=Offer.WayIn, label=_("Vej ind"))
    anonym = KnownChoicesFilter(choices=Offer.Anonymous, label=_("Anonymt"))
    pris = KnownChoicesFilter(choices=Offer.Cost, label=_("Pris"))
    sprog = KnownChoicesFilter(label=_("Sprog"))
    aaben = KnownChoicesFilter(choices=[("nu", _("Åbent nu"))], label=_("Åbningstid"))
    sorter = ChoiceFilter(
        choices=ORDERS,
        empty_label=None,
        label=_("Rækkefølge"),
        error_messages={
            "invalid_choice": _("Den rækkefølge findes ikke. Listen står efter, hvad der passer.")
        },
    )
    omkring = ChoiceFilter(
        choices=[("ja", format_lazy(_("også {years} år yngre og ældre"), years=SPREAD))], label=_("Alder")
    )

    class Meta:
        model = Offer
        fields: list[str] = []

    @classmethod
    def of(cls, data: QueryDict) -> Self:
        """Return the list as it is asked by `data`, in the language of the page.

        To make the form from nothing costs as much as to answer. So one is kept until a vocabulary changes.
        """
        key = "list", cls, get_language()
        unasked = current.kept.value(key, lambda: cls(QueryDict(), queryset=Offer.objects.none()))
        return unasked.asking(data)

    GROUPS = ("kommune", "behov", "maalgruppe", "form", "adgang", "anonym", "pris", "sprog", "aaben")
    not_narrowing = ("sorter", "ordret", "hvem")

    def choices(self):
        """Return the vocabularies in the language of the page, read again when one has changed."""
        return current.kept.value(("choices", get_language()), _vocabularies)

    def get_form_class(self):
        """Return the class of the form, which is the same until a vocabulary changes."""
        return current.kept.value((type(self), get_language()), super().get_form_class)

    @cached_property
    def municipalities(self) -> list[tuple[str, str]]:
        """The codes and names of the municipalities."""
        return list(self.vocabularies["kommune"])

    @cached_property
    def box(self) -> box.Box:
        """What the search box says: words, and what is read as filters."""
        text = self.form.cleaned_data.get("q") or ""
        return box.read(text, gazetteer(tuple(self.municipalities)))

    @property
    def who(self) -> Who | None:
        """For whom help is sought: what is chosen, or what the box tells."""
        chosen = self.form.cleaned_data.get("hvem")
        if chosen:
            return None if chosen == ANYBODY else Who(chosen)
        return self.box.who

    @cached_property
    def question(self) -> Question:
        """The whole question: what is ticked and what the box says; the age of its own field goes first."""
        asked = self.form.cleaned_data
        chosen = self.chosen()
        age, until = self.ages
        for one in self.box.taken:
            if self.is_overruled(one):
                continue
            if one.name != "alder":
                chosen[one.name] = tuple(dict.fromkeys((*chosen[one.name], *one.values)))
            else:
                age, until = int(one.values[0]), int(one.values[-1])
        return Question(
            words=self.box.words,
            age=age,
            until_age=until,
            who=self.who,
            chosen=chosen,
            correct=not self.is_verbatim,
            spread=SPREAD if asked.get("omkring") else 0,
            order=Order(asked.get("sorter") or Order.BEST),
        )

    @property
    def ages(self) -> tuple[int | None, int | None]:
        """The youngest and the oldest age of the fields; None for no age."""
        asked = self.form.cleaned_data
        age, until = asked.get("alder"), asked.get("alder_til")
        return (0 if age is None and until is not None else age), age if until is None else until

    def ask(self, question: Question) -> Answer:
        """Return the answer of the index of offers."""
        return current.ask(question)

    @property
    def is_crisis(self) -> bool:
        """Whether one asks about something that cannot wait, so that the acute lines come first."""
        return bool(self.crisis_needs)

    @cached_property
    def crisis_needs(self) -> list[str]:
        """The needs that cannot wait: those that are ticked, and those of which the words tell."""
        ticked = [slug for slug in CRISIS_NEEDS if slug in self.question.chosen["behov"]]
        read = None if self.is_verbatim else self.answer.understanding
        return [*ticked, *crisis_needs(self.box.words, read)]

    def words_searched(self) -> str:
        """Return the rest of the text, when what is read as filters is taken out."""
        return self.box.words

    def chips(self) -> list[Chip]:
        """Return what narrows the list, what the box was read as included, each to be taken away."""
        read = [
            Chip(
                self._said(one),
                self.query_with(q=[self.box.without(one)]),
            )
            for one in self.box.taken
        ]
        if self.who:
            let_go = [ANYBODY] if self.box.who else []
            label = str(WHOM[self.who])
            words = gettext("For: {whom}").format(whom=f"{label[0].lower()}{label[1:]}")
            read.append(Chip(words, self.query_with(hvem=let_go)))
        return [*read, *super().chips()]

    def _said(self, one: Taken) -> str:
        """Return what was read as one thing, in words."""
        said = in_words(one.label)
        return gettext("{said} (bruges ikke)").format(said=said) if self.is_overruled(one) else said

    def is_overruled(self, one: Taken) -> bool:
        """Whether what was read gives way to its field: an age, and a wish that lets in the unknown."""
        chosen = self.form.cleaned_data.get(one.name)
        return bool(chosen) if UNKNOWN in one.values else one.name == "alder" and self.ages[0] is not None

    def query_without(self, name: str, value: str) -> str:
        """Return the query string without one thing; without the words, what the box was read as stays."""
        if name == "alder":
            return self.query_with(alder=[], alder_til=[])
        return self.query_with(q=[self.box.read]) if name == "q" else super().query_without(name, value)

    def _chosen(self, name: str) -> list[str]:
        """Return the valid values given for one filter; a range of ages is one thing."""
        if name not in {"alder", "alder_til"}:
            return super()._chosen(name)
        age, until = self.ages
        if name == "alder_til" or age is None:
            return []
        return [str(age) if until == age else f"{age}–{until}"]

    def _read(self) -> None:
        """Read the form; ages that go backwards are told, and the first of them holds."""
        super()._read()
        age, until = self.ages
        if age is not None and until is not None and until < age:
            self.form.add_error(
                "alder_til", gettext("Den ældste alder må ikke være lavere end den yngste.")
            )

    def cards(self, keys: Sequence[int]) -> list[Card]:
        """Return the cards of the offers `keys`, in their order."""
        return shelf.cards(current.reader().index, keys)
