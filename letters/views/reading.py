"""For everybody a letter concerns: read it, keep it, answer it, say how useful it was."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from accounts import audit
from cases.refusal import Refusal
from letters import access, actions, agreed_wording, gather, papers, pdf, press, witness
from letters.forms import AcknowledgeForm, ScoreForm
from letters.kinds import LetterKind
from letters.models import LetterState
from letters.views.page import letter_page, letter_shown, standing


@require_safe
def letter(request, key, letter_key):
    """One letter: what it says, where it stands, and what its reader may do with it."""
    page, shown = letter_page(request, key, letter_key)
    return letter_shown(page, request, "letters/letter.html", **standing(request, shown), form=None, low=None)


@never_cache
@require_safe
def letter_pdf(request, key, letter_key):
    """The PDF: the one that was sent, for ever the same; or, before that, a draft of how it will look."""
    _, shown = letter_page(request, key, letter_key)
    audit.read(request, *witness.about(shown))
    if shown.is_gone:
        paper = papers.paper_of(shown)
        content, name = bytes(paper.pdf), f"{shown.kind}-{shown.key}.pdf"
    else:
        words, _ = agreed_wording.wording_of(shown.sender, shown.kind)
        contents = gather.contents_of(shown, dated=timezone.localdate())
        content, name = pdf.as_pdf(press.page(contents, words, is_draft=True)), f"draft-{shown.key}.pdf"
    return HttpResponse(
        content,
        content_type="application/pdf",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def letter_acknowledge(request, key, letter_key):
    page, shown = letter_page(request, key, letter_key)
    if shown.state == LetterState.ACKNOWLEDGED and shown.kind == LetterKind.APPENDIX_1:
        return _already_answered(request, page, shown)
    if not access.may_acknowledge(request.user, shown):
        raise Http404
    back = reverse("letter", args=[page.case.key, shown.key])
    form = AcknowledgeForm(request.POST or None, letter=shown, user=request.user, cancel_url=back)
    if request.method == "POST" and form.is_valid():
        try:
            done = actions.acknowledge(shown, by=request.user, **form.cleaned_data)
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, f"Acknowledged: {shown.sender} now has {done.iro_named} as the IRO.")
            return redirect("letter", page.case.key, shown.key)
    return letter_shown(page, request, "letters/acknowledge.html", form=form, letter=shown)


def _already_answered(request, page, shown):
    if request.method == "POST":
        messages.error(request, actions.said_of_answered(shown))
    return redirect("letter", page.case.key, shown.key)


@require_POST
def letter_score(request, key, letter_key):
    """One press on a score keeps it; a low one comes back once, to ask what was missing."""
    page, shown = letter_page(request, key, letter_key)
    if not access.may_score(request.user, shown):
        raise Http404
    form = ScoreForm(request.POST)
    if form.is_valid():
        try:
            actions.score(
                shown, form.cleaned_data["usefulness"], by=request.user, reason=form.cleaned_data["reason"]
            )
        except Refusal as refusal:
            form.add_error("reason", str(refusal))
        else:
            messages.success(request, "Thank you. The guardian’s service sees how useful its handovers are.")
            return redirect("letter", page.case.key, shown.key)
    low = form.data.get("usefulness") if "reason" in form.errors else None
    return letter_shown(page, request, "letters/letter.html", **standing(request, shown), form=form, low=low)
