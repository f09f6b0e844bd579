"""A saved view on a page of its own: what it is narrowed by, what came to it lately, and what of it one is told."""

from django.contrib import messages
from django.http import Http404, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from accounts import audit
from cases import worklist
from cases.refusal import NotYours
from reports.boards import access, lists
from reports.finding import following, looking
from reports.forms.following import FollowForm
from reports.models import SavedView
from reports.views.lists import slice_of

LATELY = 20


def saved_view(request, pk):
    """Its follower's own choice, and what the view gained when the clock last found something new."""
    view, held = _one(request, pk)
    chosen = {"digest": held.digest, "is_alerted": held.is_alerted} if held else {"digest": ""}
    form = FollowForm(request.POST if request.method == "POST" else None, initial=chosen)
    if form.is_bound and form.is_valid():
        try:
            following.choose(view, by=request.user, **form.cleaned_data)
        except NotYours as gone:
            raise Http404 from gone
        messages.success(request, _said(**form.cleaned_data))
        return redirect("saved_view", view.pk)
    asked, today = slice_of(QueryDict(view.asked)), timezone.localdate()
    gained = lists.lines(looking.gained(held, today)[:LATELY], today) if held else []
    audit.listed(request, worklist.records_of([line.row for line in gained]))
    context = {
        "view": view,
        "held": held,
        "form": form,
        "number": asked.rows(request.user, today).count(),
        "list_url": asked.url(),
        "asked": asked.query(),
        "tags": asked.tags(request.user),
        "gained": gained,
    }
    return render(request, "reports/finding/view.html", context)


@require_POST
def view_stop(request, pk):
    view, _ = _one(request, pk)
    following.stop(view, by=request.user)
    messages.success(request, "You are told nothing more of that view.")
    return redirect("inbox_settings")


def _one(request, pk):
    if not access.may_see_lists(request.user):
        raise Http404
    view = get_object_or_404(SavedView.objects.visible_to(request.user).select_related("person"), pk=pk)
    return view, following.held(view, request.user)


def _said(digest, is_alerted):
    if not digest and not is_alerted:
        return "Kept: you are told nothing of this view."
    return "Kept. What waits for you stands in your notices, and by e-mail as you have chosen there."
