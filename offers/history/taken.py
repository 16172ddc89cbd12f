"""What goes with a thing when it is deleted, although it is no part of it: links of others, reports, …"""

import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.contrib.admin.utils import NestedObjects
from django.core.exceptions import ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.db import DEFAULT_DB_ALIAS
from django.db.models import Model

from offers.history.states import parts_of


@dataclass(frozen=True)
class Taken:
    """A row that goes; as an entry of a version: `{"model", "id", "name", "fields": {column: value}}`."""

    row: Any

    @property
    def entry(self) -> dict[str, Any]:
        """The row as plain values; what it points to as numbers."""
        fields = {
            field.attname: field.value_from_object(self.row)
            for field in self.row._meta.concrete_fields
            if not field.primary_key
        }
        plain = json.loads(json.dumps(fields, cls=DjangoJSONEncoder))
        name = str(self.row)
        return {"model": self.row._meta.label_lower, "id": self.row.pk, "name": name, "fields": plain}


def taken_with(row: Model) -> list[Taken]:
    """Return what would go with `row`."""
    collector = NestedObjects(using=DEFAULT_DB_ALIAS, origin=row)
    collector.collect([row])
    groups = [sorted(rows, key=lambda one: one.pk) for rows in collector.data.values()]
    return [Taken(one) for rows in groups for one in rows if _goes_with(one, row)]


def owners(taken: Iterable[Taken]) -> list[Model]:
    """Return the things that lose a part or a link, and those that go themselves."""
    found: list[Model] = []
    for one in taken:
        source: Any = one.row._meta.auto_created
        if source:
            link = next(field for field in one.row._meta.fields if field.related_model is source)
            found.append(getattr(one.row, link.name))
        else:
            found.append(one.row)
    return found


def named_in(entries: Iterable[dict[str, Any]]) -> dict[type[Model], list[int]]:
    """Return the numbers of the things that the entries are, or belong to, by their model."""
    found: dict[type[Model], list[int]] = defaultdict(list)
    for entry in entries:
        try:
            model: Any = apps.get_model(entry["model"])
        except LookupError:
            continue
        source = model._meta.auto_created
        links = [field for field in model._meta.fields if field.related_model is source] if source else []
        links += [model._meta.get_field(name) for name in getattr(model, "PART_OF", ())]
        belongs = ((link.related_model, entry["fields"][link.attname]) for link in links)
        owner, key = next((pair for pair in belongs if pair[1] is not None), (model, entry["id"]))
        if key not in found[owner]:
            found[owner].append(key)
    return found


def _goes_with(one: Any, row: Model) -> bool:
    """Return whether the other row is one to keep; what a program writes, as mails it sent, is not."""
    return one != row and getattr(one, "VERSIONED", True) and not _is_own(one, row)


def _is_own(one: Any, row: Model) -> bool:
    """Return whether the state of `row` tells of the other row already."""
    model = type(row)
    relations: list[Any] = [model._meta.get_field(name) for name in parts_of(model)]
    own_parts = ((relation.related_model, relation.field.attname) for relation in relations)
    if any(type(one) is part and getattr(one, column) == row.pk for part, column in own_parts):
        return True
    if one._meta.auto_created is not model:
        return False
    link = next(field for field in one._meta.fields if field.related_model is model)
    return getattr(one, link.attname) == row.pk


def bring_back(entries: Iterable[dict[str, Any]]) -> list[str]:
    """Store rows that went with a thing; returns the names of those whose other end is no longer there."""
    waiting = list(entries)
    while waiting:
        left = [entry for entry in waiting if not _brought_back(entry)]
        if len(left) == len(waiting):
            break
        waiting = left  # some may have waited for others
    return [entry["name"] for entry in waiting]


def _brought_back(entry: dict[str, Any]) -> bool:
    """Store one row as it was, unless something it points to is gone or its place is taken."""
    try:
        model = apps.get_model(entry["model"])
    except LookupError:  # a release has taken the model away since
        return False
    columns = {field.attname: field for field in model._meta.concrete_fields if not field.primary_key}
    values = {
        name: columns[name].to_python(value) for name, value in entry["fields"].items() if name in columns
    }
    if model._base_manager.filter(pk=entry["id"]).exists():
        return True
    for name, value in values.items():
        other = columns[name].related_model
        if other and value is not None and not other._base_manager.filter(pk=value).exists():
            return False
    row = model(pk=entry["id"], **values)
    if not _has_room(row):
        return False
    row.save(force_insert=True)
    keep_dates(row, values)
    return True


def _has_room(row: Model) -> bool:
    """Return whether no other row stands where the row has to stand."""
    try:
        row.validate_unique()
        row.validate_constraints()
    except ValidationError:
        return False
    return True


def keep_dates(row: Model, values: dict[str, Any]) -> None:
    """Give a row that was stored anew the moment at which it was first made."""
    made = [field.attname for field in row._meta.concrete_fields if getattr(field, "auto_now_add", False)]
    if known := {name: values[name] for name in made if values.get(name) is not None}:
        type(row)._base_manager.filter(pk=row.pk).update(**known)
