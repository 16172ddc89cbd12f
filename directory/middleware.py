"""What stands between every request and the pages: a limit, and headers that Django does not set."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from offers.api.endpoint import too_many_parameters

# The pages use none of these, and neither may anything that is ever embedded by mistake.
PERMISSIONS_POLICY = "camera=(), geolocation=(), microphone=(), payment=(), usb=()"

# More than every filter of a list ticked; Django itself stops at 1,000 with a fault that has no page.
MOST_PARAMETERS = 300


class QueryLimitMiddleware:
    """Answers an address with absurdly many parameters with a page that says so."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        """Keep the rest of the chain."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer 400 when there are too many, before anybody reads them."""
        if request.META.get("QUERY_STRING", "").count("&") >= MOST_PARAMETERS:
            if request.path_info.startswith("/api/"):
                return too_many_parameters()
            return render(request, "400.html", status=400)
        return self.get_response(request)


class PermissionsPolicyMiddleware:
    """Switches off the powers of the browser that a directory of help has no use for."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        """Keep the rest of the chain."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request and add the headers."""
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        return response
