"""The choices of a filter, the less usual ones folded away where there are many."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import template

register = template.Library()

# More choices than these are folded; then so many stand in the open, beside those in use.
MOST, OPEN = 12, 8


@dataclass(frozen=True)
class Part:
    """Some choices of a filter, in their order."""

    choices: list[Any]
    is_folded: bool = False


@register.filter
def parted(field: Any, counts: Mapping[str, int] | None) -> list[Part]:
    """Return the choices of a bound field: those in use and those with the highest counts, then the rest.

    All stand in the open where they are few, those that lead to nothing last; and where no `counts` are
    told.
    """
    choices = list(field)
    if not counts:
        return [Part(choices)]
    choices.sort(key=lambda choice: not (choice.data["selected"] or counts.get(choice.data["value"])))
    if len(choices) <= MOST:
        return [Part(choices)]
    by_count = sorted(choices, key=lambda choice: -counts.get(choice.data["value"], 0))
    usual = {choice.data["value"] for choice in by_count[:OPEN]}
    shown = [one for one in choices if one.data["selected"] or one.data["value"] in usual]
    return [Part(shown), Part([one for one in choices if one not in shown], is_folded=True)]
