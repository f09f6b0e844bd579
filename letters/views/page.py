"""What every page of a letter begins with: the letter one may see, and how it stands."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone

from cases.refusal import Refusal
from cases.views.page import case_page
from letters import access, actions, agreed_wording, door, gather, offers, press, witness
from letters.forms import ScoreForm, may_edit


def letter_page(request, key, letter_key):
    """Whom the letter names is read where it is shown: with a dozen joins it takes longer to plan than to read."""
    page = case_page(request, key, "case_letters")
    return page, get_object_or_404(page.case.letters.visible_to(request.user), referral=None, key=letter_key)


def letter_shown(page, request, template, *, letter, also=(), **more):
    """A page about one letter of a case."""
    return page.shown(request, template, also=[witness.letter(letter), *also], letter=letter, **more)


def already_gone(request, page, shown):
    """A form for a letter that has gone meanwhile leads to the letter, with a sentence."""
    if not shown.is_gone:
        raise Http404
    if request.method == "POST":
        messages.error(request, door.said_of_gone(shown))
    return redirect("letter", page.case.key, shown.key)


def approved(request, shown):
    """Whether the letter is approved as it was read; if not, the next page says why."""
    try:
        seen = request.POST.get("seal", "")
        version = int(request.POST.get("version", ""))
        actions.approve(shown, by=request.user, seen_version=version, seen_sha256=seen)
    except ValueError:
        messages.error(request, "Look at the letter once more, then approve it.")
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        return True
    return False


def standing(request, shown):
    """What a page of one letter shows of it."""
    if shown.is_gone:
        contents, words, paper = shown.kept_contents, None, getattr(shown, "paper", None)
        sheet = press.kept_sheet(shown)
    else:
        words, _ = agreed_wording.wording_of(shown.sender, shown.kind)
        contents, paper = gather.contents_of(shown, dated=timezone.localdate()), None
        sheet = press.sheet(contents, words)
    user = request.user
    return {
        "letter": shown,
        "sheet": sheet,
        "paper": paper,
        "children": gather.children_of(shown),
        "may_edit": may_edit(user, shown),
        "is_senders": access.may_work_on(user, shown),
        "may_acknowledge": access.may_acknowledge(user, shown),
        "may_score": access.may_score(user, shown),
        "scores": ScoreForm.SCORES,
        "is_posted": offers.is_posted(shown),
    }
