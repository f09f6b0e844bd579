"""The one door by which a list leaves the service as a file. What for is asked and kept.

    form = PurposeForm(request.POST, action=reverse("cases_export"), cancel_url=reverse("cases"))
    if form.is_valid():
        sheet = Sheet("cases", ("Case", "Stage"), ((case.key, case.stage) for case in shown))
        return leave(request, sheet, *witness.listed_cases(shown), **form.cleaned_data)

- The view asks with `PurposeForm` (`cases.forms.exporting`) by POST, since a file that leaves is not a page that is
  looked at, and hands over rows that went through `visible_to`. `records` are all the records the file holds.
- One audit entry, with the purpose, is written before the rows are read: rows may be a generator. When it cannot be
  written there is no file (`accounts.audit`).
- A file of more than 200 rows is told to the exporter's manager and to those who answer for the organisation.
- The file's name says what it is, never about whom. No cell of it is a formula (`accounts.spreadsheet`).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import uuid4

from django.http import HttpResponse
from django.utils import timezone
from django.utils.cache import add_never_cache_headers

from accounts import audit, spreadsheet
from accounts.models import User
from accounts.roles import PersonRole
from cases.models import Notice

LARGE = 200
KINDS = {
    "csv": (spreadsheet.as_csv, "text/csv; charset=utf-8"),
    "xlsx": (spreadsheet.as_xlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
}
# Who hears of a large export besides the exporter's own manager, whatever their organisation.
ARE_TOLD = (PersonRole.IRO_MANAGER, PersonRole.CAFCASS_SERVICE_MANAGER, PersonRole.ADMINISTRATOR)


@dataclass(frozen=True)
class Sheet:
    """What a file holds: its name without an ending, its headings, its rows in their order."""

    name: str
    heading: tuple[str, ...]
    rows: Iterable


@dataclass(frozen=True)
class Left:
    """What the notice of a large export says of it."""

    who: str
    rows: int


def leave(request, sheet, *records, purpose, kind="csv"):
    """The file as an answer to download, witnessed; a large one is told."""
    audit.exported(request, *records, why=purpose)
    rows = list(sheet.rows)
    if len(rows) > LARGE:
        _tell(request.user, len(rows))
    write, content_type = KINDS[kind]
    response = HttpResponse(write(sheet.heading, rows), content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{sheet.name}.{kind}"'
    add_never_cache_headers(response)
    return response


def _tell(person, rows):
    """A nudge to each who answers for what leaves; it names no child and no purpose, which the trail has."""
    about = f"{person.pk}:{rows}:{uuid4().hex}"
    Notice.objects.bulk_create(
        Notice(kind=Notice.Kind.EXPORT, recipient=told, about=about, created_at=timezone.now())
        for told in those_told(person)
    )


def those_told(person):
    """The manager of whoever exports, and their organisation's managers and administrators; never themselves."""
    answering = User.objects.filter(organisation=person.organisation_id, role__in=ARE_TOLD)
    told = answering | User.objects.filter(pk=person.manager_id)
    return [other for other in told.select_related("organisation").distinct() if _is_told(other, person)]


def _is_told(other, person):
    return other.is_reminded and other.pk != person.pk


def left(notice):
    """The export a notice is about."""
    who, rows, _ = notice.about.split(":")
    return Left(User.objects.values_list("name", flat=True).get(pk=who), int(rows))
