"""What one is told when something of ours is broken: calmly, and whom to ring meanwhile."""

import sys

from django.core.exceptions import SuspiciousOperation
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template import loader
from django.views import defaults

from offers import acute, cpr

# A database that does not answer, is full or is busy for too long, in the words of both drivers.
OF_A_DATABASE = (OperationalError, InterfaceError)
GONE = 503
# Seconds after which it is worth trying again.
TRY_AGAIN = 30
# As many signs as a form may have to be given back; ten times the longest that is known.
MOST_GIVEN_BACK = 500_000


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer for a fault that nobody caught: 503 when the database is what is missing, else 500."""
    return gone(request) if isinstance(sys.exc_info()[1], OF_A_DATABASE) else defaults.server_error(request)


def gone(request: HttpRequest) -> HttpResponse:
    """Tell that there are no data at the moment, with the numbers that help at once. No query.

    Whoever sent something is told that it is not stored, and can send it again from there: a page of the
    desk is kept by no browser, so the way back may lead to an empty form.
    """
    told = {"numbers": acute.last_numbers(), "sent": request.method == "POST"}
    told |= {"path": request.get_full_path(), "fields": sent_fields(request) if told["sent"] else []}
    html = loader.get_template("503.html").render(told)
    return HttpResponse(html, status=GONE, headers={"Retry-After": TRY_AGAIN, "Cache-Control": "no-store"})


def sent_fields(request: HttpRequest) -> list[tuple[str, str]]:
    """Return the fields of a form that was sent, so that it can be sent again.

    None of them where there is a password, or what may be a CPR number: these are never shown again.
    """
    try:
        fields = [(name, value) for name, values in request.POST.lists() for value in values]
    except (SuspiciousOperation, OSError):  # it could not be read to its end
        return []
    shown = sum(len(name) + len(value) for name, value in fields) <= MOST_GIVEN_BACK and not any(
        "password" in name or cpr.find(value) for name, value in fields
    )
    return fields if shown else []
