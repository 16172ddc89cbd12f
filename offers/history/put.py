"""Makes a thing what a state says. The rules hold as they do for what an editor types."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.db.models import Model

from offers.history.states import State, many_fields, own_fields, part_fields, part_relation, parts_of
from offers.history.taken import keep_dates

TAKEN = "Det passer ikke med noget andet, der er gemt: noget bruges to steder, eller noget mangler."
GONE = "“{name}” findes ikke mere og er udeladt."


class Putting:
    """One state on its way into the database; `notes` are sentences on what had to be left out."""

    def __init__(self, state: State, *, checked: bool = True):
        """Whether the rules are asked; a state that has stood there may be put back to look at."""
        self.state = state
        self.checked = checked
        self.notes: list[str] = []

    def on(self, row: Model, keep: Iterable[str] = ()) -> None:
        """Store the state on a row, old or new; its fields in `keep` stay. Raises ValidationError."""
        model, keep = type(row), set(keep)
        new = row._state.adding
        fields = self._values(own_fields(model), self.state["fields"], keep)
        for name, value in fields.items():
            setattr(row, name, value)
        self._store(row)
        if new:
            keep_dates(row, fields)
        for field in many_fields(model):
            if field.name not in keep and field.name in self.state["fields"]:
                getattr(row, field.name).set(
                    self._known(field.related_model, self.state["fields"][field.name])
                )
        for name in parts_of(model):
            if name not in keep and name in self.state["parts"]:
                self._put_parts(row, name, self.state["parts"][name])

    def _put_parts(self, row: Model, name: str, wanted: list[dict[str, Any]]) -> None:
        """Let the parts be those of the state.

        What differs is taken away first and stored anew: two parts may have changed places.
        """
        relation = part_relation(type(row), name)
        model = relation.related_model
        fields = part_fields(type(row), name)
        present = {part.pk: part for part in model._base_manager.filter(**{relation.field.name: row})}
        needed = [field.name for field in fields if field.is_relation and not field.null]
        anew = []
        for part in wanted:
            values = self._values(fields, part["fields"], set())
            there = present.get(part["id"])
            if there and all(getattr(there, key) == value for key, value in values.items()):
                del present[part["id"]]
            elif not any(values.get(key) is None for key in needed):
                anew.append((part["id"], values))
        model._base_manager.filter(pk__in=list(present)).delete()
        for key, values in anew:
            one = model(pk=self._number(model, key), **{relation.field.name: row}, **values)
            self._store(one)

    def _number(self, model: type[Model], key: int) -> int | None:
        """Return the number that a part had, if it is free; one below zero was made up for the while."""
        if key < 0:
            return None if self.checked else key
        return None if model._base_manager.filter(pk=key).exists() else key

    def _store(self, row: Model) -> None:
        """Store one row that keeps the rules; raises ValidationError."""
        if self.checked:
            row.full_clean()
        row.save(force_insert=row._state.adding)

    def _values(self, fields: Iterable[Any], given: dict[str, Any], keep: set[str]) -> dict[str, Any]:
        """Return what each field is to hold; a row pointed to that is gone is left out, and told."""
        found: dict[str, Any] = {}
        for field in fields:
            if field.name in keep or field.name not in given:
                continue
            value = given[field.name]
            if not field.is_relation:
                found[field.name] = field.to_python(value)
            elif value is None:
                found[field.name] = None
            else:
                known = self._known(field.related_model, [value])
                found[field.name] = known[0] if known else None
        return found

    def _known(self, model: type[Model], references: list[dict[str, Any]]) -> list[Any]:
        """Return the rows that are still there of those pointed to, and note the others."""
        rows = model._base_manager.in_bulk([one["id"] for one in references])
        self.notes += [GONE.format(name=one["name"]) for one in references if one["id"] not in rows]
        return [rows[one["id"]] for one in references if one["id"] in rows]


@contextmanager
def as_if() -> Iterator[None]:
    """Let a block change the database for its own eyes only: all of it is taken back when it ends."""
    with transaction.atomic():
        try:
            yield
        finally:
            transaction.set_rollback(True)


def sentences(error: ValidationError | IntegrityError, model: type[models.Model]) -> list[str]:
    """Return what stands in the way, each after the name of its field."""
    if isinstance(error, IntegrityError):
        return [TAKEN]
    if not hasattr(error, "error_dict"):
        return list(error.messages)
    labels = {
        field.name: str(getattr(field, "verbose_name", field.name)) for field in model._meta.get_fields()
    }
    return [
        text if name == "__all__" else f"{labels.get(name, name).capitalize()}: {text}"
        for name, texts in error.message_dict.items()
        for text in texts
    ]
