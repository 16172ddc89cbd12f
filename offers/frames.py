"""HTML that is the same every time but in some places: rendered once, and filled in."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString, mark_safe

# Signs that stand in no text of ours (private use), around the name of a place.
_OPENS, _CLOSES = "\ue000", "\ue001"
_PLACE = re.compile(f"{_OPENS}(.*?){_CLOSES}")


def place(name: str) -> SafeString:
    """Return what is rendered where something is to be filled in; `name` is a word of ours."""
    return mark_safe(f"{_OPENS}{name}{_CLOSES}")  # noqa: S308 (no sign of HTML in it)


@dataclass(frozen=True)
class Frame:
    """HTML in parts; every other one is the name of a place."""

    parts: Sequence[str]

    @classmethod
    def of(cls, html: str) -> "Frame":
        """Return the frame of what was rendered with `place` in it, and with no text that others wrote."""
        return cls(_PLACE.split(html))

    def filled(self, value: Callable[[str], str]) -> SafeString:
        """Return the HTML with `value` of each name, which must be HTML or a number."""
        parts = list(self.parts)
        parts[1::2] = map(value, parts[1::2])
        # The template escaped the rest.
        return mark_safe("".join(parts))  # noqa: S308 (as the template escaped it)
