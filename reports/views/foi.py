"""Requests under the Freedom of Information Act: taken down, counted, answered."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from cases.refusal import Refusal
from reports import access
from reports.files.asking import ask
from reports.foi import acts, answers, drafting
from reports.foi.forms import FoiReplyForm, FoiRequestForm
from reports.foi.questions import OF_REFERRALS
from reports.models import FoiRequest


@require_safe
def foi(request):
    """Every request to one's own organisation: the open ones by the day they are due, then those answered."""
    _check(request)
    today = timezone.localdate()
    every = FoiRequest.objects.visible_to(request.user).select_related("reply")
    lines = [
        {"request": one, "due_on": answers.due_on(one), "left": answers.days_left(one, today)}
        for one in every
    ]
    still_open = [line for line in lines if not hasattr(line["request"], "reply")]
    answered = [line for line in reversed(lines) if hasattr(line["request"], "reply")]
    return render(request, "reports/foi/list.html", {"still_open": still_open, "answered": answered})


def foi_new(request):
    _check(request)
    back = reverse("foi")
    given = request.POST if request.method == "POST" else None
    form = FoiRequestForm(
        given, user=request.user, cancel_url=back, initial=FoiRequestForm.last_three_years()
    )
    if given is not None and form.is_valid():
        try:
            taken = acts.take_down(by=request.user, **form.cleaned_data)
        except Refusal as refusal:
            form.add_error("reference", str(refusal))
        else:
            return redirect("foi_request", taken.key)
    return render(request, "reports/foi/new.html", {"form": form})


def foi_request(request, key):
    """The answer with how it was counted, and the reply to be sent."""
    one = _one(request, key)
    kept = getattr(one, "reply", None)
    answer = answers.Answer.from_json(kept.answer) if kept else answers.answer(one, request.user)
    form = None if kept else _reply_form(request, one, answer)
    if form and form.is_bound and form.is_valid():
        try:
            acts.reply(one, by=request.user, **form.cleaned_data)
        except Refusal as refusal:
            form.add_error("on", str(refusal))
        else:
            messages.success(request, "The reply is kept as it went, with its figures.")
            return redirect("foi_request", one.key)
    if request.method == "POST" and kept:
        messages.error(request, "A reply has gone already: what went stays as it was.")
        return redirect("foi_request", one.key)
    return render(request, "reports/foi/request.html", _shown(one, answer, kept, form))


def _shown(one, answer, kept, form):
    today = kept.answered_on if kept else timezone.localdate()
    return {
        "one": one, "answer": answer, "kept": kept, "form": form, "due_on": answers.due_on(one),
        "left": answers.days_left(one, today), "is_of_referrals": one.question in OF_REFERRALS,
    }  # fmt: skip


def _reply_form(request, one, answer):
    initial = {"text": drafting.draft(one, answer), "on": timezone.localdate()}
    return FoiReplyForm(request.POST if request.method == "POST" else None, initial=initial)


@require_POST
def foi_pack(request, key):
    """Reply, figures, query, form and guidance as one file."""
    one = _one(request, key)
    file = ask(
        "foi_pack", by=request.user, title=f"What goes out with {one.reference}",
        purpose=f"Freedom of information request {one.reference}", request=one.key,
    )  # fmt: skip
    return redirect("answer_file", file.key)


def _check(request):
    if not access.may_answer_foi(request.user):
        raise Http404


def _one(request, key):
    return get_object_or_404(
        FoiRequest.objects.visible_to(request.user).select_related("organisation", "reply"), key=key
    )
