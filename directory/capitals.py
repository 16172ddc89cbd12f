"""Leads an address written with capitals to the page that has it in small letters.

A phone begins what one types with a capital, and people write names as they are said: /Udvalg/, or
/politikker/Klubpolitik/. All addresses of the directory are in small letters.
"""

from collections.abc import Callable
from copy import copy

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.urls import Resolver404, resolve

# Whose addresses are words that people write; those of the API and of the desk are left alone.
APPS = {"offers", "policies"}


class CapitalsMiddleware:
    """Answers with a redirect where nothing was found, and the address in small letters is a page.

    Nothing is looked up for an address that is right, or that has no capitals.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        """Keep the rest of the chain."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request."""
        response = self.get_response(request)
        path = request.path_info.lower()
        wrong = (
            response.status_code == 404 and path != request.path_info and request.method in {"GET", "HEAD"}
        )
        if not wrong or not is_page(request, path):
            return response
        query = request.META.get("QUERY_STRING", "")
        return HttpResponsePermanentRedirect(f"{path}?{query}" if query else path)


def is_page(request: HttpRequest, path: str) -> bool:
    """Return whether `path` is a page of the directory.

    Where it names a row, whatever answers it is asked, as it is for `request`. A list is there in any case.
    """
    try:
        match = resolve(path)
        if match.app_name not in APPS:
            return False
        if not match.kwargs:
            return True
        asked = copy(request)
        asked.path = asked.path_info = path
        asked.resolver_match = match
        return match.func(asked, *match.args, **match.kwargs).status_code < 400
    except (Http404, Resolver404):
        return False
