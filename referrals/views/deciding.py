"""The page on which a decision is written, and kept while it is being thought about."""

from django.contrib import messages
from django.shortcuts import redirect

from cases.refusal import Refusal
from cases.views.page import case_page
from protocol.happenings import Happening
from referrals import access, handling, witness
from referrals.forms.deciding import DecisionForm
from referrals.handling.doubts import decision_of
from referrals.handling.offers import letter
from referrals.views.handling import page_of, referral_of
from referrals.views.referral_page import typed


def decision(request, referral_key):
    referral = referral_of(request, referral_key, access.may_handle)
    form = DecisionForm(typed(request), decision=decision_of(referral), cancel_url=page_of(referral))
    if request.method == "POST" and form.is_valid() and _is_kept(request, referral, form):
        messages.success(request, "The decision record is saved. Nobody outside Cafcass sees it.")
        return redirect("referral_decision", referral.key)
    page = case_page(request, referral.case.key, "case_referrals")
    return page.shown(
        request,
        "referrals/handling/decision.html",
        also=[witness.referral(referral)],
        referral=referral,
        form=form,
        decision=decision_of(referral),
        doubts=handling.decision_doubts(referral),
        cautions=handling.decision_cautions(referral),
        enquiries=referral.enquiries.select_related("by"),
        report=next(letter("Go on to the decision report", Happening.DECISION_REPORT_SENT, referral), None),
    )


def _is_kept(request, referral, form):
    try:
        handling.keep_decision(
            referral, by=request.user, seen_version=form.cleaned_data["version"], **form.answers()
        )
    except Refusal as refusal:
        current = decision_of(referral)
        form.refuse(refusal, current.version if current else 0)
        return False
    return True
