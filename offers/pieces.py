"""HTML that many pages have in common: rendered once a minute, and filled in where they differ."""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.loader import get_template, render_to_string
from django.utils import timezone
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from offers.frames import Frame, place
from offers.latest import Latest

# So many pieces stay, some one or two kilobytes each: those of the languages, menus and lists in use.
PIECES = 500
# And so many whole pages without what differs, some ten kilobytes each.
PAGES = 50


@dataclass(frozen=True)
class Filled:
    """A text that is filled in where the template prints it."""

    text: str


def kept(template: str, arguments: Mapping[str, Hashable]) -> SafeString:
    """Return `template` with `arguments`, those that are `Filled` in their places."""
    texts = {key: conditional_escape(one.text) for key, one in arguments.items() if isinstance(one, Filled)}
    same = tuple((key, value) for key, value in arguments.items() if key not in texts)
    return _piece(_minute(), get_language(), template, same, tuple(texts)).filled(texts.__getitem__)


def kept_page(
    request: HttpRequest, template: str, same: Mapping[str, Hashable], texts: Mapping[str, str]
) -> HttpResponse:
    """Answer with the page `template`, in which only `texts` and the query string are new.

    It is rendered for nobody: it knows the address without its query, and `same`, but no person, session or
    cookie. Of a text it may ask whether it is empty. A text that is no safe HTML is escaped.
    """
    asked = {"query_string": request.GET.urlencode(), **texts}
    there = {key: conditional_escape(text) for key, text in asked.items() if text}
    whole: Any = get_template(template)  # another one when a template was changed
    key = _minute(), get_language(), request.path, whole.template, tuple(same.items()), tuple(there)
    frame = _pages.get(key)
    if frame is None:
        nobody = HttpRequest()
        nobody.path, nobody.resolver_match = request.path, request.resolver_match
        places = {name: place(name) if name in there else "" for name in asked}
        frame = Frame.of(whole.render({**same, **places}, nobody))
        _pages.put(key, frame)
    return HttpResponse(frame.filled(there.__getitem__))


_pages = Latest[Hashable, Frame](PAGES)


def _minute() -> int:
    """Return the minute for which a piece is right."""
    return int(timezone.now().timestamp()) // 60


@lru_cache(PIECES)
def _piece(
    minute: int,
    language: str | None,
    template: str,
    same: tuple[tuple[str, Hashable], ...],
    places: tuple[str, ...],
) -> Frame:
    """Return a template with the arguments `same`, and with `places` where the others stand."""
    return Frame.of(render_to_string(template, dict(same) | {key: place(key) for key in places}))
