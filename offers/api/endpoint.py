"""Addresses of an API: each takes its parameters, answers, and is the same to everybody on the web."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.http import http_date
from django.views.decorators.csrf import csrf_exempt
from pydantic import BaseModel

from offers.api.parameters import Asked, is_id, read
from offers.api.problems import (
    BAD_PARAMETER,
    NOT_ACCEPTED,
    NOT_YET,
    READ_ONLY,
    TOO_MANY,
    Fault,
    ProblemError,
    not_found,
)
from offers.api.records import NDJSON, Answer, File

ALLOWED = "GET, HEAD, OPTIONS"
FRESH = "public, no-cache"  # may be kept, but one must ask whether it still holds
HEADERS = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "ETag, Last-Modified",
    "Cross-Origin-Resource-Policy": "cross-origin",
    "X-Robots-Tag": "noindex",
}
# What goes along with a problem; seconds after which one may try again.
ALONG = {READ_ONLY: {"Allow": ALLOWED}, NOT_YET: {"Retry-After": "60", "Cache-Control": "no-store"}}
JSON = "application/json"
R = TypeVar("R", bound=HttpResponseBase)
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
    answer: Callable[..., Answer | File]
    # What differs whenever an answer may: then it need not be made to see that it is the same.
    version: Callable[[], str] | None = None

    @property
    def is_single(self) -> bool:
        """Whether the address is that of one thing, by its id."""
        return "{id}" in self.path

    def view(self, request: HttpRequest, **parts: str) -> HttpResponseBase:
        """Answer a request that may be made; raises ProblemError."""
        asked = read(request.GET, self.asked)
        _refuse_other_formats(request, NDJSON if getattr(asked, "format", "") == "ndjson" else JSON)
        keys = [_key(parts["id"])] if self.is_single else []
        etag = self._etag(request) if self.version else ""
        same = get_conditional_response(request, etag) if etag else None
        response = same or _given(request, self.answer(asked, *keys), etag)
        if getattr(asked, "search", None):  # what one searches for is kept by nobody
            response.headers["Cache-Control"] = "private, no-store"
        return response

    def _etag(self, request: HttpRequest) -> str:
        """Return the mark of the answer to this very question."""
        asked = sorted(request.GET.items())
        said = repr((self.version and self.version(), settings.BASE_URL, request.path, asked))
        return _mark(said.encode())


def _refuse_other_formats(request: HttpRequest, given: str) -> None:
    """Raise a ProblemError when the client says that it cannot read what is given (RFC 9110, 12.5.1)."""
    if not request.accepts(given):
        sentence = f"Svaret er {given}. Skriv det i Accept, eller skriv */*."
        raise ProblemError(NOT_ACCEPTED, 406, sentence, (Fault("Accept", sentence),))


def _key(text: str) -> UUID:
    """Return the id in an address; raises ProblemError for what is none."""
    if not is_id(text):
        raise not_found(NO_SUCH_ID, Fault("id", NO_SUCH_ID))
    return UUID(text)


def _mark(content: bytes) -> str:
    """Return the ETag of what is told apart by `content`."""
    return f'"{hashlib.sha256(content).hexdigest()[:32]}"'


def _given(request: HttpRequest, answer: Answer | File, etag: str) -> HttpResponseBase:
    """Return the answer as JSON, or line by line."""
    if isinstance(answer, Answer):
        content = answer.content.model_dump_json(exclude_none=True)
        return said(request, content.encode(), answer.changed, etag)
    headers = {"Cache-Control": FRESH}
    response = StreamingHttpResponse(answer.chunks, content_type=answer.content_type, headers=headers)
    if etag:
        response.headers["ETag"] = etag
    return response


def said(
    request: HttpRequest, content: bytes, changed: datetime | None = None, etag: str = ""
) -> HttpResponse:
    """Return the JSON `content`, or that it is not changed since the client had it."""
    etag = etag or _mark(content)
    headers = {"ETag": etag, "Cache-Control": FRESH}
    response = HttpResponse(content, content_type=JSON, headers=headers)
    seconds = int(changed.timestamp()) if changed else None
    if seconds is not None:
        response.headers["Last-Modified"] = http_date(seconds)
    return get_conditional_response(request, etag, seconds, response) or response


def open_to_all(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Let anybody read `view` from any page of the web, and nobody write; faults are problem documents."""

    def answer(request: HttpRequest, **parts: Any) -> HttpResponseBase:
        """Answer, whatever was asked."""
        try:
            response = _allowed(request, view, parts)
        except ProblemError as problem:
            response = problem.response()
            for name, value in ALONG.get(problem.kind, {}).items():
                response.headers[name] = value
        return _shared(response)

    # Nothing is written here, so there is nothing to forge; a POST shall hear that, too.
    return csrf_exempt(answer)


def too_many_parameters() -> HttpResponse:
    """Answer a request with so many parameters that nobody reads them."""
    problem = ProblemError(BAD_PARAMETER, 400, "Der er alt for mange parametre. Skriv hver kun én gang.")
    return _shared(problem.response())


def too_many_searches() -> HttpResponse:
    """Answer somebody who asks far more often than anybody needs to."""
    problem = ProblemError(TOO_MANY, 429, "Der er spurgt mange gange herfra. Vent et minut, og spørg igen.")
    return _shared(problem.response())


def _shared(response: R) -> R:
    """Return `response` so that any page of the web may read it."""
    for name, value in HEADERS.items():
        response.headers[name] = value
    return response


def _allowed(request: HttpRequest, view: Callable[..., HttpResponseBase], parts: Any) -> HttpResponseBase:
    """Answer by the method; raises ProblemError for one that writes."""
    if request.method == "OPTIONS":
        return HttpResponse(status=204, headers={"Allow": ALLOWED, "Access-Control-Allow-Methods": ALLOWED})
    if request.method not in ("GET", "HEAD"):
        raise ProblemError(READ_ONLY, 405, "Man kan kun læse her. Brug GET.")
    return view(request, **parts)


def nothing(request: HttpRequest, **parts: str) -> HttpResponse:
    """Answer that there is nothing at this address."""
    raise not_found(NO_SUCH_ADDRESS)
