from django.utils import timezone
from django.views.decorators.http import require_safe

from cases import access, casefile, inbox, recordable, worklist
from cases.files import listing
from cases.identity import hearing_name, stages_of
from cases.models import Deadline
from cases.timeline import chronology_of
from cases.views.page import case_page


@require_safe
def now(request, key):
    """Where the case stands, and what the Protocol asks now and of whom."""
    page = case_page(request, key, "case")
    today = timezone.localdate()
    owed = Deadline.objects.visible_to(request.user).of_case(page.case).still_open()
    may = recordable.by(request.user, page.case)
    return page.shown(
        request,
        "cases/case/now.html",
        stages=stages_of(page.case, page.outcome),
        **worklist.by_side(worklist.rows(owed, today=today, may=may)),
        prompts=casefile.prompts(page.case, may),
        flags=casefile.flags(page.case, page.outcome, today=today),
    )


@require_safe
def deadlines(request, key):
    page = case_page(request, key, "deadlines")
    every = Deadline.objects.visible_to(request.user).of_case(page.case).order_by("due_on", "pk")
    return page.shown(
        request,
        "cases/case/deadlines.html",
        rows=worklist.rows(every, today=timezone.localdate()),
    )


@require_safe
def chronology(request, key):
    page = case_page(request, key, "chronology")
    as_list = request.GET.get("as") == "list"
    entries = chronology_of(page.case, may_correct=recordable.corrector(request.user, page.case))
    return page.shown(
        request,
        "cases/case/chronology.html",
        entries=entries,
        as_list=as_list,
        notices=inbox.sent_about(page.case),
    )


@require_safe
def people(request, key):
    page = case_page(request, key, "people")
    return page.shown(
        request,
        "cases/case/people.html",
        appointments=casefile.appointments(page.case),
        roles=[
            (role, words)
            for role, words in casefile.APPOINTABLE
            if access.may_appoint_to(role, request.user, page.case)
        ],
    )


@require_safe
def hearings(request, key):
    page = case_page(request, key, "hearings")
    listed = [{"name": hearing_name(hearing), "hearing": hearing} for hearing in page.outcome.hearings]
    return page.shown(
        request,
        "cases/case/hearings.html",
        hearings=listed,
        filing_dates=casefile.filing_dates(page.outcome),
        offered=_offered(request, page, "hearing_listed", "hearing_moved", "hearing_held", "filing_date_set"),
    )


@require_safe
def documents(request, key):
    page = case_page(request, key, "documents")
    documents = casefile.documents(page.case, page.outcome, today=timezone.localdate())
    files = listing.of_case(page.case, request.user)
    return page.shown(
        request,
        "cases/case/documents.html",
        documents=[document | {"files": files.get(document["ref"], [])} for document in documents],
        other_files=files.get("", []),
        may_add_files=access.may_add_files(request.user, page.case),
        offered=_offered(request, page, "document_received", "document_sent_to_iro"),
    )


@require_safe
def reviews(request, key):
    page = case_page(request, key, "reviews")
    today = timezone.localdate()
    clocks = Deadline.objects.visible_to(request.user).of_care(page.case).still_open()
    return page.shown(
        request,
        "cases/case/reviews.html",
        reviews=casefile.reviews(page.case, page.outcome),
        clocks=worklist.rows(clocks, today=today, may=recordable.by(request.user, page.case)),
        matters=casefile.open_matters(page.case),
        may_close=access.may_close_matters(request.user),
        offered=_offered(request, page, "review_arranged", "review_held"),
        plan=page.outcome.care_plan_view,
    )


def _offered(request, page, *happenings):
    return recordable.offered(request.user, page.case, *happenings)
