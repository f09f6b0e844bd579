"""For the author of a letter: begin it, fill it in, check it, send it."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from cases.refusal import Refusal
from cases.views.page import case_page
from letters import access, actions, doubts, gather, offers, witness
from letters.forms import FORMS, SendForm, may_edit
from letters.kinds import OF_A_CASE, LetterKind
from letters.models import Letter, LetterState
from letters.views import leaving
from letters.views.page import already_gone, approved, letter_page, letter_shown, standing


@require_safe
def case_letters(request, key):
    """A case's letters, and those that could be begun."""
    page = case_page(request, key, "case_letters")
    listed = (
        Letter.objects.visible_to(request.user)
        .filter(case=page.case)
        .select_related("sender", "addressed_to", "referral")
    )
    offered = offers.of(page.case, request.user)
    also = witness.letters(listed)
    return page.shown(request, "letters/letters.html", also=also, letters=listed, offered=offered)


@require_POST
def draft_letter(request, key, kind):
    page = case_page(request, key, "case_letters")
    if kind not in OF_A_CASE or not access.may_begin(request.user, kind, page.case):
        raise Http404
    children = [child for child in offers.everyone(page.case) if child.key == request.POST.get("child")]
    again = request.POST.get("again") == "yes"
    try:
        begun = actions.draft(page.case, kind, by=request.user, children=children or None, again=again)
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("case_letters", page.case.key)
    return redirect("letter_edit" if begun.kind in FORMS else "letter_check", page.case.key, begun.key)


def letter_edit(request, key, letter_key):
    page, shown = letter_page(request, key, letter_key)
    if not may_edit(request.user, shown):
        return already_gone(request, page, shown)
    form = FORMS[LetterKind(shown.kind)](request.POST or None, letter=shown)
    if request.method == "POST" and form.is_valid() and _kept(request, form, shown):
        if "more" in request.POST:
            return redirect(reverse("letter_edit", args=[page.case.key, shown.key]) + "#matters")
        return redirect("letter_check", page.case.key, shown.key)
    return letter_shown(page, request, "letters/edit.html", letter=shown, form=form)


def _kept(request, form, shown):
    seen = form.cleaned_data["version"]
    try:
        actions.edit(shown, form.typed(), by=request.user, seen_version=seen, kind=form.kind())
    except Refusal as refusal:
        form.refuse(refusal, Letter.objects.get(pk=shown.pk).version)
        return False
    return True


def letter_check(request, key, letter_key):
    """Check the answers before anything goes outside; what looks empty is asked about, in plain words."""
    page, shown = letter_page(request, key, letter_key)
    if shown.is_gone or shown.sender_id != request.user.organisation_id:
        return already_gone(request, page, shown)
    if request.method == "POST" and not {"keep", "agree"} & set(request.GET):
        onward = "letter_send" if approved(request, shown) else "letter_check"
        return redirect(onward, page.case.key, shown.key)
    if request.method == "POST" and leaving.answered(request, shown):
        return redirect("letter_check", page.case.key, shown.key)
    before = leaving.context(request, shown)
    doubted = doubts.doubts_of(shown, said_before=gather.said_before(shown))
    return letter_shown(
        page,
        request,
        "letters/check.html",
        **standing(request, shown),
        **before,
        **leaving.seen(request, shown),
        is_approved=shown.state == LetterState.APPROVED and not before["is_changed"],
        doubts=doubted,
        missing=doubts.missing(shown),
        rows=offers.answers_to_check(shown),
        may_approve=access.may_approve(request.user, shown.kind),
    )


def letter_send(request, key, letter_key):
    page, shown = letter_page(request, key, letter_key)
    if shown.is_gone:
        return already_gone(request, page, shown)
    if shown.sender_id != request.user.organisation_id or not access.may_write(request.user, shown.kind):
        raise Http404
    if not leaving.may_go(request, shown):
        return redirect("letter_check", page.case.key, shown.key)
    back = reverse("letter_check", args=[page.case.key, shown.key])
    form = SendForm(request.POST or None, cancel_url=back)
    if request.method == "POST" and form.is_valid():
        try:
            sent = actions.send(shown, on=form.cleaned_data["on"], by=request.user)
        except Refusal as refusal:
            form.add_error("on" if refusal.field == "on" else None, str(refusal))
        else:
            messages.success(request, offers.said_when_sent(sent))
            return redirect("letter", page.case.key, shown.key)
    shown = Letter.objects.get(pk=shown.pk)
    posted = offers.is_posted(shown)
    return letter_shown(page, request, "letters/send.html", form=form, letter=shown, is_posted=posted)
