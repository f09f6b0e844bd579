"""For Cafcass Legal: the documents that every later referral is asked for."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse

from cases.refusal import Refusal
from referrals import access, checklist
from referrals.forms.papers import ChecklistForm
from referrals.models import Checklist


def referral_checklist(request):
    if not access.may_triage(request.user):
        raise Http404
    used = checklist.current()
    form = ChecklistForm(request.POST or None, checklist=used, cancel_url=reverse("my_work"))
    if request.method == "POST" and form.is_valid():
        try:
            made = checklist.new_version(
                form.items(), by=request.user, seen_number=form.cleaned_data["number"]
            )
        except Refusal as refusal:
            form.refuse(refusal, checklist.current().number)
        else:
            messages.success(
                request, f"Version {made.number} is in use. Referrals already begun keep theirs."
            )
            return redirect("referral_checklist")
    versions = Checklist.objects.select_related("made_by")
    return render(
        request, "referrals/referring/checklist.html", {"form": form, "used": used, "versions": versions}
    )
