"""Making the file of a list."""

from django.utils import timezone

from cases import exports
from reports.exports.lists import LISTS
from reports.files.made import Made


def make(file):
    name, form = file.asked["list"], file.asked["form"]
    wanted, records = LISTS[name], set()

    def rows():
        for cells, about in wanted.rows(file.asked_by, timezone.localdate()):
            records.update((kind, str(key)) for kind, key in about)
            yield cells

    sheet = exports.Sheet(name, wanted.heading, rows(), title=wanted.title)
    content_type, content, number = exports.written(sheet, form)
    name = f"{name}-{timezone.localdate().isoformat()}.{form}"
    return Made(name, content_type, content, list(records), number)
