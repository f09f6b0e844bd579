"""The acts of Cafcass on a referral, each a page of its own. What is not this person's is not there."""

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from cases.dates import weekday_date
from cases.refusal import Refusal
from cases.views.page import case_page
from protocol.happenings import Happening
from protocol.records import Record
from referrals import access, handling
from referrals.forms import handling as forms
from referrals.handling import ending, receiving
from referrals.models import CourtPermission, Referral, RightsMet
from referrals.views.referral_page import typed

H = Happening


@dataclass(frozen=True)
class Act:
    """One act: who may open its page, what is typed, the verb, and what is said when it is done."""

    title: str
    form: type
    verb: Callable
    may: Callable
    done: str
    lead: str = ""
    list: str = ""


def _triages(user, referral):
    return access.may_triage(user) and not referral.is_draft


ACTS = {
    "receive": Act(
        "Record the receipt", forms.ReceiveForm, handling.receive, _triages, "The receipt is recorded.",
        "The day on which Cafcass Legal received the referral. The same-day acts and the six weeks to start "
        "proceedings count from it (PN 3.6, 3.20).",
    ),
    "allocate": Act(
        "Allocate the referral", forms.AllocateForm, handling.allocate, _triages, "The referral is allocated.",
        "It goes at once to the local manager of an officer involved before, or to the High Court Team (PN 3.6).",
    ),
    "hand_on": Act(
        "Hand it on to another person", forms.HandOnForm, handling.hand_on, receiving.may_hand_on,
        "The referral is handed on.",
        "Whoever takes it on sees the case from then on; whoever has it now no longer does.",
    ),
    "proceedings": Act(
        "Record the start of proceedings", forms.ProceedingsForm, handling.start_proceedings, access.may_handle,
        "The start of proceedings is recorded.",
        "Within six weeks of receipt, sooner if it is urgent. Go on trying to settle (PN 3.20).",
    ),
    "settlement": Act(
        "Record a settlement", forms.SettlementForm, handling.settle, access.may_handle,
        "The settlement is recorded.", "The final report is due within six weeks of it (PN 3.21).",
    ),
    "judgment": Act(
        "Record the judgment", forms.JudgmentForm, handling.judgment, access.may_handle,
        "The judgment is recorded.", "The final report is due within six weeks of it (PN 3.21).",
    ),
    "withdraw": Act(
        "Withdraw the referral", forms.WithdrawForm, handling.withdraw, access.may_handle,
        "The referral is withdrawn.",
        "Every clock of the referral stops. What was missed stays on record (REF 2.h).",
    ),
    "enquiries": Act(
        "Enquiries", forms.EnquiryForm, handling.enquire, access.may_handle, "The enquiry is added.",
        "Read the papers, meet the child if that is right, speak with the IRO and with others (PN 3.12).",
        "referrals/handling/enquiries.html",
    ),
    "child": Act(
        "Involving the child", forms.ChildForm, handling.involve_child, access.may_handle, "Added.",
        "As far as is right for the child’s age, understanding, needs and circumstances (PN 3.18).",
        "referrals/handling/involvements.html",
    ),
    "permission": Act(
        "The court’s permission to use its papers", forms.PermissionForm, handling.record_permission,
        access.may_handle, "The permission is added.",
        "Needed to use papers of family proceedings in judicial review or a human-rights claim. The IRO needs none "
        "to send them to Cafcass (PN 3.8).",
        "referrals/handling/permissions.html",
    ),
    "limitation": Act(
        "Limitation dates", forms.LimitationForm, handling.enter_limitation, access.may_handle,
        "The date is added.",
        "Worked out and entered by a lawyer of Cafcass Legal; nothing here counts them (PN 3.21).",
        "referrals/handling/limitations.html",
    ),
}  # fmt: skip


def act(request, referral_key, name):
    """Say what the act is, take it, and go back to the referral."""
    chosen = ACTS[name]
    referral = referral_of(request, referral_key, chosen.may)
    form = None
    is_lawyers = name == "limitation" and not access.may_enter_limitation(request.user)
    if is_lawyers and request.method == "POST":
        raise Http404
    if not is_lawyers:
        form = chosen.form(typed(request), **_asked(request, referral))
    if form and _is_done(request, form, lambda: chosen.verb(referral, **form.entry())):
        messages.success(request, chosen.done)
        return redirect(request.path) if chosen.list else onward(request, referral)
    return _page(request, referral, form=form, act=chosen)


def permission_given(request, referral_key, pk):
    referral = referral_of(request, referral_key, access.may_handle)
    asked = get_object_or_404(CourtPermission, referral=referral, pk=pk)
    back = reverse("referral_permission", args=[referral.key])
    form = forms.PermissionGivenForm(typed(request), **_asked(request, referral, back))
    if _is_done(request, form, lambda: handling.permission_given(asked, **form.entry())):
        messages.success(request, "The court’s permission is recorded.")
        return redirect(back)
    told = Act(
        "The court gave its permission", forms.PermissionGivenForm, None, None, "",
        f"Asked for on {weekday_date(asked.asked_on)}: {asked.papers}",
    )  # fmt: skip
    return _page(request, referral, form=form, act=told)


def rights_met(request, referral_key):
    """The IRO reported that the child's rights are met: Cafcass decides, with reasons (REF-20)."""
    referral = referral_of(request, referral_key, access.may_handle)
    change = RightsMet.objects.filter(referral=referral).select_related("by", "decided_by").last()
    if change is None:
        raise Http404
    if change.is_withdrawn is not None and request.method == "GET":
        messages.info(request, ending.said_of_decided(change))
        return onward(request, referral)
    form = forms.RightsMetForm(typed(request), **_asked(request, referral))
    if _is_done(request, form, lambda: handling.decide_rights_met(change, **form.entry())):
        messages.success(request, "The decision is recorded, and the IRO is told.")
        return onward(request, referral)
    return _page(request, referral, "referrals/handling/rights_met.html", form=form, change=change)


# From a deadline’s button, by way of the router of a referral, to the page of the act.
PAGE_OF = {
    H.REFERRAL_RECEIVED: "referral_receive",
    H.REFERRAL_ALLOCATED: "referral_allocate",
    H.CIVIL_PROCEEDINGS_STARTED: "referral_proceedings",
    H.SETTLED: "referral_settlement",
    H.JUDGMENT_GIVEN: "referral_judgment",
    H.REFERRAL_WITHDRAWN: "referral_withdraw",
    Record.INFORMATION_GATHERED: "referral_enquiries",
    Record.WHO_ACTS: "referral_decision",
    Record.CHILD_INVOLVED: "referral_child",
    Record.COURT_PERMISSION: "referral_permission",
    Record.LIMITATION_DATE: "referral_limitation",
}


def referral_of(request, referral_key, may):
    """The referral of a page, if this person may do this there."""
    rows = Referral.objects.visible_to(request.user).select_related("case", "officer", "office", "iro")
    referral = get_object_or_404(rows, key=referral_key)
    if not may(request.user, referral):
        raise Http404
    return referral


def onward(request, referral):
    """Back to the referral, or to the board for an officer whose part in it has just ended."""
    if Referral.objects.visible_to(request.user).filter(pk=referral.pk).exists():
        return redirect(page_of(referral))
    return redirect("triage")


def page_of(referral):
    return reverse("referral", args=[referral.key])


def _asked(request, referral, back=""):
    return {"referral": referral, "user": request.user, "cancel_url": back or page_of(referral)}


def _is_done(request, form, verb):
    if request.method != "POST" or not form.is_valid():
        return False
    try:
        verb()
    except Refusal as refusal:
        form.refuse(refusal)
        return False
    return True


def _page(request, referral, template="referrals/handling/act.html", **more):
    page = case_page(request, referral.case.key, "case_referrals")
    return render(request, template, page.context(referral=referral, **more))
