"""For an organisation's managers: the words its letters are written in."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from cases.refusal import Refusal
from letters import access, agreed_wording, press
from letters.contents import CONTENTS
from letters.forms import WordingForm
from letters.kinds import WRITTEN, LetterKind
from letters.models import WordingVersion


@require_safe
def wordings(request):
    """An organisation's own words for its letters."""
    _check_wording(request)
    own = {
        kind: WordingVersion.objects.filter(organisation=request.user.organisation, kind=kind).first()
        for kind in WRITTEN
    }
    rows = [
        {"kind": kind, "own": version if version and version.text else None} for kind, version in own.items()
    ]
    return render(request, "letters/wordings.html", {"rows": rows})


def wording_edit(request, kind):
    _check_wording(request)
    if kind not in WRITTEN:
        raise Http404
    kind, organisation = LetterKind(kind), request.user.organisation
    text, name = agreed_wording.wording_of(organisation, kind)
    latest = WordingVersion.objects.filter(organisation=organisation, kind=kind).first()
    initial = {"text": text, "number": latest.number if latest else 0}
    form = WordingForm(request.POST or None, initial=initial, cancel_url=reverse("wordings"))
    if request.method == "POST" and form.is_valid() and _agreed(request, form, organisation, kind):
        return redirect("wordings")
    contents = CONTENTS[kind]
    return render(
        request,
        "letters/wording.html",
        {
            "form": form, "kind": kind, "name": name, "fields": sorted(contents.declared()),
            "must_say": contents.must_say, "sample": press.sheet(contents.sample(), text),
        },
    )  # fmt: skip


def _agreed(request, form, organisation, kind):
    try:
        made = agreed_wording.replace_wording(
            organisation,
            kind,
            form.cleaned_data["text"],
            by=request.user,
            seen_number=form.cleaned_data["number"],
        )
    except ValidationError as faults:
        form.add_error("text", faults)
    except Refusal as refusal:
        form.add_error(None, str(refusal))
    else:
        said = f"Version {made.number} is agreed." if made.text else "The national wording is in use again."
        messages.success(request, f"{said} Letters sent before keep the words they were sent in.")
        return True
    return False


def _check_wording(request):
    if not access.may_replace_wording(request.user):
        raise Http404
