"""Loads the data that comes with the house: every entry is checked, and all of it lands or none.

The files are Django's own fixture format in YAML with natural keys. `loaddata` would save them raw:
without validators, without derived fields, a second entry of the same key over the first, and without
saying which entry failed.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import yaml
from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.core.serializers.base import DeserializationError, DeserializedObject
from django.core.serializers.python import Deserializer
from django.db import DatabaseError, models, transaction


class FixtureError(Exception):
    """An entry that cannot be loaded: in which file, which entry, and why."""

    def __init__(self, path: Path, where: str, reason: str):
        """Put the three together in a sentence for the person who wrote the file."""
        super().__init__(f"{path.name}, {where}: {reason}")


def load(paths: Iterable[Path]) -> dict[str, Counter[str]]:
    """Load the fixture files in the order given, in one transaction.

    Returns, for each file name, how many entries of each model it gave. What an entry does not name
    is left as it is in a row that exists, so that loading twice changes nothing. Raises FixtureError.
    """
    counts: dict[str, Counter[str]] = {}
    seen: dict[tuple, str] = {}
    with transaction.atomic():
        for path in paths:
            counts[path.name] = Counter()
            for number, entry in enumerate(_entries(path), start=1):
                label = _load_entry(path, number, entry, seen)
                counts[path.name][label] += 1
    return counts


def _entries(path: Path) -> list[Any]:
    """Return the entries of one file."""
    try:
        entries = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise FixtureError(path, "hele filen", f"kan ikke læses som YAML: {error}") from error
    if not isinstance(entries, list):
        raise FixtureError(path, "hele filen", "skal være en liste af poster (“- model: …”).")
    return entries


def _load_entry(path: Path, number: int, entry: Any, seen: dict[tuple, str]) -> str:
    """Load one entry and return its model's label; `seen` knows the keys of those before it."""
    where = f"post {number}{_name_of(entry)}"
    try:
        deserialized = _deserialize(entry)
        row: Any = deserialized.object
        key = (row._meta.label_lower, row.natural_key())
        if key in seen:
            raise FixtureError(path, where, f"har samme nøgle som {seen[key]}: {key[1]}.")
        seen[key] = f"{path.name}, {where}"
        _keep_what_is_not_named(row, entry["fields"])
        row.full_clean()
        row.save()
        for name, keys in (deserialized.m2m_data or {}).items():
            getattr(row, name).set(keys)
    except FixtureError:
        raise
    except ValidationError as error:
        raise FixtureError(path, where, " ".join(_sentences(error))) from error
    except FieldDoesNotExist as error:
        raise FixtureError(path, where, f"et felt findes ikke: {error}") from error
    except (DeserializationError, models.ObjectDoesNotExist) as error:
        reason = f"en henvisning kan ikke findes, eller en værdi er forkert: {error}"
        raise FixtureError(path, where, reason) from error
    except (DatabaseError, TypeError, ValueError, KeyError, AttributeError) as error:
        raise FixtureError(path, where, f"kan ikke gemmes: {error!r}") from error
    return row._meta.label_lower


def _deserialize(entry: Any) -> DeserializedObject:
    """Return the row that an entry describes; raises ValueError when it describes none."""
    if not isinstance(entry, dict) or set(entry) != {"model", "fields"}:
        raise ValueError("en post har netop “model” og “fields”")
    (deserialized,) = Deserializer([entry])
    return deserialized


def _keep_what_is_not_named(row: models.Model, named: dict[str, Any]) -> None:
    """Give `row` the stored values of the fields that the entry does not name."""
    stored = type(row)._base_manager.filter(pk=row.pk).first() if row.pk else None
    if stored is None:
        return
    row._state.adding = False
    for field in row._meta.concrete_fields:
        if field.name not in named:
            setattr(row, field.attname, getattr(stored, field.attname))


def _name_of(entry: Any) -> str:
    """Return what a reader would call the entry, for an error message."""
    fields = entry.get("fields") if isinstance(entry, dict) else None
    names = (
        (fields.get(name) for name in ("slug", "code", "name", "title")) if isinstance(fields, dict) else ()
    )
    return next((f" ({name})" for name in names if name), "")


def _sentences(error: ValidationError) -> Iterator[str]:
    """Yield the sentences of `error`, each after the field it is about."""
    if not hasattr(error, "error_dict"):
        yield from error.messages
        return
    for field, messages in error.message_dict.items():
        name = "" if field == "__all__" else f"{field}: "
        yield from (f"{name}{message}" for message in messages)
