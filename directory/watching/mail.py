"""Faults by mail to those in ADMIN_EMAILS: where it went wrong, and nothing of what anybody wrote."""

import logging
import time

from django.http import HttpRequest
from django.utils.log import AdminEmailHandler

from directory.logs import clean, request_id
from directory.version import version
from directory.watching.faults import scrubbed, told
from directory.watching.requests import route_of

# The same fault is mailed once in so many seconds by each process.
QUIET = 3600.0


class FaultMail(AdminEmailHandler):
    """Sends what is named here and nothing else: Django's own report has addresses, cookies and forms."""

    def __init__(self):
        """Nothing has been sent."""
        super().__init__()
        self._sent: dict[str, float] = {}

    def emit(self, record: logging.LogRecord) -> None:
        """Send a mail about a fault, unless the same was sent just now."""
        if record.name.startswith("django.security"):  # somebody else writes nonsense: no fault of ours
            return
        request = getattr(record, "request", None)
        route = route_of(request) if isinstance(request, HttpRequest) else record.name
        error = record.exc_info[1] if record.exc_info else None
        subject = f"{record.levelname}: {route}" + (f" ({type(error).__name__})" if error else "")
        now = time.monotonic()
        if now - self._sent.get(subject, -QUIET) < QUIET:
            return
        self._sent[subject] = now
        what = told(error, request) if error else scrubbed(record.getMessage(), request)
        status = getattr(record, "status_code", "–")
        lines = [f"Version: {version()}", f"Request: {request_id.get() or '–'}", f"Status: {status}"]
        self.send_mail(self.format_subject(subject), clean("\n".join([*lines, "", what])))
