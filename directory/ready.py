"""What a server loads before it has processes, so that they have it in common."""

import io
import logging
import sys
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db import Error, connections
from django.utils.module_loading import import_string

logger = logging.getLogger(__name__)

# Between them they use most of the programs, the templates and the vocabularies; and the first question
# to an index has worked out what all later ones need. No browser asks, so no search is counted as missed.
USUAL = (
    "/readyz",
    "/",
    "/tilbud/",
    "/tilbud/?q=min+far+drikker",
    "/akut/",
    "/politikker/",
    "/politikker/?q=skole+og+ensomhed",
    "/api/hsds/",
)


def load(application: Callable[..., Any]) -> None:
    """Load every index of the search, and what usual pages are made with, by asking `application` for them.

    Without a database, each process does so when there is one.
    """
    try:
        for index in map(import_string, settings.SEARCH_INDEXES):
            index.reader()
        for address in USUAL:
            application(asked(address), lambda *_: None).close()
    except Error as error:
        logger.warning("The search is loaded later: %s", error.__class__.__name__)
    finally:
        connections.close_all()  # no process may use the connection of another


def asked(address: str) -> dict[str, Any]:
    """Return what a server hands on when a page is asked for, as the proxy in front of it would (WSGI)."""
    site = urlsplit(settings.BASE_URL)
    path, _, query = address.partition("?")
    return {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": path,
        "QUERY_STRING": query,
        "SERVER_NAME": site.hostname,
        "SERVER_PORT": str(site.port or 443),
        "HTTP_HOST": site.netloc,
        "HTTP_X_FORWARDED_PROTO": site.scheme,
        "REMOTE_ADDR": "127.0.0.1",
        "wsgi.url_scheme": site.scheme,
        "wsgi.input": io.BytesIO(),
        "wsgi.errors": sys.stderr,
    }
