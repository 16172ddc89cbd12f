"""Loads the data that comes with the house: every entry is checked, and all of it lands or none.

The files are Django's own fixture format in YAML with natural keys. `loaddata` would save them raw:
without validators, without derived fields, a second entry of the same key over the first, and without
saying which entry failed.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist, ObjectDoesNotExist, ValidationError
from django.core.serializers.base import DeserializationError, DeserializedObject
from django.core.serializers.python import Deserializer
from django.db import DatabaseError, IntegrityError, models, transaction

from directory.fixture_files import UNSTORABLE, FixtureError, entries, refusal
from offers.models.natural import stable_uuid

OWN_APPS = ("offers", "policies")
SEVERAL = (dict, list, set, tuple, bytes)
Known = dict[tuple, Any]  # the number of each row that was pointed to, by its model and natural key


def load(paths: Iterable[Path]) -> dict[str, Counter[str]]:
    """Load the fixture files in the order given, in one transaction.

    Returns, for each file name, how many entries of each model it gave. What an entry does not name
    is left as it is in a row that exists, so that loading twice changes nothing. Raises FixtureError.
    """
    counts: dict[str, Counter[str]] = {}
    seen: dict[tuple, str] = {}
    known: Known = {}
    with transaction.atomic():
        for path in paths:
            counts[path.name] = Counter()
            for number, entry in enumerate(entries(path), start=1):
                label = _load_entry(path, number, entry, seen, known)
                counts[path.name][label] += 1
    return counts


def _load_entry(path: Path, number: int, entry: Any, seen: dict[tuple, str], known: Known) -> str:
    """Load one entry and return its model's label; `seen` knows the keys of those before it."""
    where = f"post {number}{_name_of(entry)}"
    try:
        deserialized = _deserialize(entry, known)
        row: Any = deserialized.object
        key = (row._meta.label_lower, row.natural_key())
        if key in seen:
            raise FixtureError(path, where, f"har samme nøgle som {seen[key]}: {key[1]}.")
        seen[key] = f"{path.name}, {where}"
        _keep_what_is_not_named(row, entry["fields"])
        _save(row)
        for name, keys in (deserialized.m2m_data or {}).items():
            getattr(row, name).set(keys)
    except ValidationError as error:
        raise FixtureError(path, where, " ".join(_sentences(error))) from error
    except (
        *(DatabaseError, DeserializationError, ObjectDoesNotExist),
        *(ArithmeticError, AttributeError, KeyError, TypeError, ValueError),
    ) as error:
        raise FixtureError(path, where, f"kan ikke gemmes: {error!r}") from error
    return row._meta.label_lower


def _save(row: models.Model) -> None:
    """Store a row that is right; raises ValidationError for one that is not."""
    # The database has every rule as a constraint: only when it refuses are they asked for their sentences.
    # The rows that this one points to have just been looked up.
    found = {field.name for field in row._meta.concrete_fields if field.is_relation}
    row.full_clean(exclude=found, validate_unique=False, validate_constraints=False)
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:
        row.full_clean()
        raise


def _deserialize(entry: Any, known: Known) -> DeserializedObject:
    """Return the row that an entry describes; raises ValidationError when it describes none."""
    if not isinstance(entry, dict) or set(entry) != {"model", "fields"}:
        raise ValidationError("en post har netop “model” og “fields”.")
    if not isinstance(entry["fields"], dict):
        raise ValidationError("“fields” skal være felter med hver sin værdi.")
    model = _model(entry["model"])
    values = {name: _value(model, name, value, known) for name, value in entry["fields"].items()}
    try:
        (deserialized,) = Deserializer([{"model": model._meta.label, "fields": values}])
    except ObjectDoesNotExist as error:  # the row's own key leads through a row that it does not name
        required = (field for field in model._meta.concrete_fields if field.many_to_one and not field.null)
        missing = [field.name for field in required if values.get(field.name) is None]
        raise ValidationError(dict.fromkeys(missing, "skal udfyldes.")) from error
    return deserialized


def _model(label: Any) -> type[models.Model]:
    """Return the model of that name, if it is one of ours that files may fill."""
    if str(label).partition(".")[0] not in OWN_APPS:
        raise ValidationError(f"“{label}” kan ikke indlæses; kun modeller fra {' og '.join(OWN_APPS)}.")
    try:
        model = apps.get_model(label)
    except (LookupError, ValueError) as error:
        raise ValidationError(f"modellen “{label}” findes ikke.") from error
    if not hasattr(model, "natural_key"):
        raise ValidationError(f"“{label}” kan ikke indlæses, for den har ingen naturlig nøgle.")
    return model


def _value(model: type[models.Model], name: str, value: Any, known: Known) -> Any:
    """Return the value as Django's deserializer takes it: as it is, but numbers for the keys of rows."""
    field = _field(model, name)
    try:
        for text in _texts(value):
            if found := UNSTORABLE.search(text):
                raise ValidationError(refusal(found[0]))
        if field.is_relation:
            return _references(field, value, known)
        if isinstance(value, SEVERAL):  # a text field would take what Python writes for it
            raise TypeError(value)
        field.to_python(value)
    except ValidationError as error:
        raise ValidationError({name: error}) from error
    except (ArithmeticError, AttributeError, TypeError, ValueError) as error:
        sentence = f"“{value}” er ikke en værdi for feltet; mangler der anførselstegn?"
        raise ValidationError({name: sentence}) from error
    return value


def _field(model: type[models.Model], name: str) -> Any:
    """Return the field of that very name, unless the database fills it or it belongs to another model."""
    try:
        field: Any = model._meta.get_field(name)
    except FieldDoesNotExist:
        field = None
    if field is None or field.name != name or field.auto_created:
        raise ValidationError({name: "feltet findes ikke."})
    return field


def _texts(value: Any) -> Iterator[str]:
    """Yield every text in `value`, however deep; YAML lets a value stand inside itself."""
    waiting, met = [value], set()
    while waiting:
        part = waiting.pop()
        if isinstance(part, str):
            yield part
        elif isinstance(part, dict | list | set | tuple) and id(part) not in met:
            met.add(id(part))
            waiting.extend([*part, *part.values()] if isinstance(part, dict) else part)


def _references(field: Any, value: Any, known: Known) -> Any:
    """Return the numbers of the rows, or of the one row, that `value` names by their natural keys."""
    if not field.many_to_many:
        return None if value is None else _reference(field.related_model, value, known)
    if not isinstance(value, list):
        raise ValidationError("skal være en liste af nøgler, fx [[nøgle], [nøgle]].")
    return [_reference(field.related_model, key, known) for key in value]


def _reference(model: Any, key: Any, known: Known) -> Any:
    """Return the number of the row with that natural key; raises ValidationError when there is none."""
    kind = model._meta.verbose_name
    if not isinstance(key, list):
        raise ValidationError(f"“{key}” skal være en nøgle i kantede parenteser, fx [nøgle].")
    try:
        if any(isinstance(part, SEVERAL) for part in key):
            raise TypeError(key)
        name = (model, *key)
        if name not in known:
            known[name] = model._default_manager.get_by_natural_key(*key).pk
        return known[name]
    except model.DoesNotExist as error:
        sentence = f"der findes ingen post af slagsen “{kind}” med nøglen {key}."
        raise ValidationError(sentence) from error
    except (TypeError, ValueError, ValidationError) as error:
        raise ValidationError(f"{key} er ikke en nøgle for slagsen “{kind}”.") from error


def _keep_what_is_not_named(row: models.Model, named: dict[str, Any]) -> None:
    """Give `row` the stored values of the fields that the entry does not name."""
    stored = type(row)._base_manager.filter(pk=row.pk).first() if row.pk else None
    if stored is None:
        _name_like_everywhere(row, named)
        return
    row._state.adding = False
    for field in row._meta.concrete_fields:
        if field.name not in named:
            setattr(row, field.attname, getattr(stored, field.attname))


def _name_like_everywhere(row: Any, named: dict[str, Any]) -> None:
    """Give a new row the id that it has on every installation that loads the same files."""
    if "uuid" not in named and any(field.name == "uuid" for field in row._meta.concrete_fields):
        row.uuid = stable_uuid(row._meta.label_lower, row.natural_key())


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
