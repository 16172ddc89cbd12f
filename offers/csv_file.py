"""Tables to open in a spreadsheet: as Danish ones write and read them, and without formulas."""

import codecs
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
    return f"'{text}" if text.lstrip("'").startswith(_FORMULA) else text


def unguarded(text: str) -> str:
    """Return what `harmless` was given.

    >>> unguarded("'=1+1"), unguarded("''=x"), unguarded("'s-Gravenhage")
    ('=1+1', "'=x", "'s-Gravenhage")
    """
    guarded = text.startswith("'") and text.lstrip("'").startswith(_FORMULA)
    return text[1:] if guarded else text


def decoded(content: bytes) -> str | None:
    """Return the text of a file: UTF-8, UTF-16 with its mark, or Windows-1252; None when it is no text.

    A file that several programs wrote in may change from one line to the next.
    """
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        attempts = [lambda: content.decode("utf-16")]
    else:
        attempts = [
            lambda: content.decode("utf-8-sig"),
            lambda: "".join(map(_line, content.removeprefix(codecs.BOM_UTF8).splitlines(keepends=True))),
        ]
    for attempt in attempts:
        try:
            text = attempt()
        except UnicodeDecodeError:
            continue
        return None if "\0" in text else text
    return None


def _line(line: bytes) -> str:
    """Return the text of one line; raises UnicodeDecodeError."""
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError:
        return line.decode("cp1252")


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
