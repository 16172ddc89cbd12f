"""The addresses of the files with all offers, and of their checksums.

The ETag of a file is its SHA-256: whoever has the one has the other, even when a new file has come since.
"""

from collections.abc import Callable, Iterable
from datetime import datetime
from functools import partial
from typing import Any

from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.http import http_date

from offers.api.endpoint import FRESH
from offers.api.parameters import Asked, read
from offers.api.problems import NOT_YET, ProblemError
from offers.hsds import kept
from offers.hsds.api import LICENCE
from offers.hsds.files import ALL, BulkFile

COME_AGAIN = "Filen er ved at blive lavet. Vent et minut, og hent den så igen."


def download(file: BulkFile) -> Callable[[HttpRequest], HttpResponseBase]:
    """Return the view of one file."""

    def view(request: HttpRequest) -> HttpResponseBase:
        """Answer with the file, or that it is the one that the client has."""
        read(request.GET, Asked)
        found = _opened([file])[file.name]
        options: dict[str, Any] = {
            "as_attachment": True,
            "filename": file.name,
            "content_type": file.content_type,
        }
        send = partial(FileResponse, found.file, **options)
        response = _conditional(request, send, found.checksum, found.changed)
        if not response.streaming:
            found.file.close()
        return response

    return view


def checksums(request: HttpRequest) -> HttpResponseBase:
    """Answer with the checksum of each file, as `sha256sum -c` reads them."""
    read(request.GET, Asked)
    opened = _opened(ALL)
    found = [(file.name, opened[file.name]) for file in ALL]
    for _, each in found:
        each.file.close()
    text = "".join(f"{each.checksum}  {name}\n" for name, each in found)
    send = partial(HttpResponse, text, content_type="text/plain; charset=utf-8")
    mark = "-".join(each.checksum[:12] for _, each in found)
    return _conditional(request, send, mark, max(each.changed for _, each in found))


def _opened(files: Iterable[BulkFile]) -> dict[str, kept.Kept]:
    """Return the files, open, by name; raises ProblemError while there is none to give."""
    try:
        return kept.opened({file.name: file.write for file in files})
    except kept.NotYetError:
        raise ProblemError(NOT_YET, 503, COME_AGAIN) from None


def _conditional(
    request: HttpRequest, send: Callable[[], HttpResponseBase], mark: str, changed: datetime
) -> HttpResponseBase:
    """Return the answer with its mark, its time and its licence; without content when that is known.

    What is not sent is not made: to close an answer tells Django that the request is over.
    """
    etag, seconds = f'"{mark}"', int(changed.timestamp())
    headers = {"ETag": etag, "Last-Modified": http_date(seconds), "Cache-Control": FRESH}
    headers["Link"] = f'<{LICENCE[1]}>; rel="license"'
    response = get_conditional_response(request, etag, seconds) or send()
    for name, value in headers.items():
        response.headers[name] = value
    return response
