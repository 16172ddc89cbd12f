"""How the guide asks: choices in groups, and long lists of names, which one finds by typing. No script."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, ClassVar

from django import forms
from django.db.models import Q, QuerySet

from offers.admin.guarded import GuardedForm
from offers.danish import sort_key
from offers.permissions import Who, seen

# A list that one can read through; a longer one is found in by typing.
MOST_SHOWN = 25
MANY = forms.CheckboxSelectMultiple | forms.RadioSelect
WORDS_LENGTH = 120
FIND, WORDS = "find", "_ord"


def words_field() -> forms.CharField:
    """Return the field in which one types a part of a name."""
    return forms.CharField(label="Skriv en del af navnet", required=False, max_length=WORDS_LENGTH)


@dataclass(frozen=True)
class Group:
    """Choices that stand together under a name; `is_open` when one of them is chosen."""

    name: str
    boxes: list[Any]
    is_open: bool


@dataclass(frozen=True)
class Row:
    """One question of a page: its field, the choices in groups, and what one types to find more."""

    field: forms.BoundField
    is_many: bool
    is_tick: bool
    groups: tuple[Group, ...] = ()
    words: forms.BoundField | None = None


class GuideForm(GuardedForm):
    """One page of the guide, about an offer that may not be stored yet."""

    # A fingerprint of what the person saw when the page was shown.
    seen = ""
    # Fields whose choices are found by typing, and how choices are put into groups: a name for each key.
    found: tuple[str, ...] = ()
    grouped: ClassVar[dict[str, Callable[[Any], dict[Any, str]]]] = {}

    def narrowed_to(self, person: Who) -> "GuideForm":
        """Let a person choose among what she may see, and show of long lists what is chosen or found."""
        for name in self.found:
            choices: Any = self.fields[name]
            choices.queryset = seen(person, choices.queryset)
            self._narrow(name)
        return self

    @property
    def is_searching(self) -> bool:
        """Whether what was sent asks for names, and not for the next page."""
        name = self.data.get(FIND, "")
        return name in self.found and bool(self.data.get(self.add_prefix(name + WORDS), "").strip())

    def rows(self) -> list[Row]:
        """Return the questions, in their order."""
        return [self._row(name) for name in self.fields if not name.endswith(WORDS)]

    def answers(self) -> list[tuple[str, str]]:
        """Return each question that is answered, with the answer in words."""
        told = []
        for row in self.rows():
            value: Any = row.field.value()
            if row.is_many:
                chosen = (box for group in row.groups for box in group.boxes if box.data["selected"])
                value = ", ".join(str(box.choice_label) for box in chosen)
            elif row.is_tick:
                value = "ja" if value else ""
            if value not in (None, ""):
                told.append((str(row.field.label), str(value)))
        return told

    def store(self) -> None:
        """Store the answers; whoever calls keeps a version."""
        self.save()

    def _row(self, name: str) -> Row:
        """Return one question."""
        bound, shown = self[name], self.fields[name]
        is_many, is_tick = isinstance(shown.widget, MANY), isinstance(shown.widget, forms.CheckboxInput)
        words = self[name + WORDS] if name + WORDS in self.fields else None
        return Row(bound, is_many, is_tick, tuple(self._groups(name)) if is_many else (), words)

    def _groups(self, name: str) -> list[Group]:
        """Return the choices of a field, by the name of their group."""
        boxes = list(self[name].subwidgets)
        group_of = self.grouped.get(name)
        if group_of is None:
            return [Group("", boxes, True)]
        choices: Any = self.fields[name]
        names = group_of(choices.queryset)
        groups: dict[str, list[Any]] = {}
        for box in boxes:
            key = getattr(box.data["value"], "value", box.data["value"])
            groups.setdefault(names.get(key, ""), []).append(box)
        return [Group(one, own, any(box.data["selected"] for box in own)) for one, own in groups.items()]

    def _narrow(self, name: str) -> None:
        """Let a field offer a list that one can read through."""
        chosen_from: Any = self.fields[name]
        rows: QuerySet = chosen_from.queryset
        if rows.count() <= MOST_SHOWN:
            del self.fields[name + WORDS]
            self.refused = [one for one in self.refused if one != name + WORDS]
            return
        words = self.data.get(self.add_prefix(name + WORDS), "") if self.is_bound else ""
        near = Q(pk__in=self._chosen(name))
        if words.strip():
            near |= Q(pk__in=list(named(rows, words).values_list("pk", flat=True)[:MOST_SHOWN]))
        chosen_from.queryset = rows.filter(near)

    def _chosen(self, name: str) -> list[int]:
        """Return the keys that are chosen just now."""
        if self.is_bound:
            data: Any = self.data
            return [int(key) for key in data.getlist(self.add_prefix(name)) if key.isdecimal()]
        value: Any = self.get_initial_for_field(self.fields[name], name)
        several: list[Any] = list(value) if isinstance(value, list | tuple) else [value]
        return [int(getattr(one, "pk", one)) for one in several if one]


def named(rows: QuerySet, words: str) -> QuerySet:
    """Return those of `rows` whose name has every word of `words` in it."""
    for word in sort_key(words).split():
        rows = rows.filter(sort_key__contains=word)
    return rows
