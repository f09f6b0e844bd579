"""Making the file of a list."""

from django.utils import timezone

from reports.exports.lists import LISTS
from reports.exports.sheets import as_file
from reports.files.made import Made


def make(file):
    name, form = file.asked["list"], file.asked["form"]
    wanted, records = LISTS[name], set()

    def rows():
        for cells, about in wanted.rows(file.asked_by, timezone.localdate()):
            records.update((kind, str(key)) for kind, key in about)
            yield cells

    content_type, content = as_file(form, wanted.title, wanted.heading, rows())
    return Made(f"{name}-{timezone.localdate().isoformat()}.{form}", content_type, content, list(records))
