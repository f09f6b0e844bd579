"""The inbox, how much of it also goes by e-mail, and addresses that get none."""

from django import forms
from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from accounts import audit
from accounts.govuk import helper
from accounts.roles import PersonRole
from cases import inbox as notices
from cases import preferences
from cases import undeliverable as refused
from cases.models import Notice, NoticePreference


class PreferenceForm(forms.Form):
    email = forms.ChoiceField(
        label="What you want by e-mail",
        widget=forms.RadioSelect,
        choices=NoticePreference.Email.choices,
        help_text="Your inbox has every notice, whatever you choose.",
        error_messages={"required": "Choose what you want by e-mail"},
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = helper("Keep", cancel_url=reverse("inbox"))


@require_safe
def inbox(request):
    page = notices.page(request.user, request.GET.get("after", ""))
    audit.listed(request, {record for line in [*page.waiting, *page.acknowledged] for record in line.records})
    context = {
        "page": page,
        "next_url": f"{reverse('inbox')}?after={page.next_after}" if page.next_after else "",
        "email": NoticePreference.Email(preferences.of(request.user)).label,
    }
    return render(request, "cases/inbox.html", context)


@require_POST
def notice_acknowledge(request, pk):
    """One's own alone: anybody else's is as if it were not there."""
    notice = get_object_or_404(
        Notice.objects.visible_to(request.user).select_related("case", "deadline__case", "deadline__child"),
        pk=pk,
        recipient=request.user,
    )
    notices.acknowledge(notice, by=request.user)
    return redirect("inbox")


def inbox_settings(request):
    chosen = {"email": preferences.of(request.user)}
    form = PreferenceForm(request.POST if request.method == "POST" else None, initial=chosen)
    if form.is_bound and form.is_valid():
        preferences.choose(form.cleaned_data["email"], by=request.user)
        messages.success(request, "Kept. It holds from the next notice on.")
        return redirect("inbox")
    return render(request, "cases/inbox_settings.html", {"form": form})


@require_safe
def undeliverable(request):
    """For administrators: whose address a mail server refuses, so that somebody puts it right."""
    if request.user.role != PersonRole.ADMINISTRATOR:
        raise Http404
    return render(request, "cases/undeliverable.html", {"found": refused.of_people(request.user)})
