from functools import partial

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts import audit
from cases import access, actions, caselist, opening, projection, recordable, seen_by, witness
from cases.forms.correcting import CorrectForm
from cases.forms.opening import OpenCaseForm
from cases.forms.recording import RecordForm
from cases.models import Case, Child
from cases.refusal import Refusal
from cases.specifications import SPECIFICATIONS, specification_of
from cases.views import seeing
from cases.views.page import case_page, child_shown

SOUGHT = "children_for_a_case_sought"


@require_safe
def choose(request, key):
    """What happened? Everything this person may record here, under the Protocol's own headings."""
    page = case_page(request, key)
    parts = recordable.parts(page.case, request.user)
    return page.shown(request, "cases/recording/choose.html", parts=parts)


def record_on_case(request, key, happening):
    page = case_page(request, key)
    specification = _specification(happening)
    if not access.may_record(request.user, page.case, specification.done_by):
        raise Http404
    if elsewhere := recordable.page_elsewhere(page.case, request.user, specification):
        return redirect(f"{elsewhere}?{request.GET.urlencode()}")
    form = _form(request, page.case, specification, page.outcome, page.url)
    if seeing.is_saved(request, form) and (events := _recorded(page.case, happening, form)):
        messages.success(request, recordable.said(events[0], specification))
        return _onward(request, page.case)
    seen = seeing.looked(request, form, _fact(page.case, happening, form))
    return page.shown(request, "cases/recording/record.html", form=form, specification=specification, **seen)


def record_for_child(request, key, happening):
    child = get_object_or_404(Child.objects.visible_to(request.user), key=key)
    specification = _specification(happening)
    if not recordable.is_for_a_child(happening) or access.is_cafcass(request.user):
        raise Http404
    if not access.may_record(request.user, child, specification.done_by):
        raise Http404
    form = _form(request, child, specification, projection.play_child(child), recordable.page_of(child))
    if seeing.is_saved(request, form) and (events := _recorded(child, happening, form)):
        messages.success(request, recordable.said(events[0], specification))
        return redirect("child", child.key)
    seen = seeing.looked(request, form, _fact(child, happening, form))
    context = {"form": form, "specification": specification, **seen}
    return child_shown(request, "cases/recording/record.html", child, **context)


def correct_on_case(request, key, pk):
    page = case_page(request, key)
    event = _correctable(request, page.case, pk)
    return _correct(request, event, page.url + "chronology/", page.shown)


def correct_for_child(request, key, pk):
    child = get_object_or_404(Child.objects.visible_to(request.user), key=key)
    event = _correctable(request, child, pk)
    return _correct(request, event, recordable.page_of(child), partial(child_shown, child=child))


def open_case(request):
    if not access.may_open_a_case(request.user):
        raise Http404
    if "words" in request.POST:
        request.session[SOUGHT] = caselist.clean_words(request.POST["words"])
        return redirect(f"{reverse('case_new')}?search=1")
    words = request.session.get(SOUGHT, "") if "search" in request.GET else ""
    if case := opening.opened_by(request.POST.get("submission"), request.user):
        return _onward(request, case)
    form = OpenCaseForm(request.POST or None, user=request.user, words=words)
    if request.method == "POST" and form.is_valid():
        try:
            case = opening.open_case(**form.entry())
        except Refusal as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        else:
            messages.success(request, f"Case {case.key} is open.")
            return _onward(request, case)
    audit.listed(request, witness.children(form.fields["children"].queryset))
    return render(request, "cases/recording/open_case.html", {"form": form, "words": words})


def _specification(happening):
    never = recordable.NEVER_ON_A_CASE | recordable.NEVER_BY_HAND
    if happening not in SPECIFICATIONS or happening in never:
        raise Http404
    return specification_of(happening)


def _form(request, subject, specification, outcome, cancel_url):
    return RecordForm(
        request.POST or None,
        subject=subject,
        specification=specification,
        user=request.user,
        outcome=outcome,
        cancel_url=cancel_url,
        prefill=request.GET,
    )


def _fact(subject, happening, form):
    """How what the form says would stand before somebody else."""
    return lambda part: seen_by.fact(
        subject, part, lambda: actions.record(subject, happening, **form.entry())
    )


def _recorded(subject, happening, form):
    """The events written, or none with the reason on the form."""
    try:
        return actions.record(subject, happening, **form.entry())
    except Refusal as refusal:
        form.refuse(refusal)
        return []


def _onward(request, case):
    """Back to the case, or to My work for a guardian whose part in it has just ended."""
    if Case.objects.visible_to(request.user).filter(pk=case.pk).exists():
        return redirect("case", case.key)
    return redirect("my_work")


def _correctable(request, subject, pk):
    """Whoever may not correct a fact does not find the form for it."""
    event = get_object_or_404(recordable.told(subject), pk=pk)
    if not recordable.corrector(request.user, subject)(event):
        raise Http404
    return event


def _correct(request, event, back, shown):
    if request.method == "GET" and event.is_struck:
        messages.warning(request, "Somebody has already corrected this.")
        return redirect(back)
    form = CorrectForm(request.POST or None, event=event, cancel_url=back)
    if request.method == "POST" and form.is_valid():
        try:
            actions.correct(event, by=request.user, **form.entry())
        except Refusal as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        else:
            messages.success(request, "Corrected. The first version stays in the chronology, struck through.")
            return redirect(back)
    return shown(
        request,
        "cases/recording/correct.html",
        form=form,
        event=event,
        specification=specification_of(event.happening),
        today=timezone.localdate(),
    )
