from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from accounts import audit
from accounts.roles import PersonRole
from cases import (
    access,
    caselist,
    childfile,
    childlist,
    children,
    matters,
    recordable,
    whereabouts,
    witness,
    worklist,
)
from cases.forms.children import ChangeChildForm, NewChildForm
from cases.models import Child, Deadline
from cases.refusal import Refusal
from cases.timeline import chronology_of_child
from cases.views.page import child_shown

SOUGHT = "children_sought"
APPOINTABLE = (
    (PersonRole.IRO, "an IRO"),
    (PersonRole.SOCIAL_WORKER, "a social worker"),
    (PersonRole.TEAM_MANAGER, "a team manager"),
)


def index(request):
    if request.method == "POST":
        return _sought(request)
    show = childlist.filter_in(request.GET)
    words = request.session.get(SOUGHT, "") if "search" in request.GET else ""
    page = childlist.page(
        request.user, words=words, show=show, after=request.GET.get("after", ""), today=timezone.localdate()
    )
    context = {
        "page": page,
        "words": words,
        "show": show,
        "filters": childlist.FILTERS,
        "is_later": "after" in request.GET,
        "first_url": _list_url(words, show),
        "next_url": _list_url(words, show, page.last.key) if page.has_more else "",
        "may_add": access.may_add_children(request.user),
    }
    audit.listed(request, childlist.records_of(page))
    return render(request, "cases/children/index.html", context)


@require_safe
def child(request, key):
    child = _child(request, key)
    today = timezone.localdate()
    is_authoritys = not access.is_cafcass(request.user)
    may = recordable.by(request.user) if is_authoritys else None
    periods = childfile.periods(child)
    is_looked_after = bool(periods) and periods[0].ended_on is None
    owed = child.deadline_set.filter(case=None, state__in=(Deadline.State.OPEN, Deadline.State.EXCUSED))
    handed_over = matters.of(child)
    context = {
        "child": child,
        "age": child.age_in_words(today),
        "legal_status": childfile.legal_statuses([child.pk]).get(child.pk, ""),
        "is_looked_after": is_looked_after,
        "iro": childfile.holder(child, PersonRole.IRO),
        "family": childfile.family(child, request.user),
        "periods": periods,
        "owed": worklist.rows(owed.order_by("due_on", "pk"), today=today, may=may),
        "reviews": childfile.reviews(child, today=today),
        "open_matters": [matter for matter in handed_over if not matter.closed_on],
        "closed_matters": [matter for matter in handed_over if matter.closed_on],
        "may_close": access.may_close_matters(request.user),
        "appointments": childfile.appointments(child),
        "whereabouts": list(whereabouts.of(child, request.user)),
        "may_record_whereabouts": access.may_record_whereabouts(request.user, child),
        "roles": APPOINTABLE if access.may_appoint(request.user) and is_authoritys else (),
        "cases": childfile.cases_of(child, request.user),
        "chronology": chronology_of_child(child, may_correct=recordable.corrector(request.user, child)),
        "to_record": _to_record(request, child, is_looked_after) if is_authoritys else [],
        "may_edit": access.may_add_children(request.user),
        "may_see_who_looked": access.may_see_who_looked(request.user),
    }
    family = filter(None, [context["family"]["parent"], *context["family"]["babies"]])
    audit.read(request, witness.child(child), *witness.children(family), *map(witness.case, context["cases"]))
    return render(request, "cases/children/child.html", context)


def _to_record(request, child, is_looked_after):
    own = childfile.to_record(child, is_looked_after=is_looked_after)
    return own + childfile.acts_elsewhere(child, request.user)


def new(request):
    if not access.may_add_children(request.user):
        raise Http404
    authority = request.user.organisation
    form = NewChildForm(request.POST or None, user=request.user, authority=authority)
    duplicates = []
    if request.method == "POST" and form.is_valid():
        try:
            added = children.add(**form.cleaned_data, by=request.user, on=timezone.localdate())
        except children.Duplicate:
            duplicates = _like(form, authority, request.user)
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, "The child is added.")
            return redirect("child", added.key)
    if duplicates:
        audit.listed(request, witness.children(line["child"] for line in duplicates))
    return render(request, "cases/children/new.html", {"form": form, "duplicates": duplicates})


def edit(request, key):
    child = _child(request, key)
    if not access.may_add_children(request.user):
        raise Http404
    form = ChangeChildForm(
        request.POST or None,
        user=request.user,
        authority=child.authority,
        child=child,
        cancel_url=reverse("child", args=[child.key]),
        initial={
            "name": child.name,
            "born": child.born,
            "sex": child.sex,
            "parent": child.parent.key if child.parent else "",
            "return_id": child.return_id,
        },
    )
    if request.method == "POST" and form.is_valid():
        try:
            children.change(child, **form.cleaned_data, by=request.user)
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, "The record is changed.")
            if children.shares_an_iro(child):
                messages.warning(
                    request,
                    "Parent and child now have the same IRO, which the Care Planning Regulations 2010 (reg 46) "
                    "do not allow. Ask the IRO manager to appoint another.",
                )
            return redirect("child", child.key)
    return child_shown(request, "cases/children/edit.html", child, form=form)


def _child(request, key):
    seen = Child.objects.visible_to(request.user).select_related("authority", "parent")
    return get_object_or_404(seen, key=key)


def _sought(request):
    """A name searched for is kept in the session: a child's name never stands in an address or a log."""
    words = caselist.clean_words(request.POST.get("words", ""))
    request.session[SOUGHT] = words
    return redirect(_list_url(words, childlist.filter_in(request.POST)))


def _list_url(words, show, after=""):
    query = {"search": "yes" if words else "", "show": show, "after": after}
    asked = urlencode({name: value for name, value in query.items() if value})
    return reverse("children") + (f"?{asked}" if asked else "")


def _like(form, authority, user):
    """Those of the same name and birth, each with a link for who may open it; the form remembers them as seen."""
    found = list(children.like(authority, form.cleaned_data["name"], form.cleaned_data["born"]))
    form.data = form.data.copy()
    form.data["others"] = " ".join(child.key for child in found)
    open_to_user = set(
        Child.objects.visible_to(user).filter(pk__in=[c.pk for c in found]).values_list("pk", flat=True)
    )
    return [{"child": child, "may_open": child.pk in open_to_user} for child in found]
