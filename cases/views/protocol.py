from django.http import Http404
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from cases import agreementfile
from cases.protocol_page import duty_page, parts
from protocol.duties import CATALOGUE
from protocol.working_days import ENGLAND


@require_safe
def index(request):
    """The whole Protocol, part by part, with what one's own local agreements change."""
    local = agreementfile.in_force_for(request.user, timezone.localdate())
    context = {
        "parts": parts(local),
        "agreements": local,
        "count": len(CATALOGUE),
        "last_known": ENGLAND.last_known.year,
    }
    return render(request, "cases/protocol/index.html", context)


@require_safe
def duty(request, duty_id):
    """One duty, with worked examples."""
    if duty_id not in CATALOGUE:
        raise Http404
    local = agreementfile.in_force_for(request.user, timezone.localdate())
    return render(request, "cases/protocol/duty.html", duty_page(CATALOGUE[duty_id], local))
