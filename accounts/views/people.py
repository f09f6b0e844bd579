from django.contrib import messages
from django.db import transaction
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from accounts import audit, moves, second_factor, sessions, tasks
from accounts.forms.people import OrganisationForm, PersonForm, RoleChangeForm
from accounts.invitations import invite, tell_of_new_address
from accounts.models import User
from accounts.roles import PersonRole
from accounts.templatetags.dates import weekday_date


@require_safe
def people(request):
    """The people of an administrator's organisation."""
    _check(request)
    everyone = User.objects.administered_by(request.user).select_related("manager").order_by("name", "pk")
    return render(request, "accounts/people.html", {"people": everyone})


def new_person(request):
    _check(request)
    form = PersonForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        person = form.save(commit=False)
        person.set_unusable_password()
        person.save()
        audit.changed(request, "person.added", ("person", person.pk))
        invite(person)
        # Without the worker the link goes out with the next tick.
        transaction.on_commit(tasks.send_links.delay, robust=True)
        messages.success(request, f"{person.name} is added. An e-mail tells them how to choose a password.")
        return redirect("people_admin")
    return render(request, "accounts/person.html", {"form": form})


def person(request, pk):
    found = _theirs(request, pk, lock=request.method == "POST")
    before = found.email
    form = PersonForm(request.POST or None, instance=found, user=request.user)
    if request.method == "POST" and form.is_valid():
        form.save()
        audit.changed(request, _what_changed(form), ("person", found.pk))
        if not found.is_active:
            sessions.end_all(found)
        if found.email != before:
            tell_of_new_address(found, before=before, by=request.user)
        messages.success(request, f"Saved: {found.name}.")
        return redirect("people_admin")
    return render(
        request,
        "accounts/person.html",
        {"form": form, "person": found, "planned": moves.planned(found)},
    )


def _what_changed(form):
    """The weightiest of it, for the audit trail: may they come in, as what, or only how they are reached."""
    if "is_active" in form.changed_data:
        return "person.let_in" if form.instance.is_active else "person.shut_out"
    return "person.role_changed" if "role" in form.changed_data else "person.changed"


def role_change(request, pk):
    """A mover: the new role begins by itself on its day."""
    found = _theirs(request, pk)
    form = RoleChangeForm(request.POST or None, person=found)
    if request.method == "POST" and form.is_valid():
        change = moves.plan(
            found, form.cleaned_data["role"], from_on=form.cleaned_data["from_on"], by=request.user
        )
        messages.success(
            request, f"{found.name} is {change.get_role_display()} from {weekday_date(change.from_on)}."
        )
        return redirect("person", pk)
    return render(request, "accounts/role_change.html", {"form": form, "person": found})


@require_POST
def withdraw_role_change(request, pk, change):
    found = _theirs(request, pk)
    moves.withdraw(get_object_or_404(moves.planned(found), pk=change), by=request.user)
    messages.success(request, f"{found.name} keeps the present role.")
    return redirect("person", pk)


def reset_second_factor(request, pk):
    """For somebody of theirs who has lost the telephone and the recovery codes."""
    found = _theirs(request, pk)
    if found == request.user:
        raise Http404
    if request.method == "POST":
        second_factor.reset(found, by=request.user)
        messages.success(request, f"{found.name} gets an e-mail that tells how to begin again.")
        return redirect("person", pk)
    return render(request, "accounts/reset_second_factor.html", {"person": found})


def organisation(request):
    _check(request)
    form = OrganisationForm(request.POST or None, instance=request.user.organisation)
    if request.method == "POST" and form.is_valid():
        form.save()
        audit.changed(request, "organisation.changed", ("organisation", form.instance.pk))
        messages.success(
            request, "Saved. New letters carry these details; letters already sent do not change."
        )
        return redirect("people_admin")
    return render(request, "accounts/organisation.html", {"form": form})


def _theirs(request, pk, *, lock=False):
    """One of the administrator's own; locked where what is saved depends on what stands."""
    _check(request)
    theirs = User.objects.administered_by(request.user).select_related("organisation")
    return get_object_or_404(theirs.select_for_update(of=("self",)) if lock else theirs, pk=pk)


def _check(request):
    """Not an administrator: as if the page were not there."""
    if request.user.role != PersonRole.ADMINISTRATOR:
        raise Http404
