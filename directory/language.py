"""The language of a page is told by its address: `/en/…` is English, all others are Danish."""

from collections.abc import Callable
from functools import lru_cache

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import translate_url
from django.utils import translation


def language_of(path: str) -> str:
    """Return the language that the pages at and below `path` are in."""
    return translation.get_language_from_path(path) or settings.LANGUAGE_CODE


class LanguageMiddleware:
    """Speaks the language of the address, whatever a browser or a cookie prefers.

    So an address shows the same to everybody, and a cache need not know who asks; Django's own middleware
    would look at the browser and tell caches so.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        """Keep the rest of the chain."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer in the language of the address."""
        with translation.override(language_of(request.path_info)):
            response = self.get_response(request)
            response.headers.setdefault("Content-Language", translation.get_language())
        return response


def versions(request: HttpRequest) -> tuple[tuple[str, str, str], ...]:
    """Return the languages that the page at hand is in: code, own name, and path; none if only in one."""
    return _versions(request.path)


@lru_cache(500)  # each is resolved and reversed: a twentieth of a page of results
def _versions(path: str) -> tuple[tuple[str, str, str], ...]:
    """Return the versions of the page at `path`."""
    paths = {code: translate_url(path, code) for code, _ in settings.LANGUAGES}
    if len(set(paths.values())) < len(paths):
        return ()
    return tuple((code, name, paths[code]) for code, name in settings.LANGUAGES)
