from django.http import Http404
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts import audit
from referrals import access, triage


@require_safe
def board(request):
    """What Cafcass Legal opens in the morning; officers and their managers see what is with them."""
    if not access.may_see_board(request.user):
        raise Http404
    shown = triage.board(request.user, today=timezone.localdate())
    context = {
        "board": shown,
        "is_legal": access.is_cafcass_legal(request.user),
        "papers_empty": triage.PAPERS,
        "concluded_empty": triage.CONCLUDED,
    }
    audit.listed(request, triage.records_of(shown))
    return render(request, "referrals/triage/board.html", context)
