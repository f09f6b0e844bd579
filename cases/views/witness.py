from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from cases import access, exports, wholooked, witness
from cases.forms.exporting import PurposeForm
from cases.models import Child
from cases.views.page import child_shown


@require_safe
def who_looked(request, key):
    """Who looked at this child's record, for the IRO manager; that somebody looked here is itself kept."""
    return _page(request, _child(request, key), None)


@require_POST
def who_looked_export(request, key):
    """The same as a file, once it has been said what for."""
    child = _child(request, key)
    form = _form(child, request.POST)
    if not form.is_valid():
        return _page(request, child, form)
    return exports.leave(request, wholooked.export(child), witness.child(child), **form.cleaned_data)


def _page(request, child, form):
    looks, last = wholooked.page(child, request.GET.get("before", ""))
    own = reverse("who_looked", args=[child.key])
    return child_shown(
        request,
        "cases/children/who_looked.html",
        child,
        looks=looks,
        is_later="before" in request.GET,
        first_url=own,
        next_url=f"{own}?before={last}" if last else "",
        form=form or _form(child, None),
    )


def _form(child, data):
    return PurposeForm(
        data,
        action=reverse("who_looked_export", args=[child.key]),
        cancel_url=reverse("child", args=[child.key]),
    )


def _child(request, key):
    if not access.may_see_who_looked(request.user):
        raise Http404
    return get_object_or_404(Child.objects.visible_to(request.user), key=key)
