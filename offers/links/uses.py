"""Where addresses stand: fields of models, named in the settings, so that no app need know another."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.apps import apps
from django.conf import settings
from django.contrib.admin.utils import label_for_field
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import CharField, F, Value
from django.db.models.functions import Cast, Coalesce

NOT_EMPTY = "Her kan adressen ikke stå tom. Ret den, eller slet hele rækken, hvor den står."


@dataclass(frozen=True)
class LinkField:
    """A field that holds an address, where the name of the thing stands, and which rows count."""

    model: type[models.Model]
    name: str
    names: tuple[str, ...]
    only: tuple[tuple[str, object], ...] = ()

    @property
    def rows(self) -> models.QuerySet:
        """The rows that have an address in this field."""
        counting = self.model._default_manager.filter(**dict(self.only)).order_by()
        return counting.exclude(**{self.name: ""})

    @property
    def may_be_empty(self) -> bool:
        """Whether a thing can do without an address here."""
        return bool(getattr(self.model._meta.get_field(self.name), "blank", False))

    @property
    def label(self) -> str:
        """The kind of thing and the field: “tilbud, hjemmeside”."""
        return f"{self.model._meta.verbose_name}, {label_for_field(self.name, self.model)}"


@dataclass(frozen=True)
class Use:
    """One place where an address stands: in which field, of which row, and the name of the thing."""

    field: LinkField
    pk: int
    name: str


def link_fields() -> list[LinkField]:
    """Return the fields that `LINK_FIELDS` names."""
    return [
        LinkField(apps.get_model(model), name, tuple(names), tuple(only.items()))
        for model, name, names, only in settings.LINK_FIELDS
    ]


def _all(querysets: Iterable[models.QuerySet]) -> models.QuerySet:
    """Return the rows of several queries of the same columns, in one query."""
    first, *others = querysets
    return first.union(*others, all=True)


def addresses() -> set[str]:
    """Return every address that stands somewhere. One query."""
    columns = (
        field.rows.annotate(link_url=Cast(F(field.name), CharField())).values_list("link_url")
        for field in link_fields()
    )
    return {address.strip() for (address,) in _all(columns) if address.strip()}


def uses_of(urls: Collection[str]) -> dict[str, list[Use]]:
    """Return where each of `urls` stands. One query."""
    fields = link_fields()
    columns = [
        field.rows.filter(**{f"{field.name}__in": urls})
        .annotate(
            link_field=Value(number),
            link_key=F("pk"),
            link_url=Cast(F(field.name), CharField()),
            link_name=Coalesce(*(Cast(F(name), CharField()) for name in field.names), Value("")),
        )
        .values_list("link_field", "link_key", "link_url", "link_name")
        for number, field in enumerate(fields)
    ]
    found: defaultdict[str, list[Use]] = defaultdict(list)
    for number, key, address, called in sorted(_all(columns)):
        found[address].append(Use(fields[number], key, called))
    return found


@transaction.atomic
def replace(uses: Iterable[Use], old: str, new: str) -> list[models.Model]:
    """Write `new` where `old` still stands, in all places or in none; return the rows that were changed.

    Raises ValidationError, with the name of the thing in the sentence, when one of them cannot have it.
    """
    done = []
    for use in uses:
        rows = use.field.model._default_manager.select_for_update()
        row = rows.filter(pk=use.pk, **{use.field.name: old}).first()
        if row is None:
            continue
        setattr(row, use.field.name, new)
        if not new and not use.field.may_be_empty:
            raise ValidationError(f"{use.name} ({use.field.label}): {NOT_EMPTY}")
        try:
            row.full_clean()
        except ValidationError as error:
            raise ValidationError(f"{use.name} ({use.field.label}): {' '.join(error.messages)}") from error
        row.save()
        done.append(row)
    return done
