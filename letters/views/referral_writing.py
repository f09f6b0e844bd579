"""For those who handle a referral: write its letters, choose who they go to, send them, record the proof."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse

from cases.refusal import Refusal
from letters import access, actions, answers, distribution, doubts, matrix
from letters.forms import SendForm
from letters.kinds import LetterKind
from letters.models import Letter, LetterState, Recipient
from letters.referral_forms import FORMS, ProofForm, RecipientsForm
from letters.views import leaving
from letters.views.page import approved
from letters.views.referral_page import (
    already_gone,
    letter_page,
    may_edit,
    referral_shown,
    sheet_of,
    working_page,
)


def referral_letter_edit(request, referral_key, letter_key):
    shown, context = working_page(request, referral_key, letter_key)
    if shown.is_gone:
        return already_gone(request, shown)
    if not may_edit(request.user, shown):
        raise Http404
    form = FORMS[LetterKind(shown.kind)](request.POST or None, letter=shown)
    if request.method == "POST" and form.is_valid() and _kept(request, form, shown):
        onward = "referral_letter_check" if shown.recipients.exists() else "referral_letter_recipients"
        return redirect(onward, referral_key, shown.key)
    return referral_shown(request, "letters/referral/edit.html", context | {"form": form})


def _kept(request, form, shown):
    try:
        actions.edit(shown, form.typed(), by=request.user, seen_version=form.cleaned_data["version"])
    except Refusal as refusal:
        form.refuse(refusal, Letter.objects.get(pk=shown.pk).version)
        return False
    return True


def referral_letter_recipients(request, referral_key, letter_key):
    """Who it goes to, and who it does not and why (PN 3.22)."""
    shown, context = working_page(request, referral_key, letter_key)
    if shown.is_gone:
        return already_gone(request, shown)
    form = RecipientsForm(
        request.POST or None, letter=shown, rows=distribution.chosen(shown), cancel_url=_url("referral_letter", shown)
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        try:
            seen = form.cleaned_data["version"]
            distribution.choose(shown, form.chosen(), by=request.user, seen_version=seen)
        except Refusal as refusal:
            form.refuse(refusal, Letter.objects.get(pk=shown.pk).version)
        else:
            return redirect("referral_letter_check", referral_key, shown.key)
    return referral_shown(request, "letters/referral/recipients.html", context | {"form": form})


def referral_letter_check(request, referral_key, letter_key):
    """Read it once as its readers will, with what looks wrong said in plain words; then stand by it."""
    shown, context = working_page(request, referral_key, letter_key)
    if shown.is_gone:
        return already_gone(request, shown)
    if request.method == "POST" and not {"keep", "agree"} & set(request.GET):
        onward = "referral_letter_send" if approved(request, shown) else "referral_letter_check"
        return redirect(onward, referral_key, shown.key)
    if request.method == "POST" and leaving.answered(request, shown):
        return redirect("referral_letter_check", referral_key, shown.key)
    before = leaving.context(request, shown)
    context |= before | {
        "sheet": sheet_of(request.user, shown),
        "doubts": doubts.doubts_of(shown),
        "missing": doubts.missing(shown),
        "rows": _answers(shown),
        "recipients": [(row, matrix.words(row)) for row in shown.recipients.select_related("person")],
        "may_edit": may_edit(request.user, shown),
        "may_approve": access.may_stand_by(request.user, shown),
        "is_approved": shown.state == LetterState.APPROVED
        and not (doubts.is_overtaken(shown) or before["is_changed"]),
    }
    context |= leaving.seen(request, shown)
    return referral_shown(request, "letters/referral/check.html", context, also=context["also"])


def _answers(shown):
    """What was typed, under its question."""
    asked = FORMS.get(LetterKind(shown.kind))
    if asked is None:
        return []
    typed = answers.read(shown)
    return [
        {"key": field.label, "value": typed.get(name), "anchor": doubts.anchor(name)}
        for name, field in asked.base_fields.items()
        if name != "version"
    ]


def referral_letter_send(request, referral_key, letter_key):
    shown, context = working_page(request, referral_key, letter_key)
    if shown.is_gone:
        return already_gone(request, shown)
    if doubts.is_overtaken(shown) or not leaving.may_go(request, shown):
        return redirect("referral_letter_check", referral_key, shown.key)
    form = SendForm(request.POST or None, cancel_url=_url("referral_letter_check", shown))
    if request.method == "POST" and form.is_valid():
        try:
            actions.send(shown, on=form.cleaned_data["on"], by=request.user)
        except Refusal as refusal:
            form.add_error("on" if refusal.field == "on" else None, str(refusal))
        else:
            messages.success(request, _said_when_sent(shown))
            return redirect("referral_letters", referral_key)
    going = shown.recipients.filter(is_included=True).select_related("person")
    return referral_shown(request, "letters/referral/send.html", context | {"form": form, "going": going})


def _said_when_sent(shown):
    waiting = shown.recipients.filter(is_included=True, sent_on=None).count()
    if not waiting:
        return "Sent. Everybody it is for can read it here."
    return f"Sent. {waiting} still to be posted, e-mailed or handed over: print each copy, then record its proof here."


def recipient_proof(request, referral_key, letter_key, pk):
    """It has gone to one recipient: on which day, how, and what shows it."""
    shown, context = letter_page(request, referral_key, letter_key)
    if not shown.is_gone or not access.may_work_on(request.user, shown):
        raise Http404
    recipient = get_object_or_404(
        Recipient.objects.select_related("person"), letter=shown, pk=pk, is_included=True
    )
    form = ProofForm(
        request.POST or None, recipient=recipient, cancel_url=reverse("referral_letters", args=[referral_key])
    )
    if request.method == "POST" and form.is_valid():
        try:
            distribution.record_proof(recipient, by=request.user, **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        else:
            messages.success(request, f"The proof for {recipient.name} is recorded.")
            return redirect("referral_letters", referral_key)
    return referral_shown(
        request, "letters/referral/proof.html", context | {"form": form, "recipient": recipient}
    )


def _url(name, shown):
    return reverse(name, args=[shown.referral.key, shown.key])
