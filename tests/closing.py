"""Lets go of an answer as the test client does: without telling Django that the request is over.

That would close the connection in whose transaction the test is.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.core.signals import request_finished
from django.db import close_old_connections
from django.http import HttpResponseBase


@contextmanager
def closing(response: HttpResponseBase) -> Iterator[HttpResponseBase]:
    """Yield an answer, and close what it holds open."""
    try:
        yield response
    finally:
        request_finished.disconnect(close_old_connections)
        response.close()
        request_finished.connect(close_old_connections)
