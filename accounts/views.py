from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from accounts.forms import OrganisationForm, PersonForm
from accounts.invitations import invite
from accounts.models import User
from accounts.roles import PersonRole


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
        invite(person)
        messages.success(request, f"{person.name} is added. An e-mail tells them how to choose a password.")
        return redirect("people_admin")
    return render(request, "accounts/person.html", {"form": form})


def person(request, pk):
    _check(request)
    found = get_object_or_404(User.objects.administered_by(request.user), pk=pk)
    form = PersonForm(request.POST or None, instance=found, user=request.user)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, f"Saved: {found.name}.")
        return redirect("people_admin")
    return render(request, "accounts/person.html", {"form": form, "person": found})


def organisation(request):
    _check(request)
    form = OrganisationForm(request.POST or None, instance=request.user.organisation)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(
            request, "Saved. New letters carry these details; letters already sent do not change."
        )
        return redirect("people_admin")
    return render(request, "accounts/organisation.html", {"form": form})


def _check(request):
    """Not an administrator: as if the page were not there."""
    if request.user.role != PersonRole.ADMINISTRATOR:
        raise Http404
