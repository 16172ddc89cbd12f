"""What differs between states of a thing, field by field, in Danish words."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils import timezone
from django.utils.formats import date_format, time_format
from django.utils.text import capfirst

from offers.history.parts import LINES
from offers.history.states import State, bare, field_of, part_fields, part_relation

EMPTY = "(tomt)"
NONE = "(findes ikke)"
# Between the relation and the number of a part in the name of an item.
DOT = ":"

Flat = dict[str, Any]


@dataclass(frozen=True)
class Item:
    """One thing that differs: its name in the state, what people call it, and how each state has it."""

    key: str
    label: str
    texts: tuple[str, ...]
    values: tuple[Any, ...]


def flat(state: Mapping[str, Any]) -> Flat:
    """Return a state as one level: fields by their name, parts by relation and number."""
    found: Flat = dict(state["fields"])
    for name, parts in state["parts"].items():
        found |= {f"{name}{DOT}{part['id']}": part["fields"] for part in parts}
    return found


def whole(state: State, items: Flat) -> State:
    """Return `state` with the content of `items`, the other way round."""
    fields = {key: value for key, value in items.items() if DOT not in key}
    parts: dict[str, list[Any]] = {name: [] for name in state["parts"]}
    for key, value in items.items():
        if DOT in key and value is not None:
            name, number = key.split(DOT)
            parts.setdefault(name, []).append({"id": int(number), "fields": value})
    return {**state, "fields": fields, "parts": parts}


def differing(
    model: type[Model], states: Iterable[Mapping[str, Any] | None], visible: Collection[str] | None = None
) -> list[Item]:
    """Return the items in which the states are not all alike, in the order of the model's fields.

    `visible` are the names of the fields and relations that a reader may see; None is all that
    somebody can edit. A state that is None has nothing.
    """
    levels = [flat(state) if state else {} for state in states]
    keys = dict.fromkeys(key for level in levels for key in level)
    found = []
    for key in keys:
        values = tuple(level.get(key) for level in levels)
        name = key.split(DOT)[0]
        if all(_same(values[0], value) for value in values[1:]) or not _seen(model, name, visible):
            continue
        texts = tuple(in_words(model, key, value) for value in values)
        if DOT in key and len(set(texts)) == 1:
            texts = tuple(_named(model, key, value) for value in values)
        found.append(Item(key, label(model, name), texts, values))
    return found


def _same(one: Any, other: Any) -> bool:
    """Return whether two values say the same; the order of links says nothing."""
    one, other = bare(one), bare(other)
    if isinstance(one, list) and isinstance(other, list):
        return sorted(one) == sorted(other)
    return one == other or (one in (None, "", []) and other in (None, "", []))


def _seen(model: type[Model], name: str, visible: Collection[str] | None) -> bool:
    """Return whether a reader may see the field or the parts of that name."""
    if visible is not None:
        return name in visible
    field = field_of(model, name)
    return field is None or field.editable


def label(model: type[Model], name: str) -> str:
    """Return what people call a field, or one of the parts."""
    if name in getattr(model, "PARTS", ()):
        return capfirst(str(part_relation(model, name).related_model._meta.verbose_name))
    field = field_of(model, name)
    return capfirst(str(field.verbose_name)) if field else name


def in_words(model: type[Model], key: str, value: Any) -> str:
    """Return what a reader sees of a value."""
    name = key.split(DOT)[0]
    if DOT not in key:
        return _words(field_of(model, name), value) or EMPTY
    if value is None:
        return NONE
    fields = [field for field in part_fields(model, name) if field.editable]
    said = {field.name: _words(field, value.get(field.name)) for field in fields}
    ticked = [str(field.verbose_name) for field in fields if value.get(field.name) is True]
    if line := LINES.get(part_relation(model, name).related_model):
        return ", ".join([line(defaultdict(str, said)), *ticked])
    plain = [text for name, text in said.items() if text and not isinstance(value.get(name), bool)]
    return " · ".join([*plain, *ticked]) or EMPTY


def _named(model: type[Model], key: str, value: Any) -> str:
    """Return all of a part, each field with its name: two that read alike differ in what is not read."""
    if value is None:
        return NONE
    fields = [field for field in part_fields(model, key.split(DOT)[0]) if field.editable]
    pairs = [(capfirst(str(field.verbose_name)), _words(field, value.get(field.name))) for field in fields]
    return "\n".join(f"{name}: {text}" for name, text in pairs if text) or EMPTY


def _words(field: Any, value: Any) -> str:
    """Return a value as people write it; empty for none."""
    if value is None or value == "" or value == []:
        return ""
    if isinstance(value, list):
        return ", ".join(sorted(one["name"] for one in value))
    if isinstance(value, dict):
        return value["name"]
    chosen = dict(field.flatchoices).get(value) if field else None
    try:
        return str(chosen) if chosen else _told(field.to_python(value) if field else value)
    except ValidationError:
        return str(value)


def _told(value: Any) -> str:
    """Return yes and no, a date or an hour as Danes write it, anything else as it is."""
    if isinstance(value, bool):
        return "ja" if value else "nej"
    if isinstance(value, datetime):
        return date_format(timezone.localtime(value), "j. F Y H:i")
    if isinstance(value, date):
        return date_format(value, "j. F Y")
    if isinstance(value, time):
        return time_format(value, "H:i")
    return str(value)
