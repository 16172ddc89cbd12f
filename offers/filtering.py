"""Filters for public lists: what is wrong is said at its field, and the rest still holds."""

from collections.abc import Iterable

from django import forms
from django_filters import CharFilter, Filter, FilterSet, MultipleChoiceFilter

MAX_WORDS_LENGTH = 200

Choices = Iterable[tuple[str, str]]


class KnownChoicesField(forms.MultipleChoiceField):
    """Several values out of a list; an unknown one is named in the error."""

    widget = forms.CheckboxSelectMultiple
    default_error_messages = {
        "invalid_choice": "“%(value)s” findes ikke. Vælg i stedet fra listen.",
    }


class KnownChoicesFilter(MultipleChoiceFilter):
    """Any of several values. The method that filters gets the list of values."""

    field_class = KnownChoicesField


class WordsFilter(CharFilter):
    """Free text."""

    def __init__(self, **options):
        """Refuse a text that is too long to be meant."""
        too_long = f"Søgningen er for lang. Skriv højst {MAX_WORDS_LENGTH} tegn."
        nul = "Søgningen indeholder et tegn, der ikke kan læses. Skriv den igen."
        messages = {"max_length": too_long, "null_characters_not_allowed": nul}
        super().__init__(max_length=MAX_WORDS_LENGTH, error_messages=messages, **options)


class WholeNumberFilter(Filter):
    """A whole number between two bounds, both included."""

    field_class = forms.IntegerField

    def __init__(self, *, low: int, high: int, sentence: str, **options):
        """`sentence` is the answer to everything that is not such a number."""
        messages = dict.fromkeys(("invalid", "min_value", "max_value"), sentence)
        super().__init__(min_value=low, max_value=high, error_messages=messages, **options)


class ListFilter(FilterSet):
    """A FilterSet whose choices are read once a request, and which knows what is chosen."""

    def __init__(self, *args, **kwargs):
        """Read the choices before the form is made."""
        super().__init__(*args, **kwargs)
        for name, choices in self.choices().items():
            self.filters[name].extra["choices"] = list(choices)

    def choices(self) -> dict[str, Choices]:
        """Return the choices of each filter that offers any, by its name."""
        return {}

    @property
    def chips(self) -> list[tuple[str, str]]:
        """What narrows the list, as pairs of words and the query string without it."""
        found = []
        for name, field in self.form.fields.items():
            known = dict(getattr(field, "choices", ()))
            for value in self._chosen(name):
                query = self.data.copy()
                rest = [other for other in query.getlist(name) if other != value]
                query.setlist(name, rest)
                query.pop("page", None)
                label = "Ord" if name == "q" else field.label
                found.append((f"{label}: {known.get(value, value)}", query.urlencode()))
        return found

    def _chosen(self, name: str) -> list[str]:
        """Return the valid values given for one filter; the order is not one that narrows."""
        value = self.form.cleaned_data.get(name)
        if name == "sorter" or value in (None, "", []):
            return []
        return value if isinstance(value, list) else self.data.getlist(name)[-1:]

    @property
    def is_active(self) -> bool:
        """Whether anything narrows the list (the order does not)."""
        return any(value for name, value in self.form.cleaned_data.items() if name != "sorter")

    @property
    def active_count(self) -> int:
        """How many filters beside the words are in use."""
        apart = {"q", "sorter"}
        chosen = self.form.cleaned_data.items()
        return sum(value not in (None, "", []) for name, value in chosen if name not in apart)
