"""Lists as files, and a whole case as one."""

from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from reports import access
from reports.exports.forms import ExportForm, WholeCaseForm
from reports.exports.lists import LISTS
from reports.files.asking import ask


@require_safe
def exports(request):
    if not access.may_export(request.user):
        raise Http404
    context = {"lists": LISTS.items(), "may_take_a_case": access.may_take_a_case(request.user)}
    return render(request, "reports/exports/exports.html", context)


def export(request, name):
    if not access.may_export(request.user) or name not in LISTS:
        raise Http404
    wanted = LISTS[name]
    form = ExportForm(request.POST if request.method == "POST" else None, cancel_url=reverse("exports"))
    if form.is_bound and form.is_valid():
        file = ask(
            "export", by=request.user, title=wanted.title, purpose=form.cleaned_data["purpose"], list=name,
            form=form.cleaned_data["form"],
        )  # fmt: skip
        return redirect("answer_file", file.key)
    return render(
        request, "reports/exports/export.html", {"form": form, "title": wanted.title, "about": wanted.about}
    )


def export_case(request):
    if not access.may_take_a_case(request.user):
        raise Http404
    given = request.POST if request.method == "POST" else None
    form = WholeCaseForm(given, user=request.user, cancel_url=reverse("exports"))
    if form.is_bound and form.is_valid():
        key = form.cleaned_data["reference"]
        file = ask(
            "case_dump",
            by=request.user,
            title=f"Case {key}, whole",
            purpose=form.cleaned_data["purpose"],
            case=key,
        )
        return redirect("answer_file", file.key)
    about = "Everything of one case as JSON, for another system; what each part means is written down with this service."
    return render(
        request, "reports/exports/export.html", {"form": form, "title": "A whole case", "about": about}
    )
