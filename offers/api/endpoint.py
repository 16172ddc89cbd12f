"""Addresses of an API: each takes its parameters, answers, and is the same to everybody on the web."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import http_date
from django.views.decorators.csrf import csrf_exempt
from pydantic import BaseModel

from offers.api.parameters import Asked, is_id, read
from offers.api.problems import BAD_PARAMETER, READ_ONLY, Fault, ProblemError, not_found
from offers.api.records import Answer

ALLOWED = "GET, HEAD, OPTIONS"
HEADERS = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "ETag, Last-Modified",
    "Cross-Origin-Resource-Policy": "cross-origin",
    "X-Robots-Tag": "noindex",
}
NO_SUCH_ID = "Der er ingen post med det id. Find id'et i listen."
NO_SUCH_ADDRESS = "Adressen findes ikke i API'et. Se adresserne på /data/api/."


@dataclass(frozen=True)
class Endpoint:
    """One address of an API; `path` is as in the OpenAPI file, below the base of the API."""

    path: str
    operation_id: str
    tag: str
    summary: str
    description: str
    asked: type[Asked]
    record: type[BaseModel]
    answer: Callable[..., Answer]

    @property
    def is_single(self) -> bool:
        """Whether the address is that of one thing, by its id."""
        return "{id}" in self.path

    def view(self, request: HttpRequest, **parts: str) -> HttpResponse:
        """Answer a request that may be made; raises ProblemError."""
        asked = read(request.GET, self.asked)
        if not self.is_single:
            return _given(request, self.answer(asked))
        if not is_id(parts["id"]):
            raise not_found(NO_SUCH_ID, Fault("id", NO_SUCH_ID))
        return _given(request, self.answer(asked, UUID(parts["id"])))


def _given(request: HttpRequest, answer: Answer) -> HttpResponse:
    """Return the answer as JSON."""
    content = answer.content.model_dump_json(exclude_none=True)
    return said(request, content.encode(), answer.changed)


def said(request: HttpRequest, content: bytes, changed: datetime | None = None) -> HttpResponse:
    """Return the JSON `content`, or that it is not changed since the client had it."""
    etag = f'"{hashlib.sha256(content).hexdigest()[:32]}"'
    response = HttpResponse(content, content_type="application/json", headers={"ETag": etag})
    seconds = int(changed.timestamp()) if changed else None
    if seconds is not None:
        response.headers["Last-Modified"] = http_date(seconds)
    response.headers["Cache-Control"] = "public, no-cache"  # may be kept, but ask whether it still holds
    return get_conditional_response(request, etag, seconds, response) or response


def open_to_all(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Let anybody read `view` from any page of the web, and nobody write; faults are problem documents."""

    def answer(request: HttpRequest, **parts: Any) -> HttpResponse:
        """Answer, whatever was asked."""
        try:
            response = _allowed(request, view, parts)
        except ProblemError as problem:
            response = problem.response()
            if problem.kind == READ_ONLY:
                response.headers["Allow"] = ALLOWED
        return _shared(response)

    # Nothing is written here, so there is nothing to forge; a POST shall hear that, too.
    return csrf_exempt(answer)


def too_many_parameters() -> HttpResponse:
    """Answer a request with so many parameters that nobody reads them."""
    problem = ProblemError(BAD_PARAMETER, 400, "Der er alt for mange parametre. Skriv hver kun én gang.")
    return _shared(problem.response())


def _shared(response: HttpResponse) -> HttpResponse:
    """Return `response` so that any page of the web may read it."""
    for name, value in HEADERS.items():
        response.headers[name] = value
    return response


def _allowed(request: HttpRequest, view: Callable[..., HttpResponse], parts: Any) -> HttpResponse:
    """Answer by the method; raises ProblemError for one that writes."""
    if request.method == "OPTIONS":
        return HttpResponse(status=204, headers={"Allow": ALLOWED, "Access-Control-Allow-Methods": ALLOWED})
    if request.method not in ("GET", "HEAD"):
        raise ProblemError(READ_ONLY, 405, "Man kan kun læse her. Brug GET.")
    return view(request, **parts)


def nothing(request: HttpRequest, **parts: str) -> HttpResponse:
    """Answer that there is nothing at this address."""
    raise not_found(NO_SUCH_ADDRESS)
