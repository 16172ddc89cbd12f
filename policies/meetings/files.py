"""A file of meetings, in whatever form it is handed in, becomes rows. Pure."""

import codecs

from policies.meetings import csv_file, ical_file
from policies.meetings.rows import MOST_BYTES, FileError, Refused, Row

TOO_LARGE = f"Filen er større end {MOST_BYTES // 1_000_000} MB. Del den i flere filer."
NO_TEXT = "Filen er ikke en tekstfil. Gem den som CSV (UTF-8) eller som kalenderfil (.ics)."


def read(content: bytes) -> list[Row | Refused]:
    """Return what each line or event of the file says, in its order; at least one. Raises FileError."""
    if len(content) > MOST_BYTES:
        raise FileError(TOO_LARGE)
    text = _decoded(content)
    rows = (ical_file if ical_file.is_calendar(text) else csv_file).rows_of(text) if text.strip() else []
    if not rows:
        raise FileError("Der er ingen møder i filen. Vælg en anden fil.")
    return rows


def _decoded(content: bytes) -> str:
    """Return the text, by UTF-8, UTF-16 with its mark, or Windows-1252; raises FileError."""
    marked = content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    for encoding in ("utf-16",) if marked else ("utf-8-sig", "cp1252"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise FileError(NO_TEXT)
