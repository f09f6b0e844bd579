"""The reviews of a year: what to check, and the file to submit."""

from collections import Counter

from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from accounts import audit
from cases import witness
from reports import access
from reports.files.asking import ask
from reports.statutory import reviews, years

SHOWN = 100


@require_safe
def statutory_return(request):
    _check(request)
    today = timezone.localdate()
    year = years.named(request.GET.get("year", ""), today)
    held = reviews.held(request.user, year)
    doubts = reviews.doubts(held)
    counted = Counter(doubt.kind for doubt in doubts)
    shown = doubts[:SHOWN]
    audit.listed(request, witness.children({doubt.review.child for doubt in shown}))
    context = {
        "year": year, "years": years.offered(today), "held": len(held), "doubts": shown, "found": len(doubts),
        "counts": [(kind, words, counted[kind]) for kind, words in reviews.CHECKED.items()],
        "in_file": len(held) - counted[reviews.NO_NUMBER],
    }  # fmt: skip
    return render(request, "reports/statutory/return.html", context)


@require_POST
def statutory_file(request):
    _check(request)
    year = years.named(request.POST.get("year", ""), timezone.localdate())
    what = "doubts" if request.POST.get("what") == "doubts" else "reviews"
    title = {"doubts": "What to check in the reviews", "reviews": "Reviews for the statutory return"}[what]
    file = ask(
        "statutory", by=request.user, title=f"{title}, {year.words}", what=what,
        year_end=year.end.isoformat(), purpose=f"Statutory return (SSDA903) for {year.words}",
    )  # fmt: skip
    return redirect("answer_file", file.key)


def _check(request):
    if not access.may_make_return(request.user):
        raise Http404
