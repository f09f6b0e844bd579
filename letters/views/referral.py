"""The letters of a referral, for everybody they concern: who was sent what, each to read and to keep."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from accounts import audit
from cases.refusal import Refusal
from letters import (
    access,
    agreed_wording,
    blank_form,
    distribution,
    gather,
    matrix,
    papers,
    pdf,
    press,
    referral_drafting,
    witness,
)
from letters.kinds import OF_A_REFERRAL, LetterKind
from letters.models import Letter, Recipient
from letters.referral_forms import FORMS
from letters.views.referral_page import letter_page, may_edit, referral_page, referral_shown, sheet_of


@require_safe
def referral_letters(request, referral_key):
    """Which letters went to whom, with the proof; drafts; and the letters that may be begun now."""
    referral, context = referral_page(request, referral_key)
    user = request.user
    visible = Letter.objects.visible_to(user).filter(referral=referral).select_related("sender", "created_by")
    letters = sorted(visible, key=lambda letter: (letter.sent_on or timezone.localdate(), letter.pk))
    gone = [letter for letter in letters if letter.is_gone]
    rows = matrix.of(gone) if gone and access.sees_distribution(user, referral) else []
    context |= {
        "gone": gone,
        "drafts": [letter for letter in letters if not letter.is_gone],
        "rows": rows,
        "still_to_go": matrix.still_to_go(rows),
        "offered": referral_drafting.offered(referral, user),
        "may_work": {letter.pk for letter in gone if access.may_write_of(user, letter.kind, referral)},
    }
    also = witness.letters(letters)
    return referral_shown(request, "letters/referral/letters.html", context, also=also)


@require_safe
def letters_of_referral(request, key):
    """From a deadline of a case to the letters of its referral: `?referral=` names it, else the newest."""
    found = access.referrals_of(request.user).filter(case__key=key)
    if ref := request.GET.get("referral"):
        found = found.filter(ref=ref)
    shown = found.order_by("-pk").first()
    if shown is None:
        raise Http404
    return redirect("referral_letters", shown.key)


@require_POST
def referral_letter_draft(request, referral_key, kind):
    referral, _ = referral_page(request, referral_key)
    if kind not in OF_A_REFERRAL or not access.may_write_of(request.user, kind, referral):
        raise Http404
    try:
        begun = referral_drafting.draft(referral, kind, by=request.user)
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("referral_letters", referral.key)
    return redirect(
        "referral_letter_edit" if LetterKind(kind) in FORMS else "referral_letter_recipients",
        referral.key, begun.key,
    )  # fmt: skip


@require_safe
def referral_letter(request, referral_key, letter_key):
    """One letter: what it says, where it stands, and what its reader may do with it."""
    shown, context = letter_page(request, referral_key, letter_key)
    context |= {
        "sheet": sheet_of(request.user, shown),
        "may_edit": may_edit(request.user, shown),
        "is_senders": access.may_work_on(request.user, shown),
        "paper": getattr(shown, "paper", None),
    }
    return referral_shown(request, "letters/referral/letter.html", context)


@never_cache
@require_safe
def referral_letter_pdf(request, referral_key, letter_key):
    """The copy I was sent, or the one that is kept, for ever the same; before that, a draft."""
    shown, _ = letter_page(request, referral_key, letter_key)
    audit.read(request, *witness.about(shown))
    if shown.is_gone:
        my_copy = distribution.copy_for(request.user, shown)
        paper = papers.paper_for(my_copy) if my_copy else papers.paper_of(shown)
        return _download(bytes(paper.pdf), f"{shown.kind}-{shown.key}.pdf")
    words, _ = agreed_wording.wording_of(shown.sender, shown.kind)
    contents = gather.contents_of(shown, dated=timezone.localdate())
    return _download(pdf.as_pdf(press.page(contents, words, is_draft=True)), f"draft-{shown.key}.pdf")


@never_cache
@require_safe
def recipient_pdf(request, referral_key, letter_key, pk):
    """One recipient's copy, for the side that sends it and the IRO service."""
    shown, context = letter_page(request, referral_key, letter_key)
    if not shown.is_gone or not access.sees_distribution(request.user, context["referral"]):
        raise Http404
    recipient = get_object_or_404(Recipient, letter=shown, pk=pk, is_included=True)
    audit.read(request, *witness.about(shown))
    paper = papers.paper_for(recipient)
    return _download(bytes(paper.pdf), f"{shown.kind}-{shown.key}-{recipient.position}.pdf")


@login_not_required
@require_safe
def blank_referral_form(request):
    """The form on which a referral may be made on paper; there is nothing in it to keep from anybody (REF-24)."""
    return _download(blank_form.as_pdf(), "referral-to-cafcass-legal.pdf")


def _download(content, name):
    return HttpResponse(
        content,
        content_type="application/pdf",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
