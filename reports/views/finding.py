"""Finding things: a search, cases opened lately, views one has saved, and the way through a list row by row."""

from django.contrib import messages
from django.http import Http404, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from accounts import audit
from cases import caselist, witness, worklist
from cases.refusal import Refusal
from reports.boards import access, lists, paging
from reports.finding import alike, recent, search, views_kept, words
from reports.forms.finding import SaveViewForm
from reports.models import SavedView
from reports.views.lists import slice_of

SOUGHT = "sought_everywhere"


def find(request):
    """What is searched for waits in the session: a child's name never stands in an address or a log."""
    if not access.may_find(request.user):
        raise Http404
    if request.method == "POST":
        request.session[SOUGHT] = caselist.clean_words(request.POST.get("words", ""))
        return redirect(f"{reverse('find')}?search=1")
    typed = request.session.get(SOUGHT, "") if "search" in request.GET else ""
    asked = words.read(typed)
    found = search.search(request.user, asked) if asked else None
    lately = recent.cases(request.user, request.session)
    audit.listed(request, _records(found, lately))
    context = {
        "typed": typed,
        "asked": asked,
        "found": found,
        "recent": lately,
        "views": views_kept.of(request.user) if access.may_see_lists(request.user) else None,
        "finds_misspellings": alike.finds_misspellings(),
    }
    return render(request, "reports/finding/find.html", context)


@require_safe
def find_person(request, pk):
    """The cases on which somebody holds a part, among one's own."""
    person = search.person(request.user, pk) if access.may_find(request.user) else None
    if person is None:
        raise Http404
    rows = search.cases_of(request.user, person).select_related("authority", "cafcass_office")
    found = paging.page(rows.prefetch_related("members__child"), ("key",), request.GET.get("after", ""))
    audit.listed(request, witness.listed_cases(found.rows))
    own = reverse("find_person", args=[pk])
    context = {
        "person": person,
        "cases": found.rows,
        "number": rows.count(),
        "first_url": own if "after" in request.GET else "",
        "next_url": f"{own}?after={found.last}" if found.has_more else "",
    }
    return render(request, "reports/finding/person.html", context)


@require_safe
def board_deadline(request, pk):
    """One deadline of a list, with the one before it and the one after, as the list is sorted."""
    sort = request.GET.get("sort", "")
    if not access.may_see_lists(request.user) or sort not in paging.SORTS:
        raise Http404
    asked, today = slice_of(request.GET), timezone.localdate()
    rows = asked.rows(request.user, today)
    deadline = get_object_or_404(rows.select_related("case", "child"), pk=pk)
    before, after = paging.neighbours(rows, deadline, sort)
    [line] = lists.lines([deadline], today)
    audit.read(request, *worklist.records_of([line.row]))
    query = asked.sorted_by(sort)
    context = {
        "line": line,
        "place": paging.place(rows, deadline, sort),
        "number": rows.count(),
        "list_url": f"{reverse('board_deadlines')}?{query}",
        "before_url": f"{reverse('board_deadline', args=[before])}?{query}" if before else "",
        "after_url": f"{reverse('board_deadline', args=[after])}?{query}" if after else "",
    }
    return render(request, "reports/finding/deadline.html", context)


def view_save(request):
    """Keep the list one has narrowed."""
    if not access.may_see_lists(request.user):
        raise Http404
    asked = slice_of(QueryDict(request.GET.get("list", "")))
    form = SaveViewForm(request.POST or None, cancel_url=asked.url())
    if request.method == "POST" and form.is_valid():
        try:
            views_kept.keep(asked=asked.query(), by=request.user, **form.cleaned_data)
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, "The view is saved. You find it under Find.")
            return redirect("find")
    return render(request, "reports/finding/save.html", {"form": form, "tags": asked.tags(request.user)})


@require_POST
def view_forget(request, pk):
    if not access.may_see_lists(request.user):
        raise Http404
    view = get_object_or_404(SavedView.objects.filter(person=request.user), pk=pk)
    views_kept.forget(view, by=request.user)
    messages.success(request, "The view is forgotten.")
    return redirect("find")


def _records(found, lately):
    cases = [*lately, *(found.cases if found else [])]
    return [*witness.listed_cases(cases), *(witness.children(found.children) if found else [])]
