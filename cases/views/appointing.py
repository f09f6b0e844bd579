from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect

from accounts.models import User
from accounts.roles import PersonRole
from cases import access
from cases.appointments import appoint
from cases.forms.appointing import AppointForm
from cases.models import Child
from cases.models.appointment import APPOINTED_ROLES
from cases.recordable import page_of
from cases.refusal import Refusal
from cases.views.page import case_page, child_shown


def appoint_on_case(request, key, role):
    page = case_page(request, key)
    _check(request, role, page.case)
    form = _form(request, role, page.case, page.url)
    if _appointed(request, form):
        return redirect("people", page.case.key)
    return page.shown(request, "cases/recording/appoint.html", form=form, role=PersonRole(role).label)


def appoint_for_child(request, key, role):
    child = get_object_or_404(Child.objects.visible_to(request.user), key=key)
    _check(request, role, child)
    if role == PersonRole.GUARDIAN:
        raise Http404
    form = _form(request, role, child, page_of(child))
    if _appointed(request, form):
        return redirect("child", child.key)
    return child_shown(request, "cases/recording/appoint.html", child, form=form, role=PersonRole(role).label)


def _check(request, role, subject):
    if role not in APPOINTED_ROLES or not access.may_appoint_to(role, request.user, subject):
        raise Http404


def _form(request, role, subject, cancel_url):
    return AppointForm(
        request.POST or None, role=role, subject=subject, user=request.user, cancel_url=cancel_url
    )


def _appointed(request, form):
    if request.method != "POST" or not form.is_valid():
        return False
    try:
        appoint(**form.entry())
    except Refusal as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        return False
    person = form.cleaned_data["person"]
    messages.success(request, f"{person.name} is appointed.")
    warn_if_shut_out(request, person, form.children)
    return True


def warn_if_shut_out(request, person, children):
    if access.not_shut_out(User.objects.filter(pk=person.pk), children).first() is None:
        messages.warning(
            request,
            "The case is restricted: they cannot open it until whoever keeps its list has put them on it.",
        )
