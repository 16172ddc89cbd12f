"""Filters for public lists: what is wrong is said at its field, and the rest still holds."""

from collections.abc import Iterable, Sequence
from copy import copy
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Self

from django import forms
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django_filters import CharFilter, ChoiceFilter, Filter, FilterSet, MultipleChoiceFilter

from offers import cpr
from offers.search.question import Answer, Question

MAX_WORDS_LENGTH = 1000

Choices = Iterable[tuple[str, str]]


class KnownChoicesField(forms.MultipleChoiceField):
    """Several values out of a list; an unknown one is named in the error."""

    widget = forms.CheckboxSelectMultiple
    default_error_messages = {
        "invalid_choice": _("“%(value)s” findes ikke. Vælg i stedet fra listen."),
    }

    def to_python(self, value):
        """Return the values, each once, without the character that no page can show."""
        values = super().to_python(value)
        return list(dict.fromkeys(one.replace("\0", "\N{REPLACEMENT CHARACTER}") for one in values))

    def usable(self, values: Iterable[str]) -> list[str]:
        """Return those of `values` that can be chosen."""
        return [value for value in dict.fromkeys(values) if self.valid_value(value)]


class WordsField(forms.CharField):
    """Free text; of one that is too long the beginning can be used."""

    def usable(self, values: Sequence[str]) -> str:
        """Return the beginning of the last of `values`, if any, without the character no page can show."""
        return "".join(values[-1:]).replace("\0", " ")[: self.max_length].strip()


class KnownChoicesFilter(MultipleChoiceFilter):
    """Any of several values."""

    field_class = KnownChoicesField


class WordsFilter(CharFilter):
    """Free text."""

    field_class = WordsField

    def __init__(self, **options):
        """Say what is done with a text that is too long or cannot be read."""
        too_long = format_lazy(
            _("Teksten er for lang. Vi søgte efter de første {number} tegn."), number=MAX_WORDS_LENGTH
        )
        nul = _("Et tegn i teksten kan ikke læses. Vi søgte efter resten.")
        messages = {"max_length": too_long, "null_characters_not_allowed": nul}
        super().__init__(max_length=MAX_WORDS_LENGTH, error_messages=messages, **options)


class WholeNumberFilter(Filter):
    """A whole number between two bounds, both included."""

    field_class = forms.IntegerField

    def __init__(self, *, low: int, high: int, sentence: str | Promise, **options):
        """`sentence` is the answer to everything that is not such a number."""
        messages = dict.fromkeys(("invalid", "min_value", "max_value"), sentence)
        super().__init__(min_value=low, max_value=high, error_messages=messages, **options)


@dataclass(frozen=True)
class Chip:
    """One thing that narrows the list: its words, and the query string without it."""

    words: str
    query: str


def without_cpr(data: QueryDict) -> tuple[QueryDict, list[str]]:
    """Return what is asked without what may be CPR numbers, and the names under which they stood.

    Every filter asks through here, so that no field, link or error can show one again; in addresses they
    are hidden already (`directory/privacy.py`).
    """
    clean, refused = QueryDict(mutable=True), []
    for name, values in data.lists():
        kept = [cpr.removed(value) for value in values]
        clean.setlist(cpr.removed(name), kept)
        if kept != values or cpr.removed(name) != name:
            refused.append(name)
    return clean, refused


class ListFilter(FilterSet):
    """A FilterSet whose choices are read once a request, and which knows what is chosen."""

    # Filters that change how the list is shown, not what is in it.
    not_narrowing: tuple[str, ...] = ("sorter",)

    def __init__(self, data: QueryDict, *args, **kwargs):
        """Read the choices before the form is made, and forget what may be a CPR number."""
        asked, self.refused = without_cpr(data)
        super().__init__(asked, *args, **kwargs)
        self.vocabularies = {name: list(some) for name, some in self.choices().items()}
        for name, choices in self.vocabularies.items():
            self.filters[name].extra["choices"] = choices
        self._read()

    def _read(self) -> None:
        """Read the form; of a wrong answer keep what can be used."""
        self.form.is_valid()  # what is right stands in `cleaned_data`, whatever is wrong beside it
        for name in self.refused:
            self.form.add_error(name if name in self.form.fields else "q", cpr.REFUSED)
        for name in self.form.errors:
            field = self.form.fields[name]
            if isinstance(field, KnownChoicesField | WordsField):
                self.form.cleaned_data[name] = field.usable(self.data.getlist(name))

    def choices(self) -> dict[str, Choices]:
        """Return the choices of each filter that offers any, by its name."""
        return {}

    def asking(self, data: QueryDict) -> Self:
        """Return the same list asked another question, as if by its address; cheap, and without a query.

        The two share their fields, which asking leaves as they are.
        """
        asked, refused = without_cpr(data)
        other = copy(self)
        kept = {name: value for name, value in vars(self).items() if name not in self._answers()}
        other.__dict__ = kept | {"data": asked, "refused": refused, "_form": copy(self.form)}
        other.form.__dict__ |= {"data": asked, "_errors": None, "_bound_fields_cache": {}}
        other._read()
        return other

    @classmethod
    @cache
    def _answers(cls) -> frozenset[str]:
        """Return the names of what is worked out once for a question."""
        return frozenset(name for name in dir(cls) if isinstance(getattr(cls, name), cached_property))

    def query_with(self, **values: list[str]) -> str:
        """Return the query string with other values for some names, and back on the first page."""
        query = self.data.copy()
        query.pop("page", None)
        for name, several in values.items():
            query.setlist(name, [value for value in several if value])
        return query.urlencode()

    def query_without(self, name: str, value: str) -> str:
        """Return the query string without one value of one filter."""
        several = isinstance(self.form.fields[name], KnownChoicesField)
        rest = [other for other in self.data.getlist(name) if several and other != value]
        return self.query_with(**{name: rest})

    def chips(self) -> list[Chip]:
        """Return what narrows the list, each with the query string without it."""
        found = []
        for name, field in self.form.fields.items():
            chosen = self._chosen(name)
            known = dict(getattr(field, "choices", ())) if chosen else {}
            for value in chosen:
                words = self.words_searched() if name == "q" else known.get(value, value)
                label = gettext("Ord") if name == "q" else field.label
                if words:
                    found.append(Chip(f"{label}: {words}", self.query_without(name, value)))
        return found

    def words_searched(self) -> str:
        """Return the free text as it is searched."""
        return self.form.cleaned_data.get("q") or ""

    def _chosen(self, name: str) -> list[str]:
        """Return the valid values given for one filter."""
        value = self.form.cleaned_data.get(name)
        if name in self.not_narrowing or value in (None, "", []):
            return []
        return value if isinstance(value, list) else self.data.getlist(name)[-1:]

    @property
    def is_active(self) -> bool:
        """Whether anything narrows the list."""
        return any(self._chosen(name) for name in self.form.fields)

    @property
    def active_count(self) -> int:
        """How many filters beside the words are in use."""
        return sum(bool(self._chosen(name)) for name in self.form.fields if name != "q")


class IndexFilter(ListFilter):
    """A list that an index answers: it gives the keys, in their order, and the count of each choice.

    A child names the filters that are groups of the index, and says in `ask` which index answers.
    """

    ordret = ChoiceFilter(choices=[("ja", _("Ja"))], label=_("Søg ordret"))

    GROUPS: tuple[str, ...] = ()
    not_narrowing: tuple[str, ...] = ("sorter", "ordret")

    def ask(self, question: Question) -> Answer:
        """Return the answer of the index."""
        raise NotImplementedError

    @cached_property
    def question(self) -> Question:
        """What is asked: the words, and what is chosen in each group."""
        return Question(words=self.words_searched(), chosen=self.chosen(), correct=not self.is_verbatim)

    @cached_property
    def answer(self) -> Answer:
        """The answer of the index."""
        return self.ask(self.question)

    def chosen(self) -> dict[str, tuple[str, ...]]:
        """Return the values chosen in each group, as the index knows them."""
        found = {}
        for group in self.GROUPS:
            value = self.form.cleaned_data.get(group)
            several = value if isinstance(value, list) else [] if value is None else [value]
            found[group] = tuple(map(str, several))
        return found

    def fields_and_counts(self) -> list[tuple[forms.BoundField, dict[str, int]]]:
        """Return the field of each group that offers choices, with the count of each choice."""
        fields = [self.form[name] for name in self.GROUPS]
        return [
            (field, self.answer.counts[field.name])
            for field in fields
            if isinstance(field.field, KnownChoicesField)
        ]

    @property
    def is_verbatim(self) -> bool:
        """Whether every word is searched as it is written."""
        return bool(self.form.cleaned_data.get("ordret"))

    @property
    def verbatim_query(self) -> str:
        """The query string that asks for the words as they are written."""
        return self.query_with(ordret=["ja"])

    def chips(self) -> list[Chip]:
        """Return what narrows the list, and that words are not corrected."""
        verbatim = [Chip(gettext("Søger ordret"), self.query_with(ordret=[]))] if self.is_verbatim else []
        return [*super().chips(), *verbatim]
