"""Tables to open in a spreadsheet: as Danish ones read them, and without formulas."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence

from django.http import HttpResponse

# A spreadsheet takes a text that begins so for a formula (OWASP, “CSV Injection”).
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def harmless(value: object) -> str:
    """Return a value as text that no spreadsheet takes for a formula.

    >>> harmless("=1+1"), harmless(7), harmless("0–5 år")
    ("'=1+1", '7', '0–5 år')
    """
    text = str(value)
    return f"'{text}" if text.startswith(_FORMULA) else text


def lines(rows: Iterable[Sequence[object]]) -> Iterator[bytes]:
    """Yield a file of rows, headings first, as `csv_file` has it, one row after the other."""
    written = io.StringIO("\ufeff")
    written.seek(0, io.SEEK_END)
    writer = csv.writer(written, delimiter=";")
    for row in rows:
        writer.writerow([harmless(value) for value in row])
        yield written.getvalue().encode()
        written.seek(0)
        written.truncate()


def csv_file(name: str, headings: Sequence[str], rows: Iterable[Sequence[object]]) -> HttpResponse:
    """Return a file to download: semicolons and a byte order mark, by which Danish Excel knows it."""
    response = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    writer = csv.writer(response, delimiter=";")
    writer.writerows([harmless(value) for value in row] for row in (headings, *rows))
    return response
