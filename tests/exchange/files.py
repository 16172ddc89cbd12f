"""Real files, made as a spreadsheet and a text editor make them."""

import csv
import io

from openpyxl import Workbook, load_workbook


def xlsx(*rows, title="Tilbud"):
    """Return a spreadsheet with these rows."""
    book = Workbook()
    book.active.title = title
    for row in rows:
        book.active.append(row)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def text(*rows, sign=";"):
    """Return the same as CSV text."""
    file = io.StringIO()
    csv.writer(file, delimiter=sign).writerows(rows)
    return file.getvalue()


def cells(content, title="Tilbud"):
    """Return the rows of a spreadsheet."""
    return [list(row) for row in load_workbook(io.BytesIO(content))[title].iter_rows(values_only=True)]
