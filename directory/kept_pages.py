"""Keeps the pages that are the same for everybody, for as long as the rows behind them are the same."""

import gzip
import hashlib
import json
import time
from collections.abc import Callable
from dataclasses import dataclass

import brotli
from django.conf import settings
from django.core.cache import caches
from django.core.exceptions import MiddlewareNotUsed
from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response, patch_vary_headers

from directory import faults
from directory.data_version import data_version
from directory.watching.requests import ROUTE, route_of

# Longer query strings are seldom asked for twice.
LONGEST_QUERY = 500
# Whatever hangs on the clock is right to the minute.
MINUTE = 60
# What a page weighs less than it takes to unpack.
WORTH_PACKING = 500
# In the order in which they are preferred; packed once, and sent often.
PACKERS: dict[str, Callable[[bytes], bytes]] = {
    "br": lambda body: brotli.compress(body, quality=5),
    "gzip": lambda body: gzip.compress(body, 6, mtime=0),
}


@dataclass(frozen=True)
class Page:
    """An answer as it went out, the version of the rows that it shows, the minute, and what answered."""

    version: str
    minute: int
    route: str
    headers: tuple[tuple[str, str], ...]
    body: bytes

    @classmethod
    def read(cls, kept: bytes | None) -> "Page | None":
        """Return the page that `to_bytes` made; none for what is no page."""
        head, _, body = (kept or b"").partition(b"\n")
        try:
            version, minute, route, headers = json.loads(head)
            return cls(version, minute, route, tuple((name, value) for name, value in headers), body)
        except (TypeError, ValueError):
            return None

    def to_bytes(self) -> bytes:
        """Return it as it is kept: no object, so that a cache which others reach cannot bring a program."""
        return (
            json.dumps([self.version, self.minute, self.route, self.headers]).encode() + b"\n" + self.body
        )

    def response(self, request: HttpRequest) -> HttpResponse:
        """Return the page, or that the browser has it."""
        request.META[ROUTE] = self.route
        response = HttpResponse(self.body, headers=dict(self.headers))
        return get_conditional_response(request, response.headers["ETag"], None, response) or response


class KeptPagesMiddleware:
    """Answers from memory what was answered before, when nothing has changed; makes and keeps it otherwise.

    Only pages that say of themselves that caches may give them to everybody, without search words, and for
    those who have no session. When the database does not answer, the last good page is better than none;
    where there is none, one is told so calmly, with the numbers that help at once.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        """Keep the rest of the chain.

        Raises MiddlewareNotUsed where templates are being written: one wants to see them change.
        """
        if not settings.KEEP_PAGES:
            raise MiddlewareNotUsed
        self.get_response = get_response
        self.pages = caches["pages"]

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request."""
        if not may_be_kept(request):
            return self.get_response(request)
        coding = coding_for(request)
        key, minute = key_of(request, coding), int(time.time()) // MINUTE
        page = Page.read(self.pages.get(key))
        try:
            version = data_version()
        except faults.OF_A_DATABASE:
            # What needs no database, as `/healthz`, is answered all the same; all else ends in `faults`.
            return page.response(request) if page else self.get_response(request)
        if page and (page.version, page.minute) == (version, minute):
            return page.response(request)
        response = self.get_response(request)
        if is_for_everybody(response):
            made = packed(response, coding, version, minute, route_of(request))
            self.pages.set(key, made.to_bytes())
            return made.response(request)
        return page.response(request) if page and response.status_code == faults.GONE else response


def may_be_kept(request: HttpRequest) -> bool:
    """Return whether the answer might be the same for everybody, as far as the question tells."""
    query = request.META.get("QUERY_STRING", "")
    return (
        request.method in {"GET", "HEAD"}
        and settings.SESSION_COOKIE_NAME not in request.COOKIES
        and len(query) <= LONGEST_QUERY
        and "q=" not in query
    )


def is_for_everybody(response: HttpResponse) -> bool:
    """Return whether the answer says of itself that it may be kept (`offers.for_everybody`)."""
    return (
        response.status_code == 200
        and "s-maxage" in response.get("Cache-Control", "")
        and not response.streaming
        and not response.cookies
    )


def coding_for(request: HttpRequest) -> str:
    """Return how the answer is packed: “br”, “gzip” or not at all (“”), the best that the browser takes."""
    asked = request.META.get("HTTP_ACCEPT_ENCODING", "").lower().replace(" ", "")
    named = (one.partition(";q=") for one in asked.split(","))
    taken = {name for name, _, quality in named if quality not in {"0", "0.0", "0.00", "0.000"}}
    return next((name for name in PACKERS if name in taken), "")


def key_of(request: HttpRequest, coding: str) -> str:
    """Return the key of an answer; it does not tell what was asked."""
    asked = (
        request.path,
        request.META.get("QUERY_STRING", ""),
        request.META.get("HTTP_HX_REQUEST", ""),
        coding,
    )
    return hashlib.sha256(repr(asked).encode()).hexdigest()


def packed(response: HttpResponse, coding: str, version: str, minute: int, route: str) -> Page:
    """Return the page that `response` is; there is nothing secret on it that its length could tell."""
    body = response.content
    etag = f'"{hashlib.sha256(body).hexdigest()[:32]}{coding}"'
    patch_vary_headers(response, ["Accept-Encoding"])
    headers = {**response.headers, "ETag": etag}
    if coding and len(body) >= WORTH_PACKING:
        headers["Content-Encoding"] = coding
        body = PACKERS[coding](body)
    headers["Content-Length"] = str(len(body))
    return Page(version, minute, route, tuple(headers.items()), body)
