"""Rows whose changes the search must follow, by whatever way they are made.

Each row carries a random number that is new after every change; two database sums over it tell whether
anything has changed since one last looked. `save(update_fields=…)` must name `revision`, and an upsert
(`bulk_create(update_conflicts=…)`) likewise. A time stamp would not do: a transaction that began
earlier may commit later.
"""

import secrets
from collections.abc import Iterator

from django.db import models, transaction
from django.utils import timezone

from offers.fields import DerivedField, EverField
from offers.models.natural import NaturalKeyQuerySet

# 2⁴⁰ values: the sum over a million rows still fits in a database's 63 bits.
REVISION_BITS = 40
ROWS_AT_A_TIME = 500

DERIVED = (DerivedField, EverField)


def new_revision() -> int:
    """Return a number that a row has hardly had before."""
    return secrets.randbits(REVISION_BITS)


def batched(keys: list, size: int) -> Iterator[list]:
    """Yield `keys` in lists of at most `size`; a database takes only so many in one statement."""
    for place in range(0, len(keys), size):
        yield keys[place : place + size]


class RevisionField(models.BigIntegerField):
    """A number that is new each time the row is saved."""

    worked_out = True

    def __init__(self, **options):
        """It is never edited."""
        super().__init__(**{"editable": False, "default": new_revision, **options})

    def pre_save(self, model_instance, add):
        """Return a new number, and leave it on the instance."""
        value = new_revision()
        setattr(model_instance, self.attname, value)
        return value


class TrackedQuerySet(NaturalKeyQuerySet):
    """A QuerySet whose `update()` leaves the same traces as `save()` does."""

    def update(self, **values):
        """Update, give the rows a new revision, and work out again the fields derived from `values`.

        What knows when it was last changed is told the time, when there are `values`.
        """
        now = timezone.now()
        for field in self.model._meta.concrete_fields if values else ():
            if getattr(field, "auto_now", False):
                values.setdefault(field.name, now)
        stale = [
            field
            for field in self.model._meta.concrete_fields
            if isinstance(field, DERIVED) and not values.keys().isdisjoint(field.sources)
        ]
        if not stale:
            return super().update(**values, revision=new_revision())
        with transaction.atomic(using=self.db):
            keys = list(self.values_list("pk", flat=True))
            changed = super().update(**values, revision=new_revision())
            for some in batched(keys, ROWS_AT_A_TIME):
                for row in self.model._base_manager.using(self.db).filter(pk__in=some):
                    row.save_base(update_fields={field.name for field in stale})
        return changed
