"""The advice line's own pages. To everybody outside Cafcass Legal they are not there."""

from functools import wraps
from uuid import UUID

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache

from cases.caselist import clean_words
from cases.refusal import Refusal
from referrals import advice, rota
from referrals.access import is_cafcass_legal
from referrals.forms.advice import AdditionForm, NoteForm
from referrals.models import AdviceNote

SOUGHT = "advice_sought"


def for_cafcass_legal(view):
    """Anybody else is answered as at an address that is not there, whatever they send."""

    @wraps(view)
    def guarded(request, *args, **kwargs):
        if not is_cafcass_legal(request.user):
            raise Http404
        return never_cache(view)(request, *args, **kwargs)

    return guarded


@for_cafcass_legal
def notes(request):
    """The notes, the newest first. What is searched for waits in the session, never in an address or a log."""
    if request.method == "POST":
        request.session[SOUGHT] = clean_words(request.POST.get("words", ""))
        return redirect(f"{reverse('advice')}?search=1")
    words = request.session.get(SOUGHT, "") if "search" in request.GET else ""
    found = advice.look_through(by=request.user, words=words, after=_after(request.GET.get("after", "")))
    context = {"found": found, "words": words, "warnings": rota.warnings(timezone.localdate())}
    return render(request, "referrals/advice/notes.html", context)


def _after(typed):
    """The note that the page before ended with; nothing typed into an address is an error."""
    try:
        return AdviceNote.objects.filter(pk=UUID(typed)).first()
    except ValueError:
        return None


@for_cafcass_legal
def new_note(request):
    form = NoteForm(request.POST or None, cancel_url=reverse("advice"))
    if request.method == "POST" and form.is_valid():
        try:
            written = advice.take_note(by=request.user, **form.note())
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, "The note is kept. Only Cafcass Legal can read it.")
            return redirect("advice_note", written.pk)
    return render(request, "referrals/advice/new.html", {"form": form})


@for_cafcass_legal
def note(request, pk):
    shown = advice.read(pk, by=request.user)
    if shown is None:
        raise Http404
    form = AdditionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            advice.add_to(shown, form.cleaned_data["text"], by=request.user)
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, "Added beneath the note.")
            return redirect("advice_note", shown.pk)
    disclosures = shown.disclosures.select_related("to", "by", "referral")
    return render(
        request, "referrals/advice/note.html", {"note": shown, "form": form, "disclosures": disclosures}
    )
