from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from cases import access, agreementfile, agreements, worklist
from cases.forms.agreements import AgreementForm, ReviewAgreementForm
from cases.refusal import Refusal


@require_safe
def index(request):
    """The local agreements of one's agency, with the day each is to be reviewed."""
    context = {
        "lines": agreementfile.lines(request.user, today=timezone.localdate()),
        "may_sign": access.may_sign_agreements(request.user),
    }
    return render(request, "cases/agreements/index.html", context)


def new(request):
    """Three steps in one address: fill in, check, sign. Every answer travels along, so none is lost on the way."""
    if not access.may_sign_agreements(request.user):
        raise Http404
    form = AgreementForm(request.POST or None, user=request.user)
    step = request.POST.get("step", "check")
    if request.method == "POST" and form.is_valid():
        if step == "check":
            return _to_check(request, form)
        if step == "sign" and (agreement := _signed(request, form)):
            return redirect("agreement", agreement.pk)
    return render(request, "cases/agreements/new.html", {"form": form})


@require_safe
def agreement(request, pk):
    agreement = _agreement(request, pk)
    context = {
        "agreement": agreement,
        "terms": agreementfile.in_words(agreement),
        "standing": agreementfile.standing_of(agreement, today=timezone.localdate()),
        "rows": worklist.rows(
            agreement.deadline_set.order_by("-opened_on", "-pk"), today=timezone.localdate()
        ),
        "history": agreementfile.history(agreement),
        "may_sign": _may_sign(request.user, agreement),
    }
    return render(request, "cases/agreements/agreement.html", context)


def review(request, pk):
    """Record that both parties went through the local protocol again (GOV-2)."""
    agreement = _agreement(request, pk)
    if not _may_sign(request.user, agreement):
        raise Http404
    form = ReviewAgreementForm(request.POST or None, cancel_url=reverse("agreement", args=[agreement.pk]))
    if request.method == "POST" and form.is_valid():
        try:
            agreements.review(agreement, by=request.user, **form.cleaned_data)
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(
                request, "The local review is recorded. The next one is due a year from that day."
            )
            return redirect("agreement", agreement.pk)
    return render(request, "cases/agreements/review.html", {"form": form, "agreement": agreement})


def _agreement(request, pk):
    return get_object_or_404(agreements.visible_to(request.user), pk=pk)


def _may_sign(user, agreement):
    return access.may_sign_agreements(user) and agreements.is_party(user, agreement)


def _to_check(request, form):
    try:
        agreements.check(form.terms(), by=request.user)
    except Refusal as refusal:
        form.refuse(refusal)
        return render(request, "cases/agreements/new.html", {"form": form})
    terms = form.terms()
    context = {
        "form": form,
        "terms": agreementfile.in_words(terms),
        "signing": terms,
        "counted_again": agreements.cases_governed_by(terms),
    }
    return render(request, "cases/agreements/check.html", context)


def _signed(request, form):
    try:
        agreement = agreements.sign(form.terms(), by=request.user, submission=form.cleaned_data["submission"])
    except Refusal as refusal:
        form.refuse(refusal)
        return None
    messages.success(
        request, "The local agreement is signed. Its yearly review is on the list of what is owed."
    )
    return agreement
