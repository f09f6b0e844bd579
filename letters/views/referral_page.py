"""What every page of a referral's letters begins with: the referral, and the letter one may see.

The officer goes on reading what the officer wrote after the referral is over and the case is no longer theirs to
open: then the page stands without the head of the case.
"""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from accounts import audit
from cases.models import Case
from cases.views.page import case_page
from letters import access, agreed_wording, distribution, door, gather, press, witness
from letters.referral_forms import FORMS
from referrals.witness import referral_about

TAB = "case_referrals"


def referral_page(request, referral_key):
    """The referral, and what the page around it shows."""
    shown = get_object_or_404(access.referrals_of(request.user), key=referral_key)
    context = {"referral": shown, "case": shown.case, "children": shown.children.order_by("born", "pk")}
    if Case.objects.visible_to(request.user).filter(pk=shown.case_id).exists():
        context |= case_page(request, shown.case.key, TAB).context()
    return shown, context


def referral_shown(request, template, context, *, also=()):
    """The page itself; the audit trail keeps who was shown it."""
    letter = [witness.letter(context["letter"])] if "letter" in context else []
    whole = "identity" in context
    audit.read(request, *referral_about(context["referral"], with_head=whole), *letter, *also)
    return render(request, template, context)


def letter_page(request, referral_key, letter_key):
    """One letter of the referral, for those whom it is for and the side that sends it."""
    referral, context = referral_page(request, referral_key)
    shown = get_object_or_404(referral.letters.visible_to(request.user), key=letter_key)
    return shown, context | {"letter": shown, "children": gather.children_of(shown)}


def working_page(request, referral_key, letter_key):
    """The same, for those who write it; one that has gone is `None` for the page and leads to itself."""
    shown, context = letter_page(request, referral_key, letter_key)
    if not access.may_work_on(request.user, shown):
        raise Http404
    return shown, context


def already_gone(request, shown):
    if request.method == "POST":
        messages.error(request, door.said_of_gone(shown))
    return redirect("referral_letter", shown.referral.key, shown.key)


def sheet_of(user, shown):
    """What it says: to me, if it was sent to me; else as it is kept; else as it would be today."""
    if shown.is_gone:
        return press.kept_sheet(distribution.copy_for(user, shown) or shown)
    words, _ = agreed_wording.wording_of(shown.sender, shown.kind)
    return press.sheet(gather.contents_of(shown, dated=timezone.localdate()), words)


def may_edit(user, shown):
    return not shown.is_gone and shown.kind in FORMS and access.may_work_on(user, shown)
