from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse

from cases import access, matters
from cases.forms.matters import CloseMatterForm
from cases.refusal import Refusal
from cases.views.page import child_shown


def close(request, pk):
    """Close a matter the guardian handed over, with evidence."""
    matter = get_object_or_404(matters.visible_to(request.user), pk=pk)
    if not access.may_close_matters(request.user):
        raise Http404
    form = CloseMatterForm(request.POST or None, cancel_url=reverse("child", args=[matter.child.key]))
    if request.method == "POST" and form.is_valid():
        try:
            matters.close(matter, by=request.user, **form.cleaned_data)
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(
                request, "The matter is closed. It stays on the child’s page with what was done."
            )
            return redirect("child", matter.child.key)
    return child_shown(request, "cases/matters/close.html", matter.child, form=form, matter=matter)
