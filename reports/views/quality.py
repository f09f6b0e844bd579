"""Data quality: every list with how many stand in it and whose it is, and one list with its lines."""

from django import forms
from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from accounts import audit
from accounts.govuk import helper
from reports import access
from reports.quality import lists, owners


class OwnerForm(forms.Form):
    owner = forms.ModelChoiceField(
        queryset=None, label="Who answers for this list", empty_label="Choose a person",
        error_messages={"required": "Choose who answers for this list"},
    )  # fmt: skip

    def __init__(self, *args, authority, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = owners.candidates(authority)
        self.helper = helper("Name this person")


@require_safe
def quality(request):
    _check(request)
    named = owners.of(request.user.organisation)
    rows = [
        {"name": name, "list": one, "number": len(lists.found(name, request.user)), "owner": named.get(name)}
        for name, one in lists.LISTS.items()
    ]
    return render(request, "reports/quality/lists.html", {"rows": rows})


def quality_list(request, name):
    """Whoever may open a list sees its lines; the IRO manager names its owner."""
    _check(request)
    if name not in lists.LISTS or (request.method == "POST" and not access.may_name_owners(request.user)):
        raise Http404
    authority, form = request.user.organisation, None
    if access.may_name_owners(request.user):
        form = OwnerForm(request.POST if request.method == "POST" else None, authority=authority)
        if form.is_bound and form.is_valid():
            owner = form.cleaned_data["owner"]
            owners.name_owner(name, owner, by=request.user)
            messages.success(request, f"{owner.name} answers for this list.")
            return redirect("quality_list", name)
    lines = lists.found(name, request.user)
    audit.listed(request, {record for line in lines for record in line.records})
    context = {
        "list": lists.LISTS[name], "lines": lines, "owner": owners.of(authority).get(name), "form": form,
        "export_url": reverse("exports"),
    }  # fmt: skip
    return render(request, "reports/quality/list.html", context)


def _check(request):
    if not access.may_open_quality(request.user):
        raise Http404
