"""A pack for inspectors: which cases, what for, and then a file."""

from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse

from cases.refusal import Refusal
from reports import access
from reports.files.asking import ask
from reports.inspection import sample
from reports.inspection.forms import InspectionForm


def inspection(request):
    if not access.may_make_pack(request.user):
        raise Http404
    form = InspectionForm(request.POST if request.method == "POST" else None, cancel_url=reverse("answers"))
    if form.is_bound and form.is_valid():
        try:
            file = _ask(request.user, form.cleaned_data)
        except Refusal as refusal:
            form.add_error("references" if form.cleaned_data["how"] == "chosen" else "number", str(refusal))
        else:
            return redirect("answer_file", file.key)
    return render(request, "reports/inspection/new.html", {"form": form})


def _ask(user, given):
    if given["how"] == "chosen":
        found = sample.chosen(user, given["references"])
    else:
        narrowed = {name: given[name] for name in ("stage", "opened_from", "opened_until")}
        found = sample.drawn(user, given["number"], **narrowed)
    number = len(found.keys)
    return ask(
        "inspection", by=user, title=f"Inspection pack of {number} case{'' if number == 1 else 's'}",
        purpose=given["purpose"], cases=found.keys, how=found.how,
    )  # fmt: skip
