"""Each request gets an id, a line in the log and a place in the measurements; nobody is followed."""

import logging
import re
import time
import uuid
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from directory.logs import request_id
from directory.watching import measures
from offers import cpr

logger = logging.getLogger("vejviser.requests")

HEADER = "X-Request-ID"
# As nginx ($request_id) and load balancers write them: 32 hexadecimal digits, or a UUID.
_OURS = re.compile(r"[0-9a-f]{32}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE | re.ASCII)
STATIC, NOWHERE = "static", "none"
# Where a page from memory says what made it. No header of a client comes under such a name.
ROUTE = "vejviser.route"


class RequestMiddleware:
    """Tells of each request its route, status and time. Never its address, who asked, or with what."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        """Keep the rest of the chain."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request, and tell of it."""
        known = id_of(request)
        token = request_id.set(known)
        start = time.perf_counter()
        try:
            response = self.get_response(request)
            seconds = time.perf_counter() - start
            route, method = route_of(request), method_of(request)
            measures.note(route, method, response.status_code, seconds)
            if route != STATIC:
                told = {"route": route, "method": method, "status": response.status_code}
                told["ms"] = round(1000 * seconds, 1)
                logger.info("%(method)s %(route)s %(status)s %(ms)s ms", told, extra=told)
        finally:
            request_id.reset(token)
        response.headers[HEADER] = known
        return response


def id_of(request: HttpRequest) -> str:
    """Return the id that the server in front gave the request, or a new one where it has none to trust."""
    given = request.headers.get(HEADER, "")
    return given if _OURS.fullmatch(given) and not cpr.find(given) else uuid.uuid4().hex


def route_of(request: HttpRequest) -> str:
    """Return the name of the address that answered, as “offers:list”; never what stood in it."""
    if kept := request.META.get(ROUTE, ""):
        return kept
    if match := request.resolver_match:
        return match.view_name if match.url_name else match.route or "/"
    return STATIC if request.path_info.startswith(settings.STATIC_URL) else NOWHERE


def method_of(request: HttpRequest) -> str:
    """Return the method, if it is one that exists: the others are whatever somebody made up."""
    known = {"GET", "HEAD", "POST", "OPTIONS", "PUT", "PATCH", "DELETE"}
    return request.method if request.method in known else "OTHER"
