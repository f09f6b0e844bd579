from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts import audit
from cases import access, covering, witness
from cases.forms.covering import CoverForm, EndCoverForm
from cases.models import Case, Cover
from cases.refusal import Refusal


@require_safe
def index(request):
    """The cover a manager arranges: what goes on or is to come, and what is over."""
    _check(request)
    today = timezone.localdate()
    covers = list(_covers(request).prefetch_related("cases")[:200])
    seen = set(
        Case.objects.visible_to(request.user).filter(pk__in=_cases(covers)).values_list("pk", flat=True)
    )
    rows = [_row(cover, seen) for cover in covers]
    audit.listed(request, [witness.case(case) for row in rows for case in row["cases"]])
    over = [row for row in rows if row["cover"].ended_at or row["cover"].until_on < today]
    return render(
        request, "cases/cover/index.html", {"current": [row for row in rows if row not in over], "over": over}
    )


def new(request):
    _check(request)
    form = CoverForm(request.POST or None, user=request.user, cancel_url=reverse("cover"))
    if request.method == "POST" and form.is_valid():
        try:
            cover = covering.arrange(**form.entry(), by=request.user)
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, f"{cover.covering.name} stands in for {cover.absent.name}.")
            return redirect("cover")
    return render(request, "cases/cover/new.html", {"form": form})


def end(request, pk):
    cover = get_object_or_404(_covers(request), pk=pk)
    if request.method == "POST":
        covering.end(cover, by=request.user)
        messages.success(request, "The cover is over.")
        return redirect("cover")
    form = EndCoverForm(cancel_url=reverse("cover"))
    return render(request, "cases/cover/end.html", {"form": form, "cover": cover})


def _check(request):
    if not access.may_arrange_cover(request.user):
        raise Http404


def _covers(request):
    return Cover.objects.visible_to(request.user).select_related("absent", "covering", "arranged_by")


def _cases(covers):
    return {case.pk for cover in covers for case in cover.cases.all()}


def _row(cover, seen):
    """A cover with those of its cases the reader may open; the others are a number."""
    cases = [case for case in cover.cases.all() if case.pk in seen]
    return {"cover": cover, "cases": cases, "others": len(cover.cases.all()) - len(cases)}
