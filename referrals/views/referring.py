"""For the IRO: begin a referral, write its parts, check it, send it; then what follows while it is open."""

from functools import partial

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from cases.models import CaseChild, Child
from cases.refusal import Refusal
from cases.views import seeing
from cases.views.page import case_page, child_shown
from referrals import access, paperfiles, readiness, referralfile, referring, rota, seen_by, witness
from referrals.forms.papers import PapersForm
from referrals.forms.referring import (
    AccountForm,
    BeginForm,
    BeginWithoutCaseForm,
    NeedsForm,
    SubmitForm,
    WishesForm,
)
from referrals.models import Referral
from referrals.views.referral_page import TAB, already_sent, draft_page, typed

FORMS = {readiness.ACCOUNT: AccountForm, readiness.WISHES: WishesForm, readiness.NEEDS: NeedsForm}


@require_safe
def case_referrals(request, key):
    """The referrals of a case that this person may see."""
    page = case_page(request, key, TAB)
    listed = Referral.objects.visible_to(request.user).filter(case=page.case).select_related("iro", "officer")
    kept = set(page.case.referrals.values_list("ref", flat=True))
    listed = listed.prefetch_related("children")
    context = {
        "referrals": listed,
        "elsewhere": [ref for ref in page.outcome.referrals if ref not in kept],
        "may_begin": access.may_refer(request.user),
    }
    return page.shown(
        request, "referrals/referring/referrals.html", also=witness.referrals(listed), **context
    )


def begin(request, key):
    page = case_page(request, key, TAB)
    if not access.may_refer(request.user):
        raise Http404
    back = reverse(TAB, args=[page.case.key])
    form = BeginForm(typed(request), case=page.case, cancel_url=back)
    if request.method == "POST" and form.is_valid():
        try:
            begun = referring.begin(page.case, by=request.user, children=form.chosen())
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            return redirect("referral", begun.key)
    return page.shown(request, "referrals/referring/begin.html", form=form, **_whom_to_ask(request))


def begin_for_child(request, key):
    """Refer a looked-after child: in the open case, or with a case opened for it."""
    child = get_object_or_404(Child.objects.visible_to(request.user).select_related("authority"), key=key)
    if not access.may_refer(request.user):
        raise Http404
    if case := child.cases.filter(members__in=CaseChild.objects.in_open_cases().filter(child=child)).first():
        return redirect("referral_begin", case.key)
    back = reverse("child", args=[child.key])
    form = BeginWithoutCaseForm(typed(request), child=child, cancel_url=back)
    if request.method == "POST" and form.is_valid():
        try:
            begun = referring.begin_without_case([child], by=request.user, **form.cleaned_data)
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            return redirect("referral", begun.key)
    return child_shown(request, "referrals/referring/begin.html", child, form=form, **_whom_to_ask(request))


def _whom_to_ask(request):
    """Before a referral there is somebody to talk to (PN 3.2, 4.4)."""
    duty = rota.shown_to(request.user, timezone.localdate())
    return {"duty": duty, "cafcass_legal": referralfile.cafcass_legal()}


def part(request, referral_key, name):
    """One part that is written: the account, the wishes, or what other agencies know."""
    page, shown = draft_page(request, referral_key)
    if name not in FORMS:
        raise Http404
    if not shown.is_draft:
        return already_sent(request, shown)
    back = reverse("referral", args=[shown.key])
    form = FORMS[name](typed(request), referral=shown, cancel_url=back)
    if request.method == "POST" and form.is_valid():
        try:
            referring.write(shown, by=request.user, seen_version=form.cleaned_data["version"], **form.typed())
        except Refusal as refusal:
            form.refuse(refusal, Referral.objects.get(pk=shown.pk).version)
        else:
            return redirect(back)
    context = {
        "form": form,
        "referral": shown,
        "back": back,
        "title": readiness.TITLES[name],
        "changed": _as_stored(form, shown),
    }
    return page.shown(request, "referrals/referring/part.html", also=[witness.referral(shown)], **context)


def _as_stored(form, shown):
    """What somebody else saved meanwhile, beside what this person typed."""
    if not form.is_bound or not form.non_field_errors():
        return []
    now = Referral.objects.get(pk=shown.pk)
    names = [name for name in form.fields if name not in ("version", "is_urgent")]
    return [{"key": form.fields[name].label, "value": getattr(now, name)} for name in names]


def papers(request, referral_key):
    page, shown = draft_page(request, referral_key)
    if not shown.is_draft:
        return already_sent(request, shown)
    back = reverse("referral", args=[shown.key])
    form = PapersForm(typed(request), referral=shown, cancel_url=back)
    if request.method == "POST" and form.is_valid():
        try:
            seen = form.cleaned_data["version"]
            referring.promise(shown, form.answers(), by=request.user, seen_version=seen)
        except Refusal as refusal:
            form.refuse(refusal, Referral.objects.get(pk=shown.pk).version)
        else:
            return redirect(back)
    context = {
        "form": form,
        "referral": shown,
        "back": back,
        "papers_with_files": paperfiles.by_paper(shown, request.user),
    }
    return page.shown(request, "referrals/referring/papers.html", also=[witness.referral(shown)], **context)


def submit(request, referral_key):
    """Check your answers, then send."""
    page, shown = draft_page(request, referral_key)
    if not shown.is_draft:
        return already_sent(request, shown)
    back = reverse("referral", args=[shown.key])
    form = SubmitForm(typed(request), cancel_url=back)
    if seeing.is_saved(request, form):
        try:
            referring.submit(shown, by=request.user, **form.cleaned_data)
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, f"{shown.ref} is with Cafcass Legal.")
            return redirect("referral", shown.key)
    seen = seeing.looked(request, form, partial(_seen, request, form, shown))
    context = {
        **seen,
        "also": [witness.referral(shown), *seen["also"]],
        "form": form,
        "referral": shown,
        "back": back,
        "lacks": referralfile.lacks(shown),
        "answers": referralfile.answers(shown),
        "parts": referralfile.written(shown),
        "papers": shown.papers.all(),
        "cafcass_legal": referralfile.cafcass_legal(),
    }
    return page.shown(request, "referrals/referring/submit.html", **context)


def _seen(request, form, shown, part):
    """The referral as somebody else would see it once it is sent."""
    return seen_by.submitted(
        shown, part, lambda: referring.submit(shown, by=request.user, **form.cleaned_data)
    )


def discard(request, referral_key):
    page, shown = draft_page(request, referral_key)
    if not shown.is_draft:
        return already_sent(request, shown)
    if request.method == "POST":
        try:
            referring.discard(shown, by=request.user)
        except Refusal as refusal:
            messages.error(request, str(refusal))
            return redirect("referral", shown.key)
        messages.success(request, "The draft is gone.")
        return redirect(TAB, page.case.key)
    return page.shown(
        request, "referrals/referring/discard.html", also=[witness.referral(shown)], referral=shown
    )
