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
- What takes long is made by a worker (`reports.files`): it is `written` there, and told of when it is fetched.
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
CSV = "text/csv; charset=utf-8"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# Who hears of a large export besides the exporter's own manager, whatever their organisation.
ARE_TOLD = (PersonRole.IRO_MANAGER, PersonRole.CAFCASS_SERVICE_MANAGER, PersonRole.ADMINISTRATOR)


@dataclass(frozen=True)
class Sheet:
    """What a file holds: its name without an ending, its headings, its rows in their order; a title for its sheet."""

    name: str
    heading: tuple[str, ...]
    rows: Iterable
    title: str = "Export"


@dataclass(frozen=True)
class Left:
    """What the notice of a large export says of it."""

    who: str
    rows: int


def leave(request, sheet, *records, purpose, kind="csv"):
    """The file as an answer to download, witnessed; a large one is told."""
    audit.exported(request, *records, why=purpose)
    content_type, content, rows = written(sheet, kind)
    tell_if_large(request.user, rows, uuid4().hex)
    return handed_out(f"{sheet.name}.{kind}", content_type, content)


def written(sheet, kind="csv"):
    """What a file holds, as it will be: its content type, its content, and how many rows are in it."""
    rows = list(sheet.rows)
    if kind == "xlsx":
        return XLSX, spreadsheet.as_xlsx(sheet.heading, rows, title=sheet.title), len(rows)
    return CSV, spreadsheet.as_csv(sheet.heading, rows), len(rows)


def handed_out(name, content_type, content):
    """A file as an answer to download, kept by no browser."""
    response = HttpResponse(content, content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    add_never_cache_headers(response)
    return response


def tell_if_large(person, rows, which):
    """A nudge to each who answers for what leaves, once for a file; it names no child and no purpose: the trail does."""
    if rows <= LARGE:
        return
    about = f"{person.pk}:{rows}:{which}"
    Notice.objects.bulk_create(
        [
            Notice(kind=Notice.Kind.EXPORT, recipient=told, about=about, created_at=timezone.now())
            for told in those_told(person)
        ],
        ignore_conflicts=True,
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
