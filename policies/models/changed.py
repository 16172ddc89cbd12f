"""When a row last said something else."""

from collections.abc import Iterable
from typing import Any

from django.db import models
from django.utils import timezone


class ChangedField(models.DateTimeField):
    """When one of `sources` last got another value; a row that is saved as it was keeps its time.

    So a feed tells news only: `auto_now` would tell of every row each time the fixtures are loaded.
    `update()` and links to many rows pass it by.
    """

    worked_out = True

    def __init__(self, *, sources: Iterable[str], **options):
        """It is never edited; `sources` are the names of attributes."""
        self.sources = tuple(sources)
        super().__init__(**{"verbose_name": "ændret", "editable": False, **options})

    def deconstruct(self):
        """Return what a migration needs to write this field down."""
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, {**kwargs, "sources": self.sources}

    def pre_save(self, model_instance, add):
        """Return the time to store, and leave it on the instance."""
        before = getattr(model_instance, self.attname)
        if add or before is None or self._stored(model_instance) != self._said(model_instance):
            before = timezone.now()
            setattr(model_instance, self.attname, before)
        return before

    def _said(self, row: models.Model) -> tuple:
        """Return what the row says now, as the database would give it back."""
        fields: list[Any] = [row._meta.get_field(name.removesuffix("_id")) for name in self.sources]
        return tuple(field.to_python(getattr(row, field.attname)) for field in fields)

    def _stored(self, row: models.Model) -> tuple | None:
        """Return what the stored row says. One query."""
        return type(row)._base_manager.filter(pk=row.pk).values_list(*self.sources).first()
