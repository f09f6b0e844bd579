from django.conf import settings
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from accounts import audit
from accounts.roles import PersonRole
from cases import access, caselist, recordable, witness, worklist
from cases.models import Deadline

MOST = 200
SOUGHT = "cases_sought"


@require_safe
def my_work(request):
    """What I owe: one query for the rows, whoever asks and however much is owed."""
    if request.user.role == PersonRole.ADMINISTRATOR:
        return redirect("people_admin")
    if home := settings.HOME_PAGES.get(request.user.role):
        return redirect(home)
    today = timezone.localdate()
    mine = Deadline.objects.owed_by_person(request.user).still_open().order_by("due_on", "pk")
    rows = worklist.rows(mine[:MOST], today=today, show_owner=False, may=recordable.by(request.user))
    more = sum(len(row.deadlines) for row in rows) >= MOST
    context = {
        "groups": worklist.grouped(rows, today, mine.overdue(today).count() if more else None),
        "more": more,
        "may_open": access.may_open_a_case(request.user),
    }
    audit.listed(request, worklist.records_of(rows))
    return render(request, "cases/my_work.html", context)


def cases(request):
    """What is searched for waits in the session: a child's name never stands in an address or a log."""
    if request.method == "POST":
        request.session[SOUGHT] = caselist.clean_words(request.POST.get("words", ""))
        return redirect(
            f"{reverse('cases')}?{urlencode({'search': 1, 'stage': caselist.stage_in(request.POST)})}"
        )
    words = request.session.get(SOUGHT, "") if "search" in request.GET else ""
    page = caselist.page(request.user, request.GET, words=words, today=timezone.localdate())
    audit.listed(request, witness.listed_cases(page.cases))
    context = {"page": page, "may_open": access.may_open_a_case(request.user), "doors": _doors(request.user)}
    return render(request, "cases/cases.html", context)


def _doors(user):
    """What else there is to do about cases, for whoever may."""
    doors = (
        ("Restricted cases", "restricted_cases", access.may_restrict(user)),
        ("Cover for absence", "cover", access.may_arrange_cover(user)),
        ("Open a case in an emergency", "emergency", user.role != PersonRole.ADMINISTRATOR),
    )
    return [(text, name) for text, name, is_for_them in doors if is_for_them]
