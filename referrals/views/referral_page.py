"""What every page of one referral begins with: its case, and the referral one may see."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect

from cases.views.page import case_page
from referrals import access
from referrals.models import Referral

TAB = "case_referrals"


def referral_page(request, referral_key):
    """One that is not this person's answers as if it were not there.

    Whom it names is read where it is shown: the joins took longer to plan than to read.
    """
    shown = get_object_or_404(Referral.objects.visible_to(request.user), key=referral_key)
    page = case_page(request, shown.case.key, TAB)
    shown.case = page.case
    return page, shown


def draft_page(request, referral_key):
    """A part of a draft, for the IROs who may write it; what was sent answers with a sentence."""
    page, shown = referral_page(request, referral_key)
    if not access.may_prepare(request.user, shown):
        raise Http404
    return page, shown


def typed(request):
    """What was sent, were it nothing at all: a question whose form has no box filled in is still answered."""
    return request.POST if request.method == "POST" else None


def already_sent(request, shown):
    """A page of a draft leads to the referral once that was sent."""
    if request.method == "POST":
        messages.error(
            request,
            f"{shown.ref} has already been submitted. It is sent once, and what was sent does not change.",
        )
    return redirect("referral", shown.key)
