"""What is the same on many pages, rendered once a minute, and filled in where they differ."""

from collections.abc import Hashable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django import template
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from offers.frames import Frame, place

register = template.Library()

# So many pieces stay, some one or two kilobytes each: those of the languages, menus and lists in use.
PIECES = 500


@dataclass(frozen=True)
class Filled:
    """A text that is filled in where the template prints it."""

    text: str


@register.filter
def filled(text: Any) -> Any:
    """Let an argument of `include_kept` be filled in, so that one piece does for all texts.

    The template may print it, where HTML escapes it, and ask whether it is empty. An empty one is no text.
    """
    return Filled(str(text)) if text else ""


@register.simple_tag
def include_kept(template: str, /, **arguments: Hashable) -> SafeString:
    """Show `template` as `include … only` does, kept until the minute is over.

    For what many pages have in common: the template reads no rows but what the arguments say, and a piece
    is kept for each language and all arguments that are not `filled`.
    """
    texts = {key: conditional_escape(one.text) for key, one in arguments.items() if isinstance(one, Filled)}
    same = tuple((key, value) for key, value in arguments.items() if key not in texts)
    minute = int(timezone.now().timestamp()) // 60
    return _frame(minute, get_language(), template, same, tuple(texts)).filled(texts.__getitem__)


@lru_cache(PIECES)
def _frame(
    minute: int,
    language: str | None,
    template: str,
    same: tuple[tuple[str, Hashable], ...],
    places: tuple[str, ...],
) -> Frame:
    """Return a template with the arguments `same`, and with `places` where the others stand."""
    return Frame.of(render_to_string(template, dict(same) | {key: place(key) for key in places}))
