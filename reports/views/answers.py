"""Where answers begin: what one may ask, and the files one has asked for."""

from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from reports import access
from reports.models import AnswerFile

SHOWN = 30
ANSWERS = (
    ("foi", "Freedom of information requests", "How many referrals and disputes: the figures, the reply and the "
     "clock of the request.", access.may_answer_foi),
)  # fmt: skip


@require_safe
def answers(request):
    may = [
        {"url": reverse(name), "text": text, "about": about}
        for name, text, about, may_open in ANSWERS
        if may_open(request.user)
    ]
    files = AnswerFile.objects.visible_to(request.user).defer("content", "records")[:SHOWN]
    return render(request, "reports/answers.html", {"answers": may, "files": files})
