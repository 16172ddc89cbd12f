"""What people write in an address is theirs: CPR numbers are hidden in it, and searches are not kept."""

from collections.abc import Callable
from urllib.parse import quote_plus, unquote_plus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.cache import patch_cache_control

from offers import cpr


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
        query = request.META.get("QUERY_STRING", "")
        request.META["QUERY_STRING"] = clean = hidden_in_query(query)
        path, request.path = request.path, cpr.hidden(request.path)
        request.path_info = cpr.hidden(request.path_info)
        request.META["PATH_INFO"] = cpr.hidden(request.META.get("PATH_INFO", ""))
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


def hidden_in_query(query: str) -> str:
    """Return a query string without what may be CPR numbers; what holds none stays letter for letter."""
    pairs = [hidden_in_pair(pair) for pair in query.split("&")]
    # A number may be spread over several: then nothing of them can be shown side by side.
    whole = "&".join(pairs)
    return f"q={quote_plus(cpr.MARK)}" if cpr.find(unquote_plus(whole)) else whole


def hidden_in_pair(pair: str) -> str:
    """Return a name and its value, still as they stand in an address, without what may be CPR numbers."""
    text = unquote_plus(pair.encode("latin-1", "replace").decode(errors="replace"))
    hidden = cpr.hidden(text)
    return pair if hidden == text else quote_plus(hidden, safe="=")
