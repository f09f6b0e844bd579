from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render

from accounts import audit
from accounts.roles import PersonRole
from cases import emergencies, witness
from cases.forms.restricting import EmergencyForm
from cases.refusal import Refusal

PAGE = "cases/restricting/emergency.html"


def emergency(request):
    """The door for a case that is not yours, and what was opened so by those whose manager or IRO you are."""
    if request.user.role == PersonRole.ADMINISTRATOR:
        raise Http404
    form = EmergencyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            case = emergencies.open_case(
                form.cleaned_data["reference"], by=request.user, reason=form.cleaned_data["reason"]
            )
        except Refusal as refusal:
            form.refuse(refusal)
            emergencies.refused(request.user)
            return render(request, PAGE, {"form": form, "told": []})
        if open_now := emergencies.current(request.user, case):
            messages.warning(request, _said(open_now))
        return redirect("case", case.key)
    told = list(emergencies.told_to(request.user))
    audit.listed(request, [witness.case(opened.case) for opened in told])
    return render(request, PAGE, {"form": form, "told": told})


def _said(opened):
    return (
        f"This case is open to you until {emergencies.time_of(opened.ends_at)}, for the emergency you stated. "
        "Your manager and the IRO have been told."
    )
