"""Whoever corrects a contact is told where the old one still stands in the text."""

from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.db import models
from django.http import HttpRequest

from offers.history.record import Recording
from offers.history.states import State, own_fields, part_fields, part_relation, parts_of
from offers.left_behind import corrected, stands_in
from offers.models import Offer, WorkingCopy

# Not the public's to read, and not everybody's who writes.
NOTE = "internal_note"
ADDRESSES = (models.URLField, models.SlugField, models.EmailField)


def warn(request: HttpRequest, kept: Recording) -> None:
    """Say of each offer that was changed where a contact that is gone still stands."""
    changes = kept.changes(Offer)
    changes += [(was["fields"]["state"], now["fields"]["state"]) for was, now in kept.changes(WorkingCopy)]
    for was, now in changes:
        for value, labels in leftovers(was, now):
            places = " og ".join(filter(None, (", ".join(labels[:-1]), labels[-1])))
            text = f"“{value}” er ikke kontakt mere, men står stadig under {places}. Ret det også der."
            messages.warning(request, text)


def leftovers(was: State, now: State) -> list[tuple[str, list[str]]]:
    """Return each contact that has gone, with the names of the fields of the offer that still tell it."""
    contacts = [[part["fields"] for part in state["parts"]["contact_points"]] for state in (was, now)]
    texts = list(_texts(now))
    found = []
    for value in corrected(*contacts):
        labels = list(dict.fromkeys(f"“{label}”" for label, text in texts if stands_in(value, text)))
        found += [(value, labels)] if labels else []
    return found


def _texts(state: State) -> Iterator[tuple[str, str]]:
    """Yield what the public can read of an offer in free text, with the name that the form gives it."""
    for field in filter(_is_text, own_fields(Offer)):
        yield str(field.verbose_name), state["fields"].get(field.name) or ""
    for name in parts_of(Offer):
        label = str(part_relation(Offer, name).related_model._meta.verbose_name)
        for field in filter(_is_text, part_fields(Offer, name)):
            if (name, field.name) != ("contact_points", "value"):
                for part in state["parts"].get(name, ()):
                    yield f"{label}: {field.verbose_name}", part["fields"].get(field.name) or ""


def _is_text(field: Any) -> bool:
    """Return whether somebody writes sentences in a field."""
    is_text = isinstance(field, models.CharField | models.TextField) and not isinstance(field, ADDRESSES)
    return is_text and field.editable and not field.choices and field.name != NOTE
