"""The file itself, in the shape the return prescribes; and the list of what to check, for whoever puts it right."""

import csv
import io
from datetime import date

from accounts.spreadsheet import harmless
from cases import exports, witness
from reports.files.made import Made
from reports.statutory import reviews
from reports.statutory.years import Year

HEADING = ("CHILD", "DOB", "REVIEW", "REVIEW_CODE")
PRESCRIBED = "%d/%m/%Y"


def make(file):
    year = Year(date.fromisoformat(file.asked["year_end"]))
    held = reviews.held(file.asked_by, year)
    if file.asked["what"] == "doubts":
        return _doubts(held, year)
    numbered = [review for review in held if review.child.return_id]
    records = witness.children({review.child for review in numbered})
    content = _rows(numbered).encode()
    return Made(f"reviews-{year.end.year}.csv", exports.CSV, content, records, len(numbered))


def _rows(numbered):
    written = io.StringIO()
    sheet = csv.writer(written)
    sheet.writerow(HEADING)
    for review in numbered:
        child = review.child
        sheet.writerow(
            [
                harmless(child.return_id),
                child.born.strftime(PRESCRIBED),
                review.on.strftime(PRESCRIBED),
                harmless(review.participation),
            ]
        )
    return written.getvalue()


def _doubts(held, year):
    found = reviews.doubts(held)
    rows = (
        (
            doubt.kind,
            reviews.CHECKED[doubt.kind],
            doubt.review.child.return_id,
            doubt.review.child.key,
            doubt.review.on.isoformat(),
            doubt.sentence,
        )
        for doubt in found
    )
    name = f"reviews-{year.end.year}-to-check"
    heading = ("Finding", "What it means", "CHILD", "Key here", "Review", "What to do")
    content_type, content, number = exports.written(exports.Sheet(name, heading, rows))
    records = witness.children({doubt.review.child for doubt in found})
    return Made(f"{name}.csv", content_type, content, records, number)
