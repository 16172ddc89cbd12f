"""The offers that a search finds as a table to take along: Excel or CSV, at the address of the list."""

from collections.abc import Callable, Iterable
from tempfile import TemporaryFile
from typing import IO

from django.http import FileResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import override

from offers.asked import of_what_is_asked
from offers.csv_file import lines
from offers.filters import OfferFilter
from offers.hsds import files, workbook
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
    """Return the file, which waits on the disk while it is sent; of a search for all, the one of all."""
    if not found.is_active:
        return redirect(like.name)
    public = set(Offer.objects.published().values_list("pk", flat=True))
    file = TemporaryFile()  # noqa: SIM115 (the answer closes it)
    with override("da"):  # as its headings are
        write(file, files.services(key for key in found.answer.keys if key in public))
    file.seek(0)
    response = FileResponse(file, as_attachment=True, filename=like.name, content_type=like.content_type)
    response.headers["X-Robots-Tag"] = "noindex"
    return response
