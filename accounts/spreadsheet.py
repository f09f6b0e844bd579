"""Cells for a file that will be opened in a spreadsheet: text stays text, whatever it begins with.

`cases.exports` is the one door by which such a file leaves the service.
"""

import csv
import re
import unicodedata
from datetime import date
from decimal import Decimal
from io import BytesIO, StringIO

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

BEGINS_A_FORMULA = "=+-@|%"
# What an XLSX file cannot hold.
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
WIDTH = 24


def harmless(value):
    """Text that would be taken for a formula gets an apostrophe before it, full-width signs and tabs included."""
    if value is None:
        return ""
    if isinstance(value, int | float | Decimal):
        return str(value)
    text = str(value).replace("\0", "")
    first = _visible(unicodedata.normalize("NFKC", text))[:1]
    is_live = (first and first in BEGINS_A_FORMULA) or text[:1] in "\t\r\n"
    return f"'{text}" if text and is_live else text


def _visible(text):
    """From the first character that shows: a mark of no width hides no sign."""
    at = next(
        (at for at, c in enumerate(text) if not c.isspace() and unicodedata.category(c) != "Cf"), len(text)
    )
    return text[at:]


def as_csv(heading, rows):
    """With the mark by which a spreadsheet knows that names may have accents."""
    written = StringIO()
    sheet = csv.writer(written, quoting=csv.QUOTE_ALL)
    sheet.writerow([harmless(cell) for cell in heading])
    sheet.writerows([harmless(cell) for cell in row] for row in rows)
    return ("\ufeff" + written.getvalue()).encode()


def as_xlsx(heading, rows, *, title="Export"):
    """Numbers and days as what they are, everything else as text: no cell is ever a formula."""
    book = Workbook(write_only=True)
    book.properties.creator = ""
    sheet = book.create_sheet(title[:31])
    sheet.freeze_panes = "A2"
    for number in range(1, len(heading) + 1):
        sheet.column_dimensions[get_column_letter(number)].width = WIDTH
    sheet.append([_bold(_cell(sheet, value)) for value in heading])
    for row in rows:
        sheet.append([_cell(sheet, value) for value in row])
    written = BytesIO()
    book.save(written)
    return written.getvalue()


def _bold(cell):
    cell.font = Font(bold=True)
    return cell


def _cell(sheet, value):
    if value is None or isinstance(value, bool | int | float | Decimal):
        return WriteOnlyCell(sheet, value)
    if isinstance(value, date) and not hasattr(value, "tzinfo"):
        cell = WriteOnlyCell(sheet, value)
        cell.number_format = "dd/mm/yyyy"
        return cell
    cell = WriteOnlyCell(sheet, CONTROL.sub("", harmless(value)))
    cell.data_type = "s"
    return cell
