"""Natural keys: how a fixture names a row by what people call it, not by a number."""

from collections.abc import Callable, Iterable
from typing import Any
from uuid import UUID, uuid5

from django.db import models

# Made once, by chance; whoever changes it changes every id that others have kept.
NAMESPACE = UUID("2f4a4ae3-7d55-4fd9-b9a1-e196bd0dce6b")


def stable_uuid(label: str, key: Iterable[Any]) -> UUID:
    """Return the id of the row of the model `label` with that natural key: the same everywhere.

    >>> stable_uuid("policies.policy", ["roedovre-udsattepolitik"])
    UUID('d0ea366f-725b-5fc8-8741-6afd629b24e9')
    """
    return uuid5(NAMESPACE, "/".join([label, *map(str, key)]))


class NaturalKeyQuerySet(models.QuerySet):
    """A QuerySet whose rows fixtures name by `natural_key_fields` (lookups, in order)."""

    model: Any  # the stubs know only `Model`; ours have more
    natural_key_fields: tuple[str, ...] = ()

    def get_by_natural_key(self, *values):
        """Return the row that `values` name; raises DoesNotExist when there is none."""
        return self.get(**dict(zip(self.natural_key_fields, values, strict=True)))


def after(*labels: str) -> Callable[[Callable], Callable]:
    """Say which models a natural key names rows of, so that `dumpdata` writes those first."""

    def mark(method: Callable) -> Callable:
        vars(method)["dependencies"] = list(labels)
        return method

    return mark
