from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse

from cases import access, seen_by, whereabouts
from cases.forms.whereabouts import EndWhereaboutsForm, WhereaboutsForm
from cases.models import Child, Whereabouts
from cases.refusal import Refusal
from cases.views import seeing
from cases.views.page import child_shown


def new(request, key):
    """Write down where a child lives."""
    child = get_object_or_404(Child.objects.visible_to(request.user).select_related("authority"), key=key)
    _check(request, child)
    form = WhereaboutsForm(request.POST or None, child=child, cancel_url=_page_of(child))
    if _done(request, form, whereabouts.add, child):
        messages.success(request, "It is written down.")
        return redirect(_page_of(child))
    seen = _seen(request, form, whereabouts.add, child, child)
    return child_shown(request, "cases/whereabouts/new.html", child, form=form, **seen)


def end(request, pk):
    row = _row(request, pk)
    form = EndWhereaboutsForm(request.POST or None, cancel_url=_page_of(row.child))
    if _done(request, form, whereabouts.end, row):
        messages.success(request, "The last day is written down.")
        return redirect(_page_of(row.child))
    return child_shown(request, "cases/whereabouts/end.html", row.child, form=form, row=row)


def correct(request, pk):
    row = _row(request, pk)
    form = WhereaboutsForm(request.POST or None, child=row.child, row=row, cancel_url=_page_of(row.child))
    if _done(request, form, whereabouts.correct, row):
        messages.success(request, "It is corrected.")
        return redirect(_page_of(row.child))
    seen = _seen(request, form, whereabouts.correct, row, row.child)
    return child_shown(request, "cases/whereabouts/correct.html", row.child, form=form, row=row, **seen)


def _seen(request, form, verb, subject, child):
    """What somebody else would see of the address, where that was asked."""

    def act():
        return verb(subject, by=request.user, **form.cleaned_data)

    return seeing.looked(request, form, lambda part: seen_by.whereabouts(child, part, act))


def _done(request, form, verb, subject):
    if not seeing.is_saved(request, form):
        return False
    try:
        verb(subject, by=request.user, **form.cleaned_data)
    except Refusal as refusal:
        form.refuse(refusal)
        return False
    return True


def _row(request, pk):
    readable = Whereabouts.objects.visible_to(request.user).select_related("child__authority")
    row = get_object_or_404(readable, pk=pk)
    _check(request, row.child)
    return row


def _check(request, child):
    if not access.may_record_whereabouts(request.user, child):
        raise Http404


def _page_of(child):
    return reverse("child", args=[child.key]) + "#whereabouts"
