"""Rows that point to rows of their own kind may not point in a ring."""

from django.core.exceptions import ValidationError
from django.db import models


def refuse_ring(row: models.Model, relation: str, sentence: str) -> None:
    """Raise ValidationError at `relation` when following it from `row` leads back to `row`.

    The database can only refuse the smallest ring. Costs a query for each step upwards.
    """
    ancestor, seen = getattr(row, relation), {row.pk}
    while ancestor is not None:
        if ancestor.pk in seen:
            raise ValidationError({relation: sentence})
        seen.add(ancestor.pk)
        ancestor = getattr(ancestor, relation)
