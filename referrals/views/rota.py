"""The duty rota's pages, for Cafcass Legal."""

from datetime import date

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from cases.dates import weekday_date
from cases.refusal import Refusal
from protocol.working_days import ENGLAND
from referrals import rota
from referrals.forms.rota import NOBODY, DayForm, PatternForm
from referrals.views.advice import for_cafcass_legal


@for_cafcass_legal
@require_safe
def index(request):
    """The next six weeks, with the bank holidays by name and every gap marked."""
    today = timezone.localdate()
    context = {
        "days": rota.days(today, today + rota.SHOWN),
        "warnings": rota.warnings(today),
        "telephone": request.user.organisation.telephone,
        "today": today,
    }
    return render(request, "referrals/rota/rota.html", context)


@for_cafcass_legal
def day(request, on):
    """Who has one day."""
    on, today = _day(on), timezone.localdate()
    held = rota.days(on, on)[0].lawyer
    first = {"lawyer": str(held.pk) if held and rota.serves(held) else NOBODY}
    form = DayForm(request.POST or None, initial=first, cancel_url=reverse("rota"))
    if request.method == "POST" and form.is_valid() and _saved(request, form, on, today):
        return redirect("rota")
    return render(request, "referrals/rota/day.html", {"form": form, "on": on, "held": held})


def _day(typed):
    """A working day of the counted years; any other address is not there."""
    try:
        on = date.fromisoformat(typed)
    except ValueError:
        raise Http404 from None
    if not ENGLAND.is_working(on) or not timezone.localdate() <= on <= timezone.localdate() + rota.FURTHEST:
        raise Http404
    return on


def _saved(request, form, on, today):
    lawyer = form.chosen()
    try:
        if lawyer:
            rota.assign(lawyer, on, by=request.user, today=today)
        else:
            rota.take_off(on, by=request.user, today=today)
    except Refusal as refusal:
        form.refuse(refusal)
        return False
    messages.success(request, f"{lawyer.name if lawyer else 'Nobody'} is on duty on {weekday_date(on)}.")
    return True


@for_cafcass_legal
def fill(request):
    """A lawyer by weekday over a time."""
    form = PatternForm(request.POST or None, cancel_url=reverse("rota"))
    if request.method == "POST" and form.is_valid():
        try:
            taken, left = rota.assign_pattern(
                **_pattern(form.cleaned_data), by=request.user, today=timezone.localdate()
            )
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _said(form.cleaned_data["lawyer"], taken, left))
            return redirect("rota")
    return render(request, "referrals/rota/fill.html", {"form": form})


def _pattern(typed):
    return {name: typed[name] for name in ("lawyer", "first", "last", "weekdays", "replacing")}


def _said(lawyer, taken, left):
    said = f"{lawyer.name} is on duty on {_counted(taken)}."
    return f"{said} Somebody else keeps {_counted(left)}." if left else said


def _counted(days):
    return weekday_date(days[0]) if len(days) == 1 else f"{len(days)} days"
