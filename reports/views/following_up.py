"""Acts on several deadlines at once: what was chosen in a list stands in the address as numbers."""

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone

from accounts import audit
from cases import worklist
from cases.models import Deadline
from cases.refusal import Refusal
from cases.views.appointing import warn_if_shut_out
from reports import following_up
from reports.boards import access, lists
from reports.forms.following_up import AcknowledgeForm, ChaseForm, ReasonForm, ReassignForm
from reports.views.lists import slice_of


@dataclass(frozen=True)
class Act:
    heading: str
    meant: str
    form: type
    do: Callable


def _noted(verb):
    return lambda chosen, by, data: verb(chosen, by=by, on=timezone.localdate(), **data)


ACTS = {
    "acknowledge": Act(
        "Acknowledge",
        "That you know of it stands in the list with your name and the day. Nothing is sent, and it stays overdue.",
        AcknowledgeForm,
        _noted(following_up.acknowledge),
    ),
    "chase": Act(
        "Chase",
        "Whoever owes it gets an e-mail that asks where it stands: the person, or the service where nobody is named.",
        ChaseForm,
        _noted(following_up.chase),
    ),
    "reason": Act(
        "Give the reason for lateness",
        "Only for what your own agency owes, or one that is not on this system.",
        ReasonForm,
        lambda chosen, by, data: following_up.give_reason(chosen, by=by, **data),
    ),
    "reassign": Act(
        "Reassign",
        "A deadline is owed by whoever holds the role for the child: you reassign the children, with all their work.",
        ReassignForm,
        lambda chosen, by, data: following_up.reassign(chosen, by=by, **data),
    ),
}


def board_follow_up(request, act):
    """See what was chosen, say what is needed, and do it to all of them or to none."""
    if act not in ACTS or not access.may_follow_up(request.user):
        raise Http404
    if act == "reassign" and access.reassigns(request.user) is None:
        raise Http404
    chosen = _chosen(request)
    back = slice_of(QueryDict(request.GET.get("list", ""))).url()
    form = ACTS[act].form(
        request.POST if request.method == "POST" else None, user=request.user, cancel_url=back
    )
    if request.method == "POST" and form.is_valid():
        try:
            done = ACTS[act].do(chosen, request.user, form.cleaned_data)
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _said(act, len(done)))
            if act == "reassign":
                warn_if_shut_out(request, form.cleaned_data["person"], following_up.children_of(done))
            return redirect(back)
    return _shown(request, act, chosen, form, back)


def _chosen(request):
    numbers = [int(pk) for pk in request.GET.getlist("deadline") if pk.isdecimal() and len(pk) < 13]
    seen = Deadline.objects.visible_to(request.user).filter(pk__in=numbers[: following_up.MOST + 1])
    return list(seen.select_related("owner__organisation", "owing").order_by("due_on", "pk"))


def _shown(request, act, chosen, form, back):
    lines = lists.lines(chosen, timezone.localdate())
    context = {
        "act": ACTS[act],
        "lines": lines,
        "form": form,
        "back_url": back,
        "unasked": [row for row in chosen if not following_up.asked(row)] if act == "chase" else [],
    }
    audit.listed(request, worklist.records_of([line.row for line in lines]))
    return render(request, "reports/lists/follow_up.html", context)


def _said(act, number):
    if not number:
        return "That had been done already: nothing was changed."
    counted = "1 deadline" if number == 1 else f"{number} deadlines"
    return {
        "acknowledge": f"{counted} acknowledged.",
        "chase": f"{counted} chased: the e-mails go out within the next minutes.",
        "reason": f"The reason stands beside {counted}.",
        "reassign": f"The children of {counted} are reassigned.",
    }[act]
