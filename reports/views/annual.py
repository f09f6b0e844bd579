"""The annual report: its years, one year with its figures, a section being written, and the signature."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from accounts import audit
from cases.refusal import Refusal
from reports import access
from reports.annual import acts, behind
from reports.annual.forms import SectionForm
from reports.annual.headings import BY_NAME
from reports.files.asking import ask
from reports.models import AnnualReport, AnnualSection
from reports.statutory import years


def annual(request):
    """The reports there are, and the years one can be begun for."""
    _check(request)
    today, may_write = timezone.localdate(), access.may_write_annual(request.user)
    if request.method == "POST":
        if not may_write:
            raise Http404
        report = acts.begin(years.named(request.POST.get("year", ""), today).end, by=request.user)
        return redirect("annual_report", report.key)
    context = {
        "reports": AnnualReport.objects.visible_to(request.user), "years": years.offered(today), "may_write": may_write,
    }  # fmt: skip
    return render(request, "reports/annual/reports.html", context)


@require_safe
def annual_report(request, key):
    report = _one(request, key)
    context = {
        "report": report, "year": years.Year(report.year_end), "content": acts.content(report, request.user),
        "may_write": access.may_write_annual(request.user) and not report.is_signed,
        "may_sign": access.may_sign_annual(request.user) and not report.is_signed,
        "is_whole": not report.is_signed or acts.is_whole(report),
    }  # fmt: skip
    return render(request, "reports/annual/report.html", context)


def annual_section(request, key, name):
    report = _one(request, key)
    if name not in BY_NAME or not access.may_write_annual(request.user):
        raise Http404
    back = reverse("annual_report", args=[report.key])
    section = AnnualSection.objects.filter(report=report, name=name).first()
    initial = {"text": section.text, "version": section.version} if section else {"version": 0}
    form = SectionForm(request.POST if request.method == "POST" else None, initial=initial, cancel_url=back)
    if form.is_bound and form.is_valid():
        try:
            acts.write(
                report,
                name,
                form.cleaned_data["text"],
                by=request.user,
                seen_version=form.cleaned_data["version"],
            )
        except Refusal as refusal:
            form.add_error("text", str(refusal))
        else:
            return redirect(f"{back}#{name}")
    return render(
        request, "reports/annual/section.html", {"report": report, "heading": BY_NAME[name], "form": form}
    )


@require_POST
def annual_sign(request, key):
    report = _one(request, key)
    if not access.may_sign_annual(request.user):
        raise Http404
    try:
        acts.sign(report, by=request.user)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "The report is signed. Its figures and words are frozen.")
    return redirect("annual_report", report.key)


@require_POST
def annual_file(request, key):
    report = _one(request, key)
    form = "docx" if request.POST.get("form") == "docx" else "pdf"
    words = {"pdf": "as a PDF", "docx": "to edit"}[form]
    file = ask(
        "annual", by=request.user, title=f"Annual report, {years.Year(report.year_end).words}, {words}",
        purpose="Annual report to the lead member (IRO Handbook 7.11)", report=report.key, form=form,
    )  # fmt: skip
    return redirect("answer_file", file.key)


@require_safe
def annual_behind(request, key, what):
    """What a figure counts, one by one."""
    report = _one(request, key)
    if what not in behind.LISTS:
        raise Http404
    title, lines = behind.lines(what, request.user, years.Year(report.year_end))
    audit.listed(request, {record for line in lines for record in line.records})
    context = {"report": report, "title": title, "lines": lines, "year": years.Year(report.year_end)}
    return render(request, "reports/annual/behind.html", context)


def _check(request):
    if not access.may_read_annual(request.user):
        raise Http404


def _one(request, key):
    reports = AnnualReport.objects.visible_to(request.user).select_related("authority", "signed_by")
    return get_object_or_404(reports, key=key)
