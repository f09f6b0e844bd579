from django.shortcuts import redirect, render
from django.utils import timezone

from accounts.roles import PersonRole
from cases import access, caselist, recordable, worklist
from cases.models import Deadline

MOST = 200


def my_work(request):
    """What I owe: one query for the rows, whoever asks and however much is owed."""
    if request.user.role == PersonRole.ADMINISTRATOR:
        return redirect("people_admin")
    today = timezone.localdate()
    mine = Deadline.objects.owed_by_person(request.user).still_open().order_by("due_on", "pk")
    rows = worklist.rows(mine[:MOST], today=today, show_owner=False, may=recordable.by(request.user))
    context = {
        "groups": worklist.grouped(rows, today),
        "more": len(rows) >= MOST,
        "may_open": access.may_open_a_case(request.user),
    }
    return render(request, "cases/my_work.html", context)


def cases(request):
    page = caselist.page(request.user, request.GET, today=timezone.localdate())
    return render(
        request, "cases/cases.html", {"page": page, "may_open": access.may_open_a_case(request.user)}
    )
