"""A case's disputes: the list, a new one, the page of one, and each act on it."""

from functools import partial

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from cases import recordable, worklist
from cases.forms.references import present_children
from cases.models import CaseChild, Child, Deadline
from cases.refusal import Refusal
from cases.timeline import entries_of
from cases.views import seeing
from cases.views.page import case_page, child_shown
from protocol.duties import CATALOGUE
from protocol.vocabulary import Subject
from referrals import access, dispute_acts, disputefile, disputes, seen_by, witness
from referrals.forms.raising import RaiseForm, RaiseWithoutCaseForm
from referrals.models import Dispute

TAB = "case_disputes"
OF_A_DISPUTE = [duty.id for duty in CATALOGUE.values() if duty.subject is Subject.DISPUTE]


@require_safe
def case_disputes(request, key):
    page = case_page(request, key, TAB)
    rows = _lines(page.case, _visible(request).filter(case=page.case))
    kept = {row["dispute"].ref for row in rows}
    return page.shown(
        request,
        "referrals/disputes/list.html",
        also=witness.disputes(row["dispute"] for row in rows),
        open=[row for row in rows if row["is_open"]],
        ended=[row for row in rows if row["is_ended"]],
        alerts=[row for row in rows if row["dispute"].is_good_practice and not row["is_struck"]],
        struck=[row for row in rows if row["is_struck"]],
        elsewhere=[ref for ref in page.outcome.disputes if ref not in kept],
        may_raise=access.may_raise(request.user, page.case),
    )


def _visible(request):
    related = ("case__authority", "case__cafcass_office", "authority", "raised_by", "addressed_to")
    return Dispute.objects.visible_to(request.user).select_related(*related).prefetch_related("children")


def _lines(case, found):
    begun = disputefile.begun_in(case)
    return [_line(dispute, is_struck=dispute.ref not in begun) for dispute in found]


def _line(dispute, *, is_struck):
    goes_on = dispute.is_running or dispute.state == "unresolved"
    is_concern = not dispute.is_good_practice and not is_struck
    return {
        "dispute": dispute,
        "gauge": disputefile.gauge(dispute, today=timezone.localdate()),
        "is_struck": is_struck,
        "is_open": is_concern and goes_on,
        "is_ended": is_concern and not goes_on,
    }


def dispute_new(request, key):
    page = case_page(request, key, TAB)
    if not access.may_raise(request.user, page.case):
        raise Http404
    back = reverse(TAB, args=[page.case.key])
    form = RaiseForm(
        request.POST or None, children=present_children(page.case), user=request.user, cancel_url=back
    )
    verb = partial(disputes.raise_dispute, page.case)
    if raised := _raised(request, form, verb):
        return redirect("dispute", raised.key)
    seen = _seen(request, form, page.case, verb)
    return page.shown(request, "referrals/disputes/new.html", form=form, **seen)


def dispute_for_child(request, key):
    """Raise one for a child: in the open case, or as the first fact of a new one."""
    child = get_object_or_404(Child.objects.visible_to(request.user).select_related("authority"), key=key)
    if not access.may_raise(request.user, child):
        raise Http404
    if case := child.cases.filter(members__in=CaseChild.objects.in_open_cases().filter(child=child)).first():
        return redirect("dispute_new", case.key)
    back = reverse("child", args=[child.key])
    form = RaiseWithoutCaseForm(request.POST or None, children=[child], user=request.user, cancel_url=back)
    if raised := _raised(request, form, disputes.raise_without_case):
        return redirect("dispute", raised.key)
    seen = _seen(request, form, child, disputes.raise_without_case)
    return child_shown(request, "referrals/disputes/new.html", child, form=form, **seen)


def _seen(request, form, subject, verb):
    """The dispute as somebody else would see it, where that was asked."""
    return seeing.looked(
        request, form, lambda part: seen_by.raised(subject, part, lambda: verb(**form.entry()))
    )


def _raised(request, form, verb):
    """The dispute raised, or none with the reason on the form."""
    if not seeing.is_saved(request, form):
        return None
    try:
        raised = verb(**form.entry())
    except Refusal as refusal:
        form.refuse(refusal)
        return None
    messages.success(request, f"{raised.ref} is on the chronology.")
    return raised


@require_safe
def dispute(request, dispute_key):
    """One dispute: what it is about, how long it has taken, who answers by when, and what may be done."""
    shown = get_object_or_404(_visible(request), key=dispute_key)
    page = case_page(request, shown.case.key, TAB)
    today = timezone.localdate()
    steps = disputefile.steps_of(shown)
    owed = Deadline.objects.filter(case=shown.case, duty__in=OF_A_DISPUTE, subject=shown.ref)
    return page.shown(
        request,
        "referrals/disputes/dispute.html",
        also=[witness.dispute(shown)],
        dispute=shown,
        children=shown.children.all(),
        is_struck=disputefile.beginning(shown) is None,
        whole=disputefile.gauge(shown, today=today),
        steps=list(zip(steps, disputefile.gauges(shown, steps, today=today), strict=True)),
        deadlines=_owed(request, shown, owed, today),
        waiting=[step for step in steps if step.awaits_endorsement],
        disagreed=[step for step in steps if step.awaits_mediation],
        acts=dispute_acts.offered(shown, request.user),
        history=entries_of(
            disputefile.told(shown),
            shown.case,
            may_correct=recordable.corrector(request.user, shown.case),
        ),
    )


def _owed(request, shown, owed, today):
    may = recordable.by(request.user, shown.case)
    return worklist.rows(owed.order_by("due_on", "pk"), today=today, may=may)


@require_safe
def dispute_act(request, key, happening):
    """From a worklist's button to the page of the act; without a known dispute, to the list."""
    page = case_page(request, key, TAB)
    if happening in dispute_acts.BEGIN:
        return redirect("dispute_new", page.case.key)
    act = dispute_acts.BY_HAPPENING.get(happening)
    about = _about(request, page.case)
    if act is None or about is None:
        return redirect(TAB, page.case.key)
    return redirect("dispute_do", about.key, act.name)


def _about(request, case):
    """The dispute the link names; where it names none, the only one that is still open."""
    found = _visible(request).filter(case=case)
    if ref := request.GET.get("dispute"):
        return next((dispute for dispute in found if dispute.ref == ref), None)
    still_open = [line["dispute"] for line in _lines(case, found) if line["is_open"]]
    return still_open[0] if len(still_open) == 1 else None


def dispute_do(request, dispute_key, act):
    shown = get_object_or_404(_visible(request), key=dispute_key)
    act = dispute_acts.ACTS.get(act)
    if act is None or not act.may(request.user, shown):
        raise Http404
    is_asked = request.method == "GET" or shown.is_good_practice
    if disputefile.beginning(shown) is None or (is_asked and not act.is_open(shown)):
        messages.warning(request, f"“{act.title}” is not to be done on {shown.ref} as it stands now.")
        return redirect("dispute", shown.key)
    page = case_page(request, shown.case.key, TAB)
    back = reverse("dispute", args=[shown.key])
    form = act.form(request.POST or None, dispute=shown, user=request.user, act=act, cancel_url=back)
    if seeing.is_saved(request, form):
        try:
            act.verb(shown, **form.entry())
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, f"Recorded: {act.title[0].lower()}{act.title[1:]}, {shown.ref}.")
            return redirect("dispute", shown.key)
    seen = seeing.looked(
        request, form, lambda part: seen_by.step(shown, part, lambda: act.verb(shown, **form.entry()))
    )
    context = {"dispute": shown, "act": act, "form": form, **seen}
    context["also"] = [witness.dispute(shown), *seen["also"]]
    return page.shown(request, "referrals/disputes/act.html", **context)
