"""Files of a referral's papers: added by the IRO service, opened by those who may read the papers."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_safe

from cases.forms.files import AddFilesForm, ReasonForm
from cases.refusal import Refusal
from cases.views.files import STRUCK_OUT, handed_out, said_of, sent
from referrals import access, paperfiles, witness
from referrals.views.referral_page import referral_page, typed


def add(request, referral_key):
    """Add files to a paper: `?paper=` says which."""
    page, shown = _page(request, referral_key)
    papers = {str(paper.pk): paper for paper in shown.papers.all()}
    back = _back(shown)
    form = AddFilesForm(
        *sent(request),
        of_what="Which paper is it?",
        choices=[(pk, paper.item) for pk, paper in papers.items()],
        cancel_url=back,
        is_too_much=getattr(request, "is_too_much", False),
        initial={"belongs_to": request.GET.get("paper")},
    )
    if request.method == "POST" and form.is_valid():
        paper = papers[form.cleaned_data["belongs_to"]]
        try:
            added = paperfiles.add(shown, form.cleaned_data["files"], by=request.user, paper=paper)
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, said_of(added))
            return redirect(back)
    context = {"form": form, "referral": shown, "back": back}
    return page.shown(request, "referrals/referring/add_file.html", also=[witness.referral(shown)], **context)


@require_safe
def file(request, referral_key, file_key):
    """The file itself, to be kept; until it was looked at, as if it were not there."""
    _, shown = referral_page(request, referral_key)
    kept = get_object_or_404(paperfiles.of(shown, request.user), file__key=file_key)
    if not kept.file.may_be_opened:
        raise Http404
    return handed_out(request, kept.file, *witness.referral_about(shown))


def strike_out(request, referral_key, file_key):
    page, shown = _page(request, referral_key)
    found = get_object_or_404(paperfiles.of(shown, request.user), file__key=file_key).file
    back = _back(shown)
    form = ReasonForm(typed(request), cancel_url=back)
    if request.method == "POST" and form.is_valid():
        try:
            paperfiles.strike_out(shown, found, by=request.user, **form.cleaned_data)
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, STRUCK_OUT)
            return redirect(back)
    also = witness.paper_file(found, shown)
    return page.shown(request, "cases/files/strike_out.html", also=also, form=form, file=found, back=back)


def _page(request, referral_key):
    page, shown = referral_page(request, referral_key)
    if not access.may_add_papers(request.user, shown):
        raise Http404
    return page, shown


def _back(shown):
    return reverse("referral", args=[shown.key])
