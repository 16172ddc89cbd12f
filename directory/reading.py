"""Which requests read from copies of the database, and what happens when one dies meanwhile."""

from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.http import HttpRequest, HttpResponse

from directory import faults
from offers.replicas import public_read, replicas


class ReplicaMiddleware:
    """Lets public pages be read from copies: those asked for by somebody without a session.

    Staff sees what it has just written, so it is answered by the primary. A page that failed because a copy
    did is made once more, from the primary: to ask for a page again changes nothing.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        """Keep the rest of the chain; raises MiddlewareNotUsed where there are no copies."""
        if not settings.REPLICA_URLS:
            raise MiddlewareNotUsed
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request."""
        if request.method not in {"GET", "HEAD"} or settings.SESSION_COOKIE_NAME in request.COOKIES:
            return self.get_response(request)
        with public_read() as reading:
            response = self.get_response(request)
        if response.status_code == faults.GONE and reading.used:
            replicas.leave_out(reading.used)
            return self.get_response(request)
        return response
