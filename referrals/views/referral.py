"""The referral itself, for everybody who sees its case: each section by what they may see."""

from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from cases.refusal import Refusal
from cases.specifications import SPECIFICATIONS
from cases.views.page import case_page
from protocol.happenings import Happening
from protocol.records import Record
from protocol.vocabulary import Part
from referrals import access, referralfile, sharing, while_open, witness
from referrals.forms.referring import InformedForm, ProvideForm, RightsMetForm
from referrals.handling.offers import offered
from referrals.models import Referral
from referrals.screening import Outcome
from referrals.views import handling
from referrals.views.referral_page import TAB, referral_page, typed


@require_safe
def referral(request, referral_key):
    page, shown = referral_page(request, referral_key)
    if shown.is_draft:
        return _draft(request, page, shown)
    user, today = request.user, timezone.localdate()
    may_read = access.may_read_account(user, shown)
    context = {
        "referral": shown,
        "stages": referralfile.stages(shown),
        "facts": referralfile.facts(shown),
        "clocks": referralfile.clocks(shown, user, today=today),
        "acts": [*offered(shown, user), *referralfile.acts(shown, user)],
        "pages": referralfile.pages(shown),
        "may_read": may_read,
        "may_add_papers": access.may_add_papers(user, shown),
        "papers": (referralfile.papers if may_read else referralfile.promised)(shown, user),
        "parts": referralfile.written(shown) if may_read else [],
        "answers": referralfile.answers(shown) if may_read else [],
        "outcome": Outcome(shown.screening.outcome).label if may_read and shown.screening.outcome else "",
        "rights_met": shown.rights_met.select_related("by", "decided_by"),
        "informed": referralfile.told_to_family(shown),
        "advice": sharing.for_page(shown, user),
    }
    return page.shown(request, "referrals/referral/referral.html", also=[witness.referral(shown)], **context)


def _draft(request, page, shown):
    may_prepare = access.may_prepare(request.user, shown)
    context = {
        "referral": shown,
        "may_prepare": may_prepare,
        "tasks": referralfile.tasks(shown),
        "lacks": referralfile.lacks(shown),
        "parts": [] if may_prepare else referralfile.written(shown),
        "answers": [] if may_prepare else referralfile.answers(shown),
    }
    return page.shown(request, "referrals/referring/tasks.html", also=[witness.referral(shown)], **context)


# --- What the IRO's side does while it is open ------------------------------------------------------------------


def provide(request, referral_key):
    """A promised paper has gone to Cafcass."""
    page, shown = referral_page(request, referral_key)
    if not while_open.may_provide(request.user, shown) or shown.is_draft:
        raise Http404
    papers = while_open.awaited(shown)
    if not papers:
        messages.info(request, "Every promised paper has been provided.")
        return redirect("referral", shown.key)
    form = ProvideForm(typed(request), papers=papers, item=request.GET.get("item"), cancel_url=_url(shown))
    done = "Recorded: the promised paper has been provided."
    return _act(request, page, shown, form, while_open.provide, "Provide a promised paper", done)


def rights_met(request, referral_key):
    """The child's rights are now met: Cafcass decides what becomes of the referral."""
    page, shown = referral_page(request, referral_key)
    if not access.may_prepare(request.user, shown) or shown.is_draft:
        raise Http404
    form = RightsMetForm(typed(request), cancel_url=_url(shown))
    done = "Cafcass has been told, and decides whether the referral is withdrawn or goes on."
    return _act(
        request, page, shown, form, while_open.report_rights_met, "The child’s rights are now met", done
    )


def informed(request, referral_key):
    """Child and family know how the referral goes."""
    page, shown = referral_page(request, referral_key)
    if not while_open.may_keep_informed(request.user, shown) or shown.is_draft:
        raise Http404
    form = InformedForm(typed(request), cancel_url=_url(shown))
    done = "Recorded: child and family were kept informed."
    return _act(request, page, shown, form, while_open.keep_informed, "Child and family kept informed", done)


def _act(request, page, shown, form, verb, title, done):
    if request.method == "POST" and form.is_valid():
        try:
            verb(shown, by=request.user, **form.cleaned_data)
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, done)
            return redirect("referral", shown.key)
    context = {"form": form, "referral": shown, "title": title, "back": _url(shown)}
    return page.shown(request, "referrals/referral/act.html", also=[witness.referral(shown)], **context)


def _url(shown):
    return reverse("referral", args=[shown.key])


# --- From a deadline, or a general link, to the page of an act --------------------------------------------------


PAGE_OF = handling.PAGE_OF | {
    Happening.MISSING_DOCUMENT_PROVIDED: "referral_provide",
    Record.RIGHTS_NOW_MET: "referral_now_met",
    Record.FAMILY_INFORMED: "referral_informed",
}


@require_safe
def referral_act(request, key, happening):
    """The page on which something is recorded about a referral: `?referral=` names it, `?item=` a promised paper."""
    page = case_page(request, key, TAB)
    specification = SPECIFICATIONS.get(happening)
    if specification is None or specification.group is not Part.REFERRAL:
        raise Http404
    shown = _meant(request, page.case)
    if shown is None:
        return redirect(TAB, page.case.key)
    name = "referral" if shown.is_draft else PAGE_OF.get(happening, "referral")
    about = f"?{urlencode({'item': request.GET['item']})}" if "item" in request.GET else ""
    return redirect(reverse(name, args=[shown.key]) + about)


def _meant(request, case):
    """The referral named; else the one that waits for the paper; else the only one, or the newest still open."""
    visible = list(Referral.objects.visible_to(request.user).filter(case=case))
    if ref := request.GET.get("referral"):
        return next((found for found in visible if found.ref == ref), None)
    if item := request.GET.get("item"):
        waiting = [
            found for found in visible if any(paper.item == item for paper in while_open.awaited(found))
        ]
        return waiting[0] if waiting else None
    still = [found for found in visible if found.is_open] or visible
    return still[0] if still else None
