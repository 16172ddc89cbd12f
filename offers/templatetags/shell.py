"""What stands around every page, rendered once a minute for each language."""

from collections.abc import Hashable

from django import template
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import get_language

register = template.Library()

_shown: dict[Hashable, tuple[int, SafeString]] = {}


@register.simple_tag
def include_kept(name: str, **arguments: str) -> SafeString:
    """Show the template `name` as `include … only` does, kept until the minute is over.

    For what is the same on every page: `arguments` are settings, and the template reads no rows.
    """
    key = name, get_language(), *arguments.items()
    minute = int(timezone.now().timestamp()) // 60
    known, html = _shown.get(key, (None, SafeString()))
    if known != minute:
        html = render_to_string(name, arguments)
        _shown[key] = minute, html
    return html
