"""The choices of a filter: the less usual ones folded away, and the count of each filled in."""

import re
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from typing import Any

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from offers.frames import Frame, place
from offers.latest import Latest
from offers.search import current
from offers.templatetags.shell import filled, include_kept
from offers.templatetags.wording import count_of

register = template.Library()

# So many ways in which filters were chosen stay rendered, some eighty kilobytes each at most.
FRAMES = 100
_INDENT = re.compile(r"\s*\n\s*")
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


class Places(dict):
    """Counts that say where they are wanted: each is a place, whose name begins with `prefix`."""

    def __init__(self, prefix: str = ""):
        super().__init__(anything=0)
        self.prefix = prefix

    def get(self, key: str, default: Any = None) -> str:
        """Return the place for the count of `key`."""
        return place(self.prefix + key)


@register.simple_tag
def filter_choices(field: Any, counts: Mapping[str, int]) -> SafeString:
    """Show one filter of the list of offers, with the count of each choice.

    Hundreds of choices are most of a page, and all but their counts is the same on every one where the
    same is chosen.
    """
    if field.errors:
        return _rendered("choices", field, counts=counts)
    frame = _frame("choices", field, counts=Places())
    return frame.filled(lambda value: str(count_of(counts, value)))


@register.simple_tag
def filter_select(field: Any) -> SafeString:
    """Show one filter of the list of offers of which one choice is taken."""
    return _rendered("select", field) if field.errors else _frame("select", field).filled(str)


@register.simple_tag
def filter_text(field: Any, **told: Hashable) -> SafeString:
    """Show one filter of a list that is a line of text; `told` is what else its template takes.

    Its value is that of the field, where `told` has no other.
    """
    value = told.pop("value", field.value()) or ""
    told |= {"name": field.html_name, "label": str(field.label), "id": field.id_for_label}
    if field.errors:
        return _rendered("text", field, value=value, **told)
    return include_kept("includes/filter_text.html", value=filled(value), **told)


def _frame(kind: str, field: Any, **told: Any) -> Frame:
    """Return the frame of a filter as it is chosen."""
    return framed((kind, field.name, repr(field.value())), lambda: _rendered(kind, field, **told))


def framed(key: tuple[Hashable, ...], html: Callable[[], str]) -> Frame:
    """Return the frame of a part of the filters; made for each language, and again when a row changes."""
    frames = current.kept.value("frames", lambda: Latest[Hashable, Frame](FRAMES))
    whole = get_language(), *key
    frame = frames.get(whole)
    if frame is None:
        frame = Frame.of(_INDENT.sub("\n", html()))  # the spaces are a sixth of the page
        frames.put(whole, frame)
    return frame


def _rendered(kind: str, field: Any, **told: Any) -> SafeString:
    """Return the HTML of one filter."""
    return render_to_string(f"includes/filter_{kind}.html", {"field": field, **told})
