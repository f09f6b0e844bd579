"""Conformance by duty, the list behind each number, and the path cases took."""

from django.http import Http404
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts import audit
from cases import worklist
from protocol.duties import CATALOGUE
from reports import access
from reports.conformance import outcomes, paths
from reports.forms.conformance import SliceForm

SHOWN = 100


@require_safe
def conformance(request):
    """Numbers alone: nothing of a child is on the page."""
    form = _form(request)
    sliced = form.slice
    found = outcomes.by_duty(sliced.deadlines(request.user), today=form.today)
    context = {
        "form": form,
        "slice": sliced,
        "binding": [_row(one) for one in found if one.force.breach],
        "not_binding": [_row(one) for one in found if not one.force.breach],
        "results": outcomes.RESULTS,
    }
    return render(request, "reports/conformance/duties.html", context)


def _row(one):
    cells = [(result, outcomes.RESULTS[result], number) for result, number in one.counts.items()]
    return {"one": one, "cells": cells, "action": one.duty.action.rstrip(",")}


@require_safe
def conformance_duty(request, duty_id):
    """The deadlines of one duty that came to one end."""
    form = _form(request)
    sliced, today = form.slice, form.today
    result = request.GET.get("result", outcomes.MISSED)
    if duty_id not in CATALOGUE or result not in outcomes.RESULTS:
        raise Http404
    found = sliced.deadlines(request.user).filter(outcomes.where(result, today), duty=duty_id)
    number = found.count()
    rows = worklist.rows(found.order_by("due_on", "pk")[:SHOWN], today=today)
    audit.listed(request, worklist.records_of(rows))
    context = {
        "duty": CATALOGUE[duty_id], "rows": rows, "number": number, "slice": sliced, "shown": SHOWN,
        "result": outcomes.RESULTS[result],
    }  # fmt: skip
    return render(request, "reports/conformance/duty.html", context)


@require_safe
def conformance_path(request):
    form = _form(request)
    sliced = form.slice
    steps, common = paths.of(request.user, sliced, today=form.today)
    context = {"slice": sliced, "steps": steps, "common": common}
    return render(request, "reports/conformance/path.html", context)


def _form(request):
    if not access.may_open_conformance(request.user):
        raise Http404
    return SliceForm(request.GET, user=request.user, today=timezone.localdate())
