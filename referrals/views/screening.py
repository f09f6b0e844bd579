"""The screening, one question a page, and where it points."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse

from cases.refusal import Refusal
from referrals import questions, readiness, referralfile, referring, screening, witness
from referrals.forms.screening import OutcomeForm, QuestionForm
from referrals.models import Dispute
from referrals.views.referral_page import already_sent, draft_page, typed


def question(request, referral_key, name):
    page, shown = draft_page(request, referral_key)
    if name not in questions.BY_NAME:
        raise Http404
    if not shown.is_draft:
        return already_sent(request, shown)
    asked, is_change = questions.BY_NAME[name], "change" in request.GET
    back = _back(shown, name, is_change)
    kept = shown.screening.answers.filter(question=name).first()
    form = QuestionForm(typed(request), question=asked, kept=kept, cancel_url=back)
    if request.method == "POST" and form.is_valid() and _answered(request, form, shown, name):
        return redirect(_onward(shown, name, is_change))
    context = {
        "form": form, "question": asked, "referral": shown, "back": back,
        "number": questions.ORDER.index(name) + 1, "of": len(questions.ORDER),
        "disputes": _disputes(request, page.case) if name == "tried" else None,
    }  # fmt: skip
    return page.shown(request, "referrals/referring/question.html", also=[witness.referral(shown)], **context)


def _disputes(request, case):
    return Dispute.objects.visible_to(request.user).filter(case=case, kind=Dispute.Kind.CONCERN)


def _answered(request, form, shown, name):
    try:
        referring.answer(shown, name, by=request.user, **form.cleaned_data)
    except Refusal as refusal:
        form.refuse(refusal)
        return False
    return True


def _back(shown, name, is_change):
    if is_change:
        return reverse("referral_screening", args=[shown.key])
    if before := questions.before(name):
        return reverse("referral_question", args=[shown.key, before.name])
    return reverse("referral", args=[shown.key])


def _onward(shown, name, is_change):
    following = questions.after(name)
    if is_change or following is None:
        return reverse("referral_screening", args=[shown.key])
    return reverse("referral_question", args=[shown.key, following.name])


def check_screening(request, referral_key):
    """Check your answers, see where they point, and keep it; or go on where the questions were left."""
    page, shown = draft_page(request, referral_key)
    if not shown.is_draft:
        return already_sent(request, shown)
    answers = readiness.answers_of(shown)
    if following := questions.first_unanswered(answers):
        return redirect("referral_question", shown.key, following.name)
    advice = screening.outcomes(answers)
    back = reverse("referral", args=[shown.key])
    form = OutcomeForm(typed(request), screening=shown.screening, outcome=advice[0].outcome, cancel_url=back)
    if request.method == "POST" and form.is_valid() and _finished(request, form, shown):
        messages.success(request, "The screening is saved. You can still change its answers.")
        return redirect("referral", shown.key)
    context = {
        "form": form, "referral": shown, "rows": referralfile.answers(shown), "leading": advice[0], "others": advice[1:],
        "remarks": screening.remarks(answers), "is_refer": advice[0].outcome == screening.Outcome.REFER,
    }  # fmt: skip
    return page.shown(
        request, "referrals/referring/check_screening.html", also=[witness.referral(shown)], **context
    )


def _finished(request, form, shown):
    try:
        referring.finish_screening(shown, by=request.user, **form.cleaned_data)
    except Refusal as refusal:
        form.refuse(refusal)
        return False
    return True
