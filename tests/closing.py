"""Asks and lets go as the test client does: without telling Django that a request begins, or is over.

That would close the connection in whose transaction the test is.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.http import HttpResponseBase


@contextmanager
def kept_open() -> Iterator[None]:
    """Let a block answer requests as a server does, on the connection of the test."""
    for signal in request_started, request_finished:
        signal.disconnect(close_old_connections)
    try:
        yield
    finally:
        for signal in request_started, request_finished:
            signal.connect(close_old_connections)


@contextmanager
def closing(response: HttpResponseBase) -> Iterator[HttpResponseBase]:
    """Yield an answer, and close what it holds open."""
    try:
        yield response
    finally:
        with kept_open():
            response.close()
