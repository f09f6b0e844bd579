"""Cells for a file that will be opened in a spreadsheet: text stays text, whatever it begins with."""

import csv
import unicodedata
from io import StringIO

BEGINS_A_FORMULA = "=+-@|%"


def harmless(value):
    """Text that would be taken for a formula gets an apostrophe before it, full-width signs and tabs included."""
    text = str(value).replace("\0", "")
    first = unicodedata.normalize("NFKC", text).strip()[:1]
    is_live = (first and first in BEGINS_A_FORMULA) or text[:1] in "\t\r\n"
    return f"'{text}" if text and is_live else text


def as_csv(heading, rows):
    """With the mark by which a spreadsheet knows that names may have accents."""
    written = StringIO()
    sheet = csv.writer(written, quoting=csv.QUOTE_ALL)
    sheet.writerow(heading)
    sheet.writerows([harmless(cell) for cell in row] for row in rows)
    return "\ufeff" + written.getvalue()
