"""Records due for disposal, the end of one record, certificates, and packs for a person who asks for theirs."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from accounts import audit
from cases import witness
from cases.models import Child
from cases.refusal import Refusal
from cases.views.page import child_shown
from reports.records import access, certificates, disposal, forms, holds, others, packs, retention
from reports.records.models import AccessPack, Certificate, Disposal, Hold

FORMS = {
    "propose": forms.ProposeForm,
    "agree": forms.AgreeForm,
    "decline": forms.DeclineForm,
    "hold": forms.HoldForm,
    "lift": forms.LiftForm,
}
VERBS = {
    "propose": disposal.propose,
    "agree": disposal.agree,
    "decline": disposal.decline,
    "hold": holds.place,
    "lift": holds.lift,
}
DONE = {
    "propose": "Proposed. Somebody else who keeps the authority’s records has to agree.",
    "agree": "Agreed. The record goes within minutes, and the certificate comes to both of you.",
    "decline": "The record stays.",
    "hold": "The record is held: nobody disposes of it until the hold is lifted.",
    "lift": "The hold is lifted.",
}


@require_safe
def records_due(request):
    """Children whose records need not be kept any longer, each with the rule; holds; and certificates."""
    if not access.may_keep_records(request.user):
        raise Http404
    children = Child.objects.visible_to(request.user)
    due = retention.due(children)
    waiting = _by_child(Disposal.objects.filter(declined_at=None, done_at=None).select_related("proposed_by"))
    held = _by_child(
        Hold.objects.filter(lifted_at=None, child__in=children).select_related("placed_by", "child")
    )
    lines = [
        {"kept": one, "waiting": waiting.get(one.child.pk), "hold": held.get(one.child.pk)} for one in due
    ]
    audit.listed(request, witness.children([*(one.child for one in due), *(h.child for h in held.values())]))
    context = {"lines": lines, "holds": held.values(), "certificates": _certificates(request)}
    return render(request, "reports/records/due.html", context)


@require_safe
def record_end(request, key):
    """How long one child's record is kept, by which rule, and what may be done about it."""
    return _record_end(request, _kept_child(request, key))


@require_POST
def record_end_act(request, key, act):
    """Propose, agree, decline, hold, lift: each a button with its form."""
    child = _kept_child(request, key)
    if act not in FORMS:
        raise Http404
    form = _form(child, act, request.POST)
    if form.is_valid():
        try:
            VERBS[act](child, by=request.user, **form.cleaned_data)
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, DONE[act])
            return redirect("record_end", child.key)
    return _record_end(request, child, **{act: form})


def _record_end(request, child, **typed):
    waiting, hold = disposal.waiting(child), holds.standing(child)
    kept = retention.kept(child)
    shown = {name: typed.get(name) or _form(child, name) for name in FORMS}
    return child_shown(
        request,
        "reports/records/end.html",
        child,
        kept=kept,
        is_over=kept.is_over(timezone.localdate()),
        waiting=waiting,
        is_mine=waiting is not None and waiting.proposed_by_id == request.user.pk,
        hold=hold,
        declined=child.disposals.exclude(declined_at=None).select_related("declined_by"),
        forms=shown,
        refused=next(iter(typed.values()), None),
    )


def _form(child, act, data=None):
    return FORMS[act](data, action=reverse("record_end_act", args=[child.key, act]))


@require_safe
def certificate(request, certificate_key):
    found = _certificate(request, certificate_key)
    audit.read(request, ("disposal", certificate_key))
    return render(request, "reports/records/certificate.html", {"certificate": certificates.said(found)})


@never_cache
@require_safe
def certificate_pdf(request, certificate_key):
    found = _certificate(request, certificate_key)
    audit.read(request, ("disposal", certificate_key))
    return _pdf(certificates.paper_of(found), f"certificate-{certificate_key}.pdf")


def subject_access(request, key):
    """Packs of one child's whole record: those made, and the form that asks for another."""
    child = _childs_pack(request, key)
    found = others.others(child, request.user)
    form = forms.PackForm(request.POST or None, others=found, cancel_url=reverse("child", args=[child.key]))
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            packs.ask(child, by=request.user, purpose=data["purpose"], withheld=form.names(),
                      submission=data["submission"])  # fmt: skip
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, "The pack is being made. You are told by e-mail when it is ready.")
            return redirect("subject_access", child.key)
    made = child.access_packs.defer("pdf").select_related("asked_by")
    return child_shown(request, "reports/records/packs.html", child, form=form, packs=made)


@never_cache
@require_safe
def subject_access_pdf(request, key, pk):
    """The pack leaves the service, for the purpose it was made for."""
    child = _childs_pack(request, key)
    pack = get_object_or_404(AccessPack, child=child, pk=pk, made_at__isnull=False)
    audit.exported(request, witness.child(child), ("pack", pack.pk), why=pack.purpose)
    return _pdf(bytes(pack.pdf), f"record-{child.key}.pdf")


def _kept_child(request, key):
    if not access.may_keep_records(request.user):
        raise Http404
    return _child(request, key)


def _childs_pack(request, key):
    if not access.may_make_packs(request.user):
        raise Http404
    return _child(request, key)


def _child(request, key):
    ours = Child.objects.visible_to(request.user).filter(authority=request.user.organisation_id)
    return get_object_or_404(ours.select_related("authority", "parent"), key=key)


def _certificates(request):
    ours = Certificate.objects.filter(authority=request.user.organisation_id)
    return ours.defer("pdf").select_related("disposal")


def _certificate(request, key):
    if not access.may_keep_records(request.user):
        raise Http404
    return get_object_or_404(_certificates(request), disposal__key=key)


def _by_child(rows):
    return {row.child_id: row for row in rows}


def _pdf(content, name):
    return HttpResponse(
        content,
        content_type="application/pdf",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
