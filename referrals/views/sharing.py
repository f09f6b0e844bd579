"""A referral and the advice line's notes: Cafcass Legal shares them, the officer reads what was shared."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from cases.caselist import clean_words
from cases.refusal import Refusal
from referrals import advice, advice_clock, sharing
from referrals.access import is_cafcass_legal, may_read_shared
from referrals.forms.advice import HoldBackForm
from referrals.models import AdviceNote, Referral
from referrals.views.advice import for_cafcass_legal

SOUGHT = "advice_sought_for_a_referral"


@never_cache
@require_safe
def referral_advice(request, referral_key):
    """Cafcass Legal's page and the officer's; to anybody else on the case it is not there."""
    referral = _referral(request, referral_key)
    if is_cafcass_legal(request.user):
        return _to_share(request, referral)
    rows = sharing.read_shared(referral, by=request.user)
    return render(request, "referrals/advice/shared.html", {"referral": referral, "rows": rows})


def _referral(request, key):
    visible = Referral.objects.visible_to(request.user).select_related("case", "officer", "authority")
    referral = visible.filter(key=key).exclude(state="draft").first()
    if referral is None or not may_read_shared(request.user, referral):
        raise Http404
    return referral


def _to_share(request, referral):
    today = timezone.localdate()
    rows = [
        (found, advice_clock.clock(referral, found, today=today) if _is_owed(referral, found) else None)
        for found in sharing.look_at(referral, by=request.user)
    ]
    context = {
        "referral": referral,
        "owed": [row for row in rows if row[0].is_certain and not row[0].is_settled],
        "doubtful": [row for row in rows if not row[0].is_certain and not row[0].is_settled],
        "settled": [row for row in rows if row[0].is_settled],
        "why_not": sharing.why_not(referral),
    }
    return render(request, "referrals/advice/sharing.html", context)


def _is_owed(referral, found):
    return bool(referral.officer_id and (found.is_certain or found.shared))


@for_cafcass_legal
def share(request, referral_key, pk):
    """Sharing is pressed, never followed: a link opened by chance shares nothing."""
    referral, note = _referral(request, referral_key), get_object_or_404(AdviceNote, pk=pk)
    if request.method != "POST":
        raise Http404
    try:
        row = sharing.share(referral, note, by=request.user)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, f"The note is shared with {row.to.name}.")
    return redirect("referral_advice", referral.key)


@for_cafcass_legal
def hold_back(request, referral_key, pk):
    referral, note = _referral(request, referral_key), get_object_or_404(AdviceNote, pk=pk)
    back = reverse("referral_advice", args=[referral.key])
    form = HoldBackForm(request.POST or None, cancel_url=back)
    if request.method == "POST" and form.is_valid():
        try:
            sharing.hold_back(referral, note, by=request.user, reason=form.cleaned_data["reason"])
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(
                request, "The note is held back, and the reason is kept. It can still be shared."
            )
            return redirect(back)
    context = {"referral": referral, "note": note, "form": form, "why_not": sharing.why_not(referral)}
    return render(request, "referrals/advice/hold_back.html", context)


@for_cafcass_legal
def find(request, referral_key):
    """Any other note of the line, looked for by words that wait in the session."""
    referral = _referral(request, referral_key)
    if request.method == "POST":
        request.session[SOUGHT] = clean_words(request.POST.get("words", ""))
        return redirect(reverse("referral_advice_find", args=[referral.key]) + "?search=1")
    words = request.session.get(SOUGHT, "") if "search" in request.GET else ""
    found = advice.look_through(by=request.user, words=words).notes if words else []
    context = {"referral": referral, "notes": found, "words": words, "why_not": sharing.why_not(referral)}
    return render(request, "referrals/advice/find.html", context)
