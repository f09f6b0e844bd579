"""Files as pages show them: where each stands, in words, and where one opens it or strikes it out."""

from dataclasses import dataclass

from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils import timezone

from cases import access
from cases.dates import weekday_date
from cases.models import Event, FileState, StoredFile
from protocol.happenings import Happening

PEOPLE = ("uploaded_by", "decided_by", "struck_by")


@dataclass(frozen=True)
class Shown:
    file: StoredFile
    words: str
    added: str
    size: str
    url: str
    strike_url: str


def shown(file, *, page, strike_page, key, may_strike):
    """`page` and `strike_page` are addresses that take the key of what it belongs to, and the file's."""
    return Shown(
        file,
        standing(file),
        f"{file.uploaded_by.name}, {_day(file.uploaded_at)}",
        filesizeformat(file.size),
        reverse(page, args=[key, file.key]) if file.may_be_opened else "",
        reverse(strike_page, args=[key, file.key]) if may_strike and not file.is_struck else "",
    )


def standing(file):
    """Where it stands, for everybody who sees it."""
    if file.is_struck:
        return f"Struck out by {file.struck_by.name}, {_day(file.struck_at)}: {file.struck_because}"
    if file.decided_by:
        what = "Released" if file.state == FileState.ADMITTED else "Refused"
        return f"{what} by {file.decided_by.name}, {_day(file.decided_at)}: {file.decided_because}"
    if file.state == FileState.HELD:
        return f"Held: {file.because} Nobody can open it until the IRO manager decides."
    if file.state == FileState.REFUSED:
        return f"Refused: {file.because}"
    return "Being looked at: nobody can open it yet." if file.state == FileState.WAITING else ""


def of_case(case, user):
    """The files of a case by the document each belongs to; under no name those whose document was corrected."""
    files = StoredFile.objects.visible_to(user).filter(case=case).select_related("event", *PEOPLE)
    standing_refs = set(documents(case))
    may_strike = access.may_add_files(user, case)
    found = {}
    for file in files:
        ref = file.event.details.get("document") if file.event else ""
        row = shown(file, page="file", strike_page="file_strike_out", key=case.key, may_strike=may_strike)
        found.setdefault(ref if ref in standing_refs else "", []).append(row)
    return found


def documents(case):
    """The court documents received, by what they are called, each with the fact that it was."""
    events = Event.objects.standing().filter(case=case, happening=Happening.DOCUMENT_RECEIVED)
    return {event.details["document"]: event for event in events}


def _day(moment):
    return weekday_date(timezone.localdate(moment))
