"""What is the same on many pages, shown in a template."""

from collections.abc import Hashable
from typing import Any

from django import template
from django.utils.safestring import SafeString

from offers import pieces

register = template.Library()


@register.filter
def filled(text: Any) -> Any:
    """Let an argument of `include_kept` be filled in, so that one piece does for all texts.

    The template may print it, where HTML escapes it, and ask whether it is empty. An empty one is no text.
    """
    return pieces.Filled(str(text)) if text else ""


@register.simple_tag
def include_kept(template: str, /, **arguments: Hashable) -> SafeString:
    """Show `template` as `include … only` does, kept until the minute is over.

    For what many pages have in common: the template reads no rows but what the arguments say, and a piece
    is kept for each language and all arguments that are not `filled`.
    """
    return pieces.kept(template, arguments)
