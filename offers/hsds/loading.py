"""What was loaded with an offer, as plain lists; a QuerySet for each relation is a third of all work."""

from typing import Any

from offers.models import Offer


def attribute(relation: str) -> str:
    """Return the name under which the rows of a relation are loaded."""
    return f"loaded_{relation}"


def loaded(row: Offer, relation: str) -> list[Any]:
    """Return what `rows.telling` loaded; raises AttributeError when it did not: nothing asks anew."""
    return getattr(row, attribute(relation))
