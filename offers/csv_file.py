"""Tables to open in a spreadsheet: as Danish ones read them, and without formulas."""

import csv
from collections.abc import Iterable, Sequence

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


def csv_file(name: str, headings: Sequence[str], rows: Iterable[Sequence[object]]) -> HttpResponse:
    """Return a file to download: semicolons and a byte order mark, by which Danish Excel knows it."""
    response = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    writer = csv.writer(response, delimiter=";")
    writer.writerows([harmless(value) for value in row] for row in (headings, *rows))
    return response
