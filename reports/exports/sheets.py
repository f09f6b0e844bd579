"""A list as CSV or as a workbook, without a live formula in either."""

import io
from datetime import date

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font

from accounts.spreadsheet import as_csv, harmless
from reports.files.made import CSV, XLSX

WIDTH = 24


def as_file(form, title, heading, rows):
    """(content type, content)."""
    if form == "xlsx":
        return XLSX, _workbook(title, heading, rows)
    plain = ([_plain(cell) for cell in row] for row in rows)
    return CSV, as_csv(heading, plain).encode()


def _plain(cell):
    if cell is None:
        return ""
    return cell.isoformat() if isinstance(cell, date) else cell


def _workbook(title, heading, rows):
    book = Workbook(write_only=True)
    sheet = book.create_sheet(title[:31])
    sheet.freeze_panes = "A2"
    for number in range(len(heading)):
        sheet.column_dimensions[chr(ord("A") + number)].width = WIDTH
    sheet.append([_bold(sheet, word) for word in heading])
    for row in rows:
        sheet.append([_cell(sheet, value) for value in row])
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


def _bold(sheet, word):
    cell = WriteOnlyCell(sheet, word)
    cell.font = Font(bold=True)
    return cell


def _cell(sheet, value):
    """Days stay days; everything typed is text, whatever it begins with."""
    if value is None or isinstance(value, (int, float)):
        return value
    if isinstance(value, date):
        cell = WriteOnlyCell(sheet, value)
        cell.number_format = "dd/mm/yyyy"
        return cell
    cell = WriteOnlyCell(sheet, ILLEGAL_CHARACTERS_RE.sub("", harmless(value)))
    cell.data_type = "s"
    return cell
