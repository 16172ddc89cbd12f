"""What a value is called, made once: Django's own `get_…_display` goes through all choices each time."""

from functools import cache

from django.db.models import TextChoices
from django.utils.translation import get_language


def label(choices: type[TextChoices], value: str) -> str:
    """Return what `value` of `choices` is called in the language that is spoken."""
    return _label(choices, value, get_language())


@cache
def _label(choices: type[TextChoices], value: str, language: str | None) -> str:
    """Return the name; the language decides it, though it is not named."""
    return str(choices(value).label)
