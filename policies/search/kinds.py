"""What one can find, and how one number names it: an index knows its documents by whole numbers."""

from collections.abc import Iterable
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from policies.models import Committee, Document, Goal, Initiative, Policy, Sdg

# There is room for eight kinds; a new one goes last, for the numbers stand in the file of the index.
KIND_BITS = 3


class Kind(models.TextChoices):
    """The kinds of things, under the names in the address."""

    POLICY = "politik", _("Politik")
    GOAL = "maal", _("Mål eller idé")
    INITIATIVE = "indsats", _("Indsats")
    COMMITTEE = "udvalg", _("Udvalg eller råd")
    DOCUMENT = "dokument", _("Dokument i biblioteket")
    SDG = "verdensmaal", _("Verdensmål")


MODELS: dict[Kind, Any] = dict(zip(Kind, (Policy, Goal, Initiative, Committee, Document, Sdg), strict=True))
_KINDS = tuple(Kind)


def key_of(kind: Kind, pk: int) -> int:
    """Return the number under which the index knows a row."""
    return pk << KIND_BITS | _KINDS.index(kind)


def named_by(key: int) -> tuple[Kind, int]:
    """Return the kind and the primary key of the row that the index knows as `key`."""
    return _KINDS[key & (1 << KIND_BITS) - 1], key >> KIND_BITS


def by_kind(keys: Iterable[int]) -> dict[Kind, list[int]]:
    """Return the primary keys of the rows that `keys` name, by their kind."""
    found: dict[Kind, list[int]] = {}
    for kind, pk in map(named_by, keys):
        found.setdefault(kind, []).append(pk)
    return found
