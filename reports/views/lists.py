"""The lists behind the numbers of the boards."""

from urllib.parse import urlencode

from django.db.models import Prefetch
from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts import audit
from cases import witness, worklist
from letters import witness as of_letters
from referrals import disputefile
from referrals import witness as of_disputes
from reports.boards import access, lists, names
from reports.boards.paging import SORTS, page
from reports.measures import disputes, letters
from reports.measures.dimensions import number as number_of
from reports.measures.slices import Slice


@require_safe
def board_deadlines(request):
    """The deadlines behind a number, with what may be done about several at once."""
    _check(request)
    today = timezone.localdate()
    asked = slice_of(request.GET)
    sort = request.GET.get("sort", "")
    if sort not in SORTS:
        raise Http404
    number, found, rows = lists.deadlines(request.user, asked, request.GET.get("after", ""), today, sort)
    context = {
        "number": number,
        "lines": rows,
        "tags": asked.tags(request.user),
        "asked": asked.query(),
        "walked": asked.sorted_by(sort),
        "sorts": _sorts(asked, sort),
        "acts": _acts(request.user) if any(line.is_overdue for line in rows) else [],
        **_pages(request, found),
    }
    audit.listed(request, worklist.records_of([line.row for line in rows]))
    return render(request, "reports/lists/deadlines.html", context)


@require_safe
def board_children(request):
    """The children behind a number."""
    _check(request)
    today = timezone.localdate()
    try:
        asked = lists.children_of(request.user, request.GET, today)
    except (LookupError, ValueError) as unknown:
        raise Http404 from unknown
    number, found, rows = lists.page_of_children(
        request.user, asked, request.GET.get("after", "") or "", today
    )
    audit.listed(
        request,
        [*witness.children(line.child for line in rows), *(("case", r.case_key) for r in rows if r.case_key)],
    )
    context = {"number": number, "lines": rows, "list": asked, **_pages(request, found)}
    return render(request, "reports/lists/children.html", context)


@require_safe
def board_disputes(request):
    """The disputes behind a number, the oldest first."""
    _check(request)
    today, days = timezone.localdate(), request.GET.get("days", "")
    if days and days not in disputes.DAYS.words:
        raise Http404
    step = request.GET.get("step", "")
    asked = disputes.chosen(request.user, today, step, days).select_related("addressed_to", "case")
    found = page(asked.prefetch_related("children"), ("raised_on",), request.GET.get("after", ""))
    rows = [
        {"dispute": each, "gauge": disputefile.gauge(each, today=today), "is_struck": False}
        for each in found.rows
    ]
    audit.listed(request, _of_disputes(found.rows))
    context = {
        "number": asked.count(), "rows": rows, "step": step if step != "-" else "",
        "days": disputes.DAYS.words.get(days, ""), **_pages(request, found),
    }  # fmt: skip
    return render(request, "reports/lists/disputes.html", context)


@require_safe
def board_letters(request):
    """Handover letters an IRO found unhelpful, with the reason."""
    if not access.may_see_board(request.user, names.CAFCASS):
        raise Http404
    try:
        of = {
            name: number_of(request.GET[name]) for name in ("signatory", "authority") if request.GET.get(name)
        }
    except ValueError as unknown:
        raise Http404 from unknown
    asked = letters.unhelpful(request.user, timezone.localdate(), **of)
    found = page(
        asked.select_related("case", "signatory", "authority", "scored_by").prefetch_related(
            Prefetch("children")
        ),
        ("sent_on",),
        request.GET.get("after", ""),
    )
    audit.listed(request, [record for each in found.rows for record in of_letters.about(each)])
    context = {"number": asked.count(), "letters": found.rows, **_pages(request, found)}
    return render(request, "reports/lists/letters.html", context)


def _sorts(asked, chosen):
    """Each way to sort the list, with where it is so sorted; the present one leads nowhere."""
    own = asked.url()
    return [
        (words, "" if sort == chosen else f"{own}{'&' if asked.values else ''}sort={sort}" if sort else own)
        for sort, words in SORTS.items()
    ]


def slice_of(query):
    try:
        return Slice.read(query)
    except ValueError as unknown:
        raise Http404 from unknown


def _acts(user):
    """What this person may do about several at once: the name of the act and its button."""
    if not access.may_follow_up(user):
        return []
    acts = [("acknowledge", "Acknowledge"), ("chase", "Chase"), ("reason", "Give the reason for lateness")]
    return [*acts, ("reassign", "Reassign")] if access.reassigns(user) else acts


def _of_disputes(rows):
    for each in rows:
        yield of_disputes.dispute(each)
        yield witness.case(each.case)
        yield from witness.children(each.children.all())


def _check(request):
    if not access.may_see_lists(request.user):
        raise Http404


def _pages(request, found):
    query = {name: value for name, value in request.GET.items() if name != "after"}
    first = f"{request.path}?{urlencode(query)}" if query else request.path
    onward = f"{request.path}?{urlencode(query | {'after': found.last})}" if found.has_more else ""
    return {
        "next_url": onward,
        "first_url": first if "after" in request.GET else "",
        "board_url": reverse("boards"),
    }
