"""What one is told when something of ours is broken: calmly, and whom to ring meanwhile."""

import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template import loader
from django.views import defaults

from offers import acute

# A database that does not answer, is full or is busy for too long, in the words of both drivers.
OF_A_DATABASE = (OperationalError, InterfaceError)
GONE = 503
# Seconds after which it is worth trying again.
TRY_AGAIN = 30


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer for a fault that nobody caught: 503 when the database is what is missing, else 500."""
    return gone(request) if isinstance(sys.exc_info()[1], OF_A_DATABASE) else defaults.server_error(request)


def gone(request: HttpRequest) -> HttpResponse:
    """Tell that there are no data at the moment, with the numbers that help at once. No query.

    Whoever sent something is told that it is not stored.
    """
    told = {"numbers": acute.last_numbers(), "sent": request.method == "POST"}
    html = loader.get_template("503.html").render(told)
    return HttpResponse(html, status=GONE, headers={"Retry-After": TRY_AGAIN, "Cache-Control": "no-store"})
