"""On the page on which a letter is checked: what was found in it, each to be resolved, and the second person."""

from django import forms
from django.contrib import messages

from accounts.govuk import helper
from cases import seen_by as cases_seen_by
from cases.refusal import Refusal
from cases.views import seeing
from letters import actions, seen_by
from letters.leaving import agreement, finding, readers, sealing
from letters.models import LetterState, Resolution


class KeepForm(forms.Form):
    """Why something that was found stays in the letter."""

    why = forms.CharField(
        label="If it stays in the letter: why?", max_length=500, widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Say why it stays in the letter"},
    )  # fmt: skip

    def __init__(self, data=None, *, hit):
        super().__init__(data, prefix=f"found-{hit.mark[:8]}")
        self.helper = helper("Keep it, for this reason", action=f"?keep={hit.mark}", mark_optional=False)
        self.hit = hit


def answered(request, shown):
    """Something found was kept, or a second person agreed: whether it is done, or has to be said in another way."""
    if "keep" in request.GET:
        return _kept(request, shown)
    return _done(request, lambda: _agreed(request, shown))


def _kept(request, shown):
    hit = next(
        (hit for hit in finding.found_in(shown, request.user) if hit.mark == request.GET["keep"]), None
    )
    if hit is None:
        messages.error(
            request, "The letter has changed: this does not stand in it any more. Look at it again."
        )
        return True
    form = KeepForm(request.POST, hit=hit)
    if not form.is_valid():
        return False
    why = form.cleaned_data["why"]
    return _done(request, lambda: actions.keep(shown, hit.mark, why=why, by=request.user))


def _agreed(request, shown):
    actions.agree(shown, by=request.user, seen_sha256=request.POST.get("seal", ""))
    messages.success(request, "You agree that this letter is sent.")


def _done(request, act):
    try:
        act()
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return True


def context(request, shown):
    """What the page shows of it."""
    hits = finding.found_in(shown, request.user)
    kept = {
        row.mark: row
        for row in shown.resolutions.filter(outcome=Resolution.Outcome.KEPT).select_related("by")
    }
    waiting = [KeepForm(_typed(request, hit), hit=hit) for hit in hits if hit.mark not in kept]
    leaves = readers.leaves_the_services(shown)
    return {
        "seal": sealing.seal_of(shown),
        "is_changed": sealing.is_changed(shown),
        "found": waiting,
        "kept": [(hit, kept[hit.mark]) for hit in hits if hit.mark in kept],
        "leaves": leaves,
        "is_agreed": agreement.is_agreed(shown),
        "may_agree": leaves
        and shown.state == LetterState.APPROVED
        and agreement.may_agree(request.user, shown),
        "who_may_agree": agreement.said_of_who_may(shown)
        if leaves and not agreement.is_agreed(shown)
        else "",
    }


def _typed(request, hit):
    return request.POST if request.method == "POST" and request.GET.get("keep") == hit.mark else None


def seen(request, shown):
    """The letter as somebody else would see it, where that was asked."""
    part = cases_seen_by.chosen(request) if request.method == "GET" else ""
    return seeing.shown(part, seen_by.letter(shown, part, by=request.user) if part else None)


def may_go(request, shown):
    """Whether nothing but the day of sending is left to ask; else the page on which it is checked says what is."""
    if shown.state != LetterState.APPROVED or sealing.is_changed(shown):
        return False
    return agreement.is_agreed(shown) and not finding.unresolved(shown, request.user)
