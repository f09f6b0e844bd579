from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse

from cases.refusal import Refusal
from referrals import access, ladders
from referrals.forms.ladders import LadderForm


def ladder(request):
    """The authority's ladder: read by all its people, changed by those who keep it."""
    authority = request.user.organisation
    if not authority.is_authority:
        raise Http404
    rungs = ladders.ladder_of(authority)
    may_change = access.may_change_ladder(request.user)
    if request.method == "POST" and not may_change:
        raise Http404
    form = LadderForm(request.POST or None, rungs=rungs, cancel_url=reverse("ladder")) if may_change else None
    if request.method == "POST" and form.is_valid():
        try:
            ladders.replace(authority, form.steps(), by=request.user)
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, "The ladder is kept. Disputes under way keep the steps already taken.")
            return redirect("ladder")
    context = {
        "form": form,
        "rungs": rungs,
        "is_own": ladders.is_own(authority),
        "total": ladders.formal_days(rungs),
        "whole": ladders.WHOLE,
    }
    return render(request, "referrals/disputes/ladder.html", context)
