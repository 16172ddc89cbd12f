"""The offers that a search finds as a table to take along: Excel or CSV, at the address of the list."""

from collections.abc import Callable, Iterable
from hashlib import sha256
from tempfile import TemporaryFile
from typing import IO

from django.http import FileResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.cache import get_conditional_response
from django.utils.translation import override

from offers.api.endpoint import FRESH
from offers.asked import of_what_is_asked
from offers.csv_file import lines
from offers.filters import OfferFilter
from offers.hsds import files, kept, workbook
from offers.hsds.records import Service
from offers.hsds.table import table
from offers.models import Offer


@of_what_is_asked
def excel(found: OfferFilter) -> HttpResponseBase:
    """Give the offers asked for as a spreadsheet."""
    return _file(found, files.EXCEL, lambda file, services: workbook.write(file, services))


@of_what_is_asked
def csv(found: OfferFilter) -> HttpResponseBase:
    """Give the same as CSV."""
    return _file(found, files.CSV, lambda file, services: file.writelines(lines(table(services))))


def _file(
    found: OfferFilter, like: files.BulkFile, write: Callable[[IO[bytes], Iterable[Service]], None]
) -> HttpResponseBase:
    """Return the file, or that the client has it; of a search for all, the one of all.

    Its mark is made of what is found and of the state of the data: a file that is known is not made.
    """
    if not found.is_active:
        return redirect(like.name)
    state = kept.state_of_data()  # before the rows are read: a mark may be older than its file, never newer
    public = set(Offer.objects.published().values_list("pk", flat=True))
    keys = [key for key in found.answer.keys if key in public]
    etag = f'"{sha256(repr((state, like.name, keys)).encode()).hexdigest()[:32]}"'
    response = get_conditional_response(found.request, etag) or _made(keys, like, write)
    headers = {"ETag": etag, "Cache-Control": FRESH, "X-Robots-Tag": "noindex"}
    for name, value in headers.items():
        response.headers[name] = value
    return response


def _made(
    keys: list[int], like: files.BulkFile, write: Callable[[IO[bytes], Iterable[Service]], None]
) -> FileResponse:
    """Return the file with the offers of those keys; it waits on the disk while it is sent."""
    file = TemporaryFile()  # noqa: SIM115 (the answer closes it)
    with override("da"):  # as its headings are
        write(file, files.services(keys))
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename=like.name, content_type=like.content_type)
