from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from accounts import audit
from cases import access, emergencies, restricting, witness
from cases.forms.restricting import LiftForm, ListForm
from cases.models import Restriction
from cases.refusal import Refusal
from cases.views.page import case_page


@require_safe
def who_may_open(request, key):
    """Who may open this case: by role and appointment, or where it is restricted, by name."""
    page = case_page(request, key, "people")
    restriction = restricting.restriction_of(page.case)
    return page.shown(
        request,
        "cases/case/who_may_open.html",
        restriction=restriction,
        readers=restricting.on_the_list(restriction) if restriction else [],
        keeps=restriction and _kept(request.user).filter(pk=restriction.pk).exists(),
        may_restrict=access.may_restrict(request.user),
        emergencies=emergencies.of_case(page.case),
    )


def restrict(request, key):
    """Restrict the case to a list of names; one that is restricted already has its list."""
    page = case_page(request, key)
    if not access.may_restrict(request.user):
        raise Http404
    if standing := restricting.restriction_of(page.case):
        return redirect("restriction", standing.key)
    form = ListForm(
        request.POST or None, case=page.case, user=request.user,
        cancel_url=reverse("who_may_open", args=[page.case.key]),
    )  # fmt: skip
    if _done(
        request,
        form,
        lambda: restricting.restrict(
            page.case, by=request.user, reason=form.cleaned_data["reason"], readers=form.chosen()
        ),
    ):
        messages.success(request, "The case is restricted. Only the people on the list may open it.")
        return redirect("restriction", restricting.restriction_of(page.case).key)
    others = restricting.unrestricted_besides(page.case)
    shown = access.visible_cases(request.user)
    return page.shown(
        request,
        "cases/restricting/restrict.html",
        form=form,
        others=others.filter(pk__in=shown),
    )


@require_safe
def index(request):
    """The restricted cases whose list a person keeps, by reference alone."""
    if not access.may_restrict(request.user):
        raise Http404
    kept = list(_kept(request.user))
    audit.listed(request, [witness.case(restriction.case) for restriction in kept])
    return render(request, "cases/restricting/index.html", {"restrictions": kept})


@require_safe
def restriction(request, restriction_key):
    """The list itself. Whoever restricted the case reads it, though it may not name them."""
    return _shown(request, _restriction(request, restriction_key), "restriction")


def change(request, restriction_key):
    restriction = _restriction(request, restriction_key)
    form = ListForm(
        request.POST or None, case=restriction.case, user=request.user, restriction=restriction,
        cancel_url=reverse("restriction", args=[restriction.key]),
    )  # fmt: skip
    if _done(
        request,
        form,
        lambda: restricting.change_list(
            restriction, by=request.user, reason=form.cleaned_data["reason"], readers=form.chosen()
        ),
    ):
        messages.success(request, "The list is changed.")
        return _after(request, restriction)
    return _shown(request, restriction, "change", form=form)


def lift(request, restriction_key):
    restriction = _restriction(request, restriction_key)
    form = LiftForm(request.POST or None, cancel_url=reverse("restriction", args=[restriction.key]))
    if _done(
        request,
        form,
        lambda: restricting.lift(restriction, by=request.user, reason=form.cleaned_data["reason"]),
    ):
        messages.success(request, f"Case {restriction.case.key} is no longer restricted.")
        return redirect("restricted_cases")
    return _shown(request, restriction, "lift", form=form)


def _after(request, restriction):
    """Who takes themselves off the list may have nothing more to see here."""
    is_kept = _kept(request.user).filter(pk=restriction.pk).exists()
    return redirect("restriction", restriction.key) if is_kept else redirect("restricted_cases")


def _done(request, form, verb):
    if request.method != "POST" or not form.is_valid():
        return False
    try:
        verb()
    except Refusal as refusal:
        form.refuse(refusal)
        return False
    return True


def _kept(user):
    return Restriction.objects.kept_by(user).select_related("case", "placed_by")


def _restriction(request, key):
    return get_object_or_404(_kept(request.user), key=key)


def _shown(request, restriction, page, **more):
    audit.read(request, witness.case(restriction.case))
    context = {"restriction": restriction, "readers": restricting.on_the_list(restriction), **more}
    return render(request, f"cases/restricting/{page}.html", context)
