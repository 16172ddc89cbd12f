"""A file of meetings, in whatever form it is handed in, becomes rows. Pure."""

from offers.csv_file import decoded
from policies.meetings import csv_file, ical_file
from policies.meetings.rows import MOST_BYTES, FileError, Refused, Row

TOO_LARGE = f"Filen er større end {MOST_BYTES // 1_000_000} MB. Del den i flere filer."
NO_TEXT = "Filen er ikke en tekstfil. Gem den som CSV (UTF-8) eller som kalenderfil (.ics)."


def read(content: bytes) -> list[Row | Refused]:
    """Return what each line or event of the file says, in its order; at least one. Raises FileError."""
    if len(content) > MOST_BYTES:
        raise FileError(TOO_LARGE)
    text = decoded(content)
    if text is None:
        raise FileError(NO_TEXT)
    rows = (ical_file if ical_file.is_calendar(text) else csv_file).rows_of(text) if text.strip() else []
    if not rows:
        raise FileError("Der er ingen møder i filen. Vælg en anden fil.")
    return rows
