"""What people write in an address is theirs: CPR numbers are hidden in it, and searches are not kept."""

import re
from collections.abc import Callable
from urllib.parse import quote_plus, unquote_plus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.cache import patch_cache_control

from offers import cpr

# What programs ask our APIs by may have ten digits that look like a birthday, with nobody behind them: ids,
# and times with fractions of a second.
BY_PROGRAMS = re.compile(
    r"(?<!\w)([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{1,6})(?!\d)",
    re.ASCII | re.IGNORECASE,
)
# Keys of links that were mailed, and answers of a provider: they may look like a number by chance.
MADE_BY_MACHINES = ("/konto/adgangskode/", "/konto/via/")


class PrivateAddressMiddleware:
    """Hides what may be CPR numbers in an address before anything redirects to, logs or shows it.

    In their place stands `cpr.MARK`, by which a form still knows of them; a path with it leads nowhere.
    A browser that opens a page is led to the clean address, so that its history has no other. The answer to
    an address with search words is kept by nobody, since others may use the same computer.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        """Keep the rest of the chain."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request by its clean address."""
        if request.path.startswith(MADE_BY_MACHINES):
            return self.get_response(request)
        query = request.META.get("QUERY_STRING", "")
        request.META["QUERY_STRING"] = clean = hidden_in_query(query)
        path, request.path = request.path, hidden(request.path)
        request.path_info = hidden(request.path_info)
        request.META["PATH_INFO"] = hidden(request.META.get("PATH_INFO", ""))
        navigates = request.headers.get("Sec-Fetch-Mode") == "navigate" and request.method == "GET"
        if navigates and (path, query) != (request.path, clean):
            return kept_by_nobody(redirect(request.get_full_path()))
        response = self.get_response(request)
        if any(unquote_plus(pair).startswith("q=") for pair in query.split("&")):
            return kept_by_nobody(response)
        return response


def kept_by_nobody(response: HttpResponse) -> HttpResponse:
    """Return `response` so that neither the browser nor a cache on the way stores it."""
    patch_cache_control(response, private=True, no_store=True)
    return response


def hidden(text: str) -> str:
    """Return `text` without what may be CPR numbers; what programs ask by stays as it is."""
    parts = BY_PROGRAMS.split(text)
    parts[::2] = map(cpr.hidden, parts[::2])
    return "".join(parts)


def hidden_in_query(query: str) -> str:
    """Return a query string without what may be CPR numbers; what holds none stays letter for letter."""
    pairs = [hidden_in_pair(pair) for pair in query.split("&")]
    # A number may be spread over several: then nothing of them can be shown side by side.
    whole = "&".join(pairs)
    if cpr.find(BY_PROGRAMS.sub("x", unquote_plus(whole))):
        return f"q={quote_plus(cpr.MARK)}"
    return whole


def hidden_in_pair(pair: str) -> str:
    """Return a name and its value, still as they stand in an address, without what may be CPR numbers."""
    text = unquote_plus(pair.encode("latin-1", "replace").decode(errors="replace"))
    clean = hidden(text)
    return pair if clean == text else quote_plus(clean, safe="=")
