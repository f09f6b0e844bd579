"""Where answers begin: what one may ask, and the files one has asked for."""

from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from reports import access
from reports.models import AnswerFile

SHOWN = 30
ANSWERS = (
    ("foi", "Freedom of information requests", "How many referrals and disputes: the figures, the reply and the "
     "clock of the request.", access.may_answer_foi),
    ("annual", "Annual reports", "The IRO service’s report to the lead member, written, signed and frozen.",
     access.may_read_annual),
    ("inspection", "Inspection pack", "A sample of cases as one PDF with an index.", access.may_make_pack),
    ("conformance", "Conformance with the Protocol", "What became of each duty that fell due, and the path cases took.",
     access.may_open_conformance),
    ("statutory_return", "Reviews for the statutory return", "The reviews of a year as the file that is submitted, and "
     "what to check first.", access.may_make_return),
    ("quality", "Data quality", "What cannot be right, and who answers for it.", access.may_open_quality),
    ("exports", "Lists as files", "Every list as CSV or as a workbook.", access.may_export),
    ("feed", "Your calendar", "A private address for your deadlines, hearings and reviews.", access.may_have_a_feed),
)  # fmt: skip


@require_safe
def answers(request):
    may = [
        {"url": reverse(name), "text": text, "about": about}
        for name, text, about, may_open in ANSWERS
        if may_open(request.user)
    ]
    if not may:
        raise Http404
    files = AnswerFile.objects.visible_to(request.user).defer("content", "records", "opened")[:SHOWN]
    return render(request, "reports/answers.html", {"answers": may, "files": files})
