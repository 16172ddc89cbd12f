"""What stands between every request and the pages: limits, and headers on every answer."""

import time
from collections.abc import Callable
from ipaddress import ip_network
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext, gettext_noop

from offers.api.endpoint import too_many_parameters, too_many_searches
from offers.rate_limit import address_of, may_go_on

# The pages use none of these, and neither may anything that is ever embedded by mistake.
PERMISSIONS_POLICY = "camera=(), geolocation=(), microphone=(), payment=(), usb=()"

HEADERS = {
    "Permissions-Policy": PERMISSIONS_POLICY,
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Referrer-Policy": settings.SECURE_REFERRER_POLICY,
    "X-Content-Type-Options": "nosniff",
}

# Where words and filters are looked up.
SEARCHES = {
    "offers:list",
    "offers:suggestions",
    "offers:overview",
    "policies:search",
    "policies:policies",
    "policies:library",
    "policies:ideas",
}
API = "/api/"
MINUTE = 60
WAIT = gettext_noop("Der er søgt rigtig mange gange herfra på kort tid. Vent et minut, og prøv igen.")

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


class HeadersMiddleware:
    """Gives every answer its headers, also where a middleware inside this one has refused or redirected.

    A view that says another policy is left with it: what may be embedded sets `frame-ancestors` by
    `csp.decorators.csp_update`, and `xframe_options_exempt`.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        """Keep the rest of the chain."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request and add the headers."""
        response = self.get_response(request)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        if not getattr(response, "xframe_options_exempt", False):
            response.headers.setdefault("X-Frame-Options", settings.X_FRAME_OPTIONS)
        if "s-maxage" in response.get("Cache-Control", ""):
            # nginx counts whole seconds, so that one could be nearly two: only to the end of this one.
            response.headers["X-Accel-Expires"] = f"@{int(time.time())}"
        return response


class SearchLimitMiddleware:
    """Asks whoever searches far more often than people do to wait: the search costs most of all we do.

    What comes from this machine itself is not counted: no visitor sits here, and where the servers in front
    are not known (`PROXY_COUNT`), it is everybody.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        """Keep the rest of the chain."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request."""
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        """Answer 429 when there have been too many in a minute."""
        if not settings.SEARCH_LIMIT or not request.META.get("QUERY_STRING") or not searches(request):
            return None
        address = address_of(request)
        if (address and ip_network(address).is_loopback) or may_go_on(
            request, "search", most=settings.SEARCH_LIMIT, seconds=MINUTE
        ):
            return None
        if request.path_info.startswith(API):
            response = too_many_searches()
        elif request.headers.get("HX-Request"):  # a part of a page is asked for
            response = HttpResponse(gettext(WAIT), status=429, content_type="text/plain; charset=utf-8")
        else:
            response = render(request, "offers/wait.html", {"acute": reverse("offers:acute")}, status=429)
        response.headers["Retry-After"] = str(MINUTE)
        return response


def searches(request: HttpRequest) -> bool:
    """Return whether the address is one that is searched by."""
    match = request.resolver_match
    return request.path_info.startswith(API) or bool(match and match.view_name in SEARCHES)
