"""Files of a case's documents: added, opened, struck out; and what is held, for the IRO manager."""

import logging

from csp.constants import NONE
from csp.decorators import csp
from django.contrib import messages
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts import audit
from cases import access, witness
from cases.files import deciding, listing, names, receiving, scanner, store
from cases.forms.files import AddFilesForm, DecideForm, ReasonForm
from cases.models import FileState, StoredFile
from cases.refusal import Refusal
from cases.views.page import case_page

logger = logging.getLogger(__name__)


def add(request, key):
    """Add files to a court document: `?document=` says which."""
    page = case_page(request, key, "documents")
    if not access.may_add_files(request.user, page.case):
        raise Http404
    documents = listing.documents(page.case)
    back = reverse("documents", args=[page.case.key])
    form = AddFilesForm(
        *sent(request),
        of_what="Which document is it?",
        choices=[(ref, ref) for ref in documents],
        cancel_url=back,
        is_too_much=getattr(request, "is_too_much", False),
        initial={"belongs_to": request.GET.get("document")},
    )
    if request.method == "POST" and form.is_valid():
        event = documents[form.cleaned_data["belongs_to"]]
        try:
            added = receiving.add(page.case, form.cleaned_data["files"], by=request.user, event=event)
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, said_of(added))
            return redirect(back)
    return page.shown(request, "cases/files/add.html", form=form, has_documents=bool(documents), back=back)


def sent(request):
    """What was sent, were it nothing at all."""
    return (request.POST, request.FILES) if request.method == "POST" else (None, None)


def said_of(added):
    if not added:
        return "Nothing was added twice: each of these files is there already."
    files = "The file is" if len(added) == 1 else f"{len(added)} files are"
    return f"{files} being looked at. Come back in a minute: nobody can open anything before that."


@require_safe
def file(request, key, file_key):
    """The file itself, to be kept; until it was looked at, as if it were not there."""
    page = case_page(request, key)
    found = get_object_or_404(
        StoredFile.objects.visible_to(request.user).openable(), case=page.case, key=file_key
    )
    return handed_out(request, found, *witness.whole(page.case))


@never_cache
@csp({"default-src": [NONE], "frame-ancestors": [NONE], "sandbox": [True]})
def handed_out(request, found, *records):
    """Always to be kept and never to be shown: as what it was found to be, under a name that hides nothing."""
    try:
        opened = store.path(found.stored_as).open("rb")
    except FileNotFoundError:
        logger.error("The bytes of file %s are not where they were kept.", found.key)
        raise Http404 from None
    audit.read(request, witness.file(found), *records)
    return FileResponse(
        opened,
        as_attachment=True,
        filename=names.to_hand_out(found.name, found.content_type),
        content_type=found.content_type,
        headers={"X-Content-Type-Options": "nosniff", "Cross-Origin-Resource-Policy": "same-origin"},
    )


def strike_out(request, key, file_key):
    page = case_page(request, key, "documents")
    if not access.may_add_files(request.user, page.case):
        raise Http404
    found = get_object_or_404(
        StoredFile.objects.visible_to(request.user).select_related("case"), case=page.case, key=file_key
    )
    back = reverse("documents", args=[page.case.key])
    form = ReasonForm(request.POST if request.method == "POST" else None, cancel_url=back)
    if request.method == "POST" and form.is_valid():
        try:
            deciding.strike_out(found, by=request.user, **form.cleaned_data)
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, STRUCK_OUT)
            return redirect(back)
    return page.shown(
        request, "cases/files/strike_out.html", also=[witness.file(found)], form=form, file=found, back=back
    )


STRUCK_OUT = "The file is struck out. That it was there, and why it is not used, stays on the record."


@require_safe
def held(request):
    """Everything held on the authority's cases that the IRO manager may open."""
    if not access.may_decide_on_files(request.user):
        raise Http404
    files = list(_held_or_not(request.user).filter(state=FileState.HELD))
    audit.listed(request, [*witness.files(files), *(witness.case(file.case) for file in files)])
    return render(
        request,
        "cases/files/held.html",
        {"files": files, "is_nothing_scanned": not scanner.scanner().called},
    )


def decide(request, file_key):
    if not access.may_decide_on_files(request.user):
        raise Http404
    found = get_object_or_404(_held_or_not(request.user), key=file_key)
    back = reverse("held_files")
    if found.state != FileState.HELD:
        messages.info(request, f"“{found.name}” is not held: {found.get_state_display().lower()}.")
        return redirect(back)
    form = DecideForm(request.POST if request.method == "POST" else None, file=found, cancel_url=back)
    if request.method == "POST" and form.is_valid():
        verb = deciding.release if form.cleaned_data["decision"] == "release" else deciding.refuse
        try:
            decided = verb(found, by=request.user, because=form.cleaned_data["because"])
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, f"“{decided.name}”: {decided.get_state_display().lower()}.")
            return redirect(back)
    audit.read(request, witness.file(found), *witness.whole(found.case))
    return render(request, "cases/files/decide.html", {"form": form, "file": found})


def _held_or_not(user):
    return StoredFile.objects.decided_by(user).select_related("case", "uploaded_by").order_by("pk")
