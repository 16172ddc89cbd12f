"""Natural keys: how a fixture names a row by what people call it, not by a number."""

from collections.abc import Callable
from typing import Any

from django.db import models


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
