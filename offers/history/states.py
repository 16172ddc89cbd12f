"""The state of a thing: all that was written of it and its parts, as plain values for a JSON column.

`{"id", "name", "fields": {name: value}, "parts": {relation: [{"id", "fields"}, …]}}`. What points to
another row is `{"id", "name"}`: the number finds it again when its address has changed, and the name tells
a reader what it was when it is gone. What the program works out by itself is left out.
"""

import hashlib
import json
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Model, Prefetch

from offers.models.tracked import ROWS_AT_A_TIME, batched

State = dict[str, Any]
LONGEST_NAME = 300


def parts_of(model: type[Model]) -> tuple[str, ...]:
    """Return the relations to the rows that are parts of a thing."""
    return getattr(model, "PARTS", ())


def own_fields(model: type[Model]) -> list[Any]:
    """Return the fields that somebody wrote, and those that name the row; no files, and nothing derived."""
    return [
        field
        for field in model._meta.concrete_fields
        if not (field.primary_key or isinstance(field, models.BinaryField))
        and not (getattr(field, "worked_out", False) or getattr(field, "auto_now", False))
    ]


def _many(model: type[Model]) -> list[Any]:
    """Return the many-to-many relations; the stubs think that one may have no rows between."""
    return list(model._meta.many_to_many)


def many_fields(model: type[Model]) -> list[Any]:
    """Return the many-to-many relations without rows of their own between."""
    return [field for field in _many(model) if field.remote_field.through._meta.auto_created]


def part_relation(model: type[Model], name: str) -> Any:
    """Return the relation of that name from a thing to its parts."""
    return model._meta.get_field(name)


def part_fields(model: type[Model], name: str) -> list[Any]:
    """Return the fields of a part; not the one that says what it is part of."""
    relation = part_relation(model, name)
    return [field for field in own_fields(relation.related_model) if field != relation.field]


def states(model: type[Model], keys: Iterable[int]) -> dict[int, State]:
    """Return the state of each row that is there. A dozen queries for each five hundred rows."""
    found: dict[int, State] = {}
    for some in batched(list(keys), ROWS_AT_A_TIME):
        for row in _loaded(model).filter(pk__in=some):
            found[row.pk] = _plain(_state(row))
    return found


def state_of(row: Model) -> State:
    """Return the state that the row has in the database now; raises KeyError when it is gone."""
    return states(type(row), [row.pk])[row.pk]


def digest(state: Mapping[str, Any]) -> str:
    """Return a fingerprint that differs when the thing does; the names of other rows are not part of it."""
    text = json.dumps(bare({**state, "name": None}), sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def bare(value: Any) -> Any:
    """Return a state, or a value in it, with numbers for what points to other rows.

    A browser sends each new line as two signs; that is no difference.
    """
    if isinstance(value, str):
        return value.replace("\r\n", "\n")
    if isinstance(value, list):
        return [bare(one) for one in value]
    if isinstance(value, Mapping):
        if set(value) == {"id", "name"}:
            return value["id"]
        return {name: bare(one) for name, one in value.items()}
    return value


def narrowed(state: State, names: Collection[str]) -> State:
    """Return of a state the fields and parts of those names."""
    return {
        **state,
        "fields": {name: value for name, value in state["fields"].items() if name in names},
        "parts": {name: value for name, value in state["parts"].items() if name in names},
    }


def _loaded(model: type[Model]) -> Any:
    """Return the rows of `model` with all that a state tells."""
    rows = model._base_manager.select_related(*_to_one(own_fields(model)))
    many: list[Any] = [Prefetch(field.name, _all(field.related_model)) for field in many_fields(model)]
    for name in parts_of(model):
        parts = _all(part_relation(model, name).related_model)
        many.append(Prefetch(name, parts.select_related(*_to_one(part_fields(model, name)))))
    return rows.prefetch_related(*many)


def _all(model: type[Model]) -> Any:
    """Return every row, in the order in which they were made."""
    return model._base_manager.order_by("pk")


def _to_one(fields: Iterable[Any]) -> list[str]:
    """Return the names of those that point to a row."""
    return [field.name for field in fields if field.is_relation]


def _state(row: Any) -> State:
    """Return the state of a row that was loaded."""
    model = type(row)
    fields = {field.name: _value(row, field) for field in own_fields(model)}
    fields |= {
        field.name: [reference(one) for one in getattr(row, field.name).all()]
        for field in many_fields(model)
    }
    parts = {
        name: [
            {
                "id": part.pk,
                "fields": {field.name: _value(part, field) for field in part_fields(model, name)},
            }
            for part in getattr(row, name).all()
        ]
        for name in parts_of(model)
    }
    return {"id": row.pk, "name": str(row)[:LONGEST_NAME], "fields": fields, "parts": parts}


def _value(row: Model, field: Any) -> Any:
    """Return what stands in one field."""
    if field.is_relation:
        other = getattr(row, field.name)
        return None if other is None else reference(other)
    return field.value_from_object(row)


def reference(row: Model) -> dict[str, Any]:
    """Return what points to a row."""
    return {"id": row.pk, "name": str(row)}


class Milliseconds(DjangoJSONEncoder):
    """Writes a moment as the same moment is written when it comes back from JSON, where it has no less.

    Django cuts it at the millisecond, but writes “.000” only where there was something behind it.
    """

    def default(self, o: Any) -> Any:
        """Return what JSON can hold of `o`."""
        return super().default(
            o.replace(microsecond=o.microsecond // 1000 * 1000) if isinstance(o, datetime) else o
        )


def _plain(state: State) -> State:
    """Return the state as it comes back from a JSON column."""
    return json.loads(json.dumps(state, cls=Milliseconds))


def field_of(model: type[Model], name: str) -> models.Field | None:
    """Return the field of that name; None when a release has taken it away since."""
    return next((field for field in (*own_fields(model), *many_fields(model)) if field.name == name), None)
