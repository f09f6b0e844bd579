from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts import audit
from cases import reasons, recordable, whatif, worklist
from cases.forms.recording import WhatIfForm
from cases.models import Deadline
from cases.specifications import happening_named, specification_of
from cases.views.page import case_page
from protocol.faults import Malformed, Refused


@require_safe
def why(request, pk):
    """Why this date: the fact, the rule, the clause, each skipped day by name."""
    visible = Deadline.objects.visible_to(request.user).select_related("case", "child", "agreement", "owner")
    deadline = get_object_or_404(visible, pk=pk)
    today = timezone.localdate()
    may = recordable.by(request.user, deadline.case)
    row = worklist.rows(visible.filter(pk=pk), today=today, may=may)[0]
    audit.read(request, *row.records)
    return render(
        request, "cases/why.html", {"row": row, "deadline": deadline, "reasons": reasons.of(deadline)}
    )


def what_if(request, key):
    """Try a moved hearing or a recorded fact and see every date that would change. Nothing is saved."""
    page = case_page(request, key)
    happening = request.GET.get("happening", "")
    if not happening:
        parts = recordable.parts(page.case, request.user, only_played=True)
        return page.shown(request, "cases/what_if_choose.html", parts=parts)
    if happening_named(happening) is None:
        raise Http404
    specification = specification_of(happening)
    form = WhatIfForm(
        request.POST or None, subject=page.case, specification=specification, user=request.user,
        outcome=page.outcome, cancel_url=page.url, prefill=request.GET,
    )  # fmt: skip
    result = _tried(page, happening, form) if request.method == "POST" and form.is_valid() else None
    return page.shown(request, "cases/what_if.html", form=form, specification=specification, result=result)


def _tried(page, happening, form):
    entry = form.entry()
    tried = {name: entry[name] for name in ("on", "children", "details")}
    as_of = max(entry["on"], timezone.localdate())
    try:
        changes, stage = whatif.changes(page.case, page.outcome, happening, as_of=as_of, **tried)
    except (Refused, Malformed) as refused:
        form.add_error(None, str(refused))
        return None
    return {"changes": changes, "stage": stage, "as_of": as_of}
