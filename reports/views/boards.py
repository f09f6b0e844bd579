"""The boards: one page for each service, where every number opens the list behind it."""

from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts import audit
from cases import worklist
from reports.boards import access, cafcass, heartbeat, iro_service, la_legal, names, reciprocity
from reports.measures import periods


@require_safe
def boards(request):
    """One's own board."""
    page = access.own_board(request.user)
    if not page:
        raise Http404
    return redirect(page)


@require_safe
def board_iro_service(request):
    _check(request, names.IRO_SERVICE)
    shown = iro_service.board(
        request.user, today=timezone.localdate(), limits=request.GET.get("limits", "sources")
    )
    return _shown(request, "reports/boards/iro_service.html", shown)


@require_safe
def board_cafcass(request):
    _check(request, names.CAFCASS)
    return _shown(
        request, "reports/boards/cafcass.html", cafcass.board(request.user, today=timezone.localdate())
    )


@require_safe
def board_la_legal(request):
    """The hearings before which the court is to be told stand on it, with the children they are about."""
    _check(request, names.LA_LEGAL)
    shown = la_legal.board(request.user, today=timezone.localdate())
    records = worklist.records_of([line.row for line in shown.hearings])
    return _shown(request, "reports/boards/la_legal.html", shown, records)


@require_safe
def board_reciprocity(request):
    """For a pair of agencies: one's own and another it shares cases with."""
    if not access.may_see_lists(request.user):
        raise Http404
    today = timezone.localdate()
    pairs, quarters = list(reciprocity.pairs(request.user)), periods.quarters(today)
    period = _quarter(request.GET.get("quarter", ""), quarters)
    other = _other(request.GET.get("with", ""), pairs)
    shown = reciprocity.page(request.user, other, period, today=today) if other else None
    return _shown(
        request, "reports/boards/reciprocity.html", shown, pairs=pairs, quarters=quarters, period=period,
        other=other,
    )  # fmt: skip


@require_safe
def board_clock(request):
    """Whether the clock runs; nothing of a child stands here."""
    return render(request, "reports/boards/clock.html", {"beats": heartbeat.beats()})


def _check(request, page):
    if not access.may_see_board(request.user, page):
        raise Http404


def _shown(request, template, board, records=(), **more):
    audit.listed(request, records)
    context = {"board": board, "today": timezone.localdate(), **more}
    return render(request, template, context)


def _quarter(asked, quarters):
    if not asked:
        return quarters[0]
    found = next((quarter for quarter in quarters if quarter.name == asked), None)
    if found is None:
        raise Http404
    return found


def _other(asked, pairs):
    if not asked:
        return pairs[0] if pairs else None
    found = next((agency for agency in pairs if str(agency.pk) == asked), None)
    if found is None:
        raise Http404
    return found
