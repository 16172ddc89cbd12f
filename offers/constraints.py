"""Database constraints that several models share."""

from django.db import models
from django.db.models import Q


def known_choice(field: str, choices: type[models.Choices], label: str) -> models.CheckConstraint:
    """Return the constraint that `field` holds one of `choices`; `label` is its name in Danish.

    Django checks choices in forms only; shell, import and `bulk_create` pass them by.
    """
    return models.CheckConstraint(
        name=f"%(class)s_{field}_is_known",
        condition=Q(**{f"{field}__in": choices.values}),
        violation_error_message=f"“{label}” kender ikke den værdi. Vælg en fra listen.",
    )
