"""What goes out with a reply, as one ZIP: the reply, the figures, how they were counted, the form and the guidance."""

import io
import zipfile

from cases import exports
from letters import blank_form
from protocol.duties import CATALOGUE
from protocol.vocabulary import Part
from reports.files.made import ZIP, Made
from reports.foi import answers, drafting
from reports.foi.questions import OF_REFERRALS
from reports.models import FoiReply, FoiRequest
from reports.printing import printed


def make(file):
    """Made from the reply that went, or before that from the draft."""
    request = FoiRequest.objects.visible_to(file.asked_by).get(key=file.asked["request"])
    kept = FoiReply.objects.filter(request=request).first()
    answer = answers.Answer.from_json(kept.answer) if kept else answers.answer(request, file.asked_by)
    text = kept.text if kept else drafting.draft(request, answer)
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as pack:
        pack.writestr("reply.pdf", _reply(request, answer, text, is_draft=kept is None))
        pack.writestr("figures.csv", _figures(answer))
        pack.writestr("how-it-was-counted.txt", _query(answer))
        pack.writestr("guidance.pdf", guidance(request))
        if request.question in OF_REFERRALS:
            pack.writestr("blank-referral-form.pdf", blank_form.as_pdf())
    return Made(f"foi-{request.key}.zip", ZIP, held.getvalue(), [("foi", request.key)])


def _reply(request, answer, text, *, is_draft):
    told = {
        "request": request, "answer": answer, "paragraphs": text.split("\n\n"), "is_draft": is_draft,
        "title": f"Reply to {request.reference}",
    }  # fmt: skip
    return printed("reports/foi/reply_paper.html", told)


def _figures(answer):
    sheet = exports.Sheet("figures", ("", "Number"), [*answer.cells, ("In all", answer.total)])
    return exports.written(sheet)[1]


def _query(answer):
    return "\n\n".join([answer.words, answer.sql, f"With: {', '.join(answer.parameters)}"])


def guidance(request):
    """What IROs, managers and Cafcass are asked to do, duty by duty with its source."""
    is_of_referrals = request.question in OF_REFERRALS
    part = Part.REFERRAL if is_of_referrals else Part.DISPUTES
    title = (
        "Referring a child to Cafcass Legal"
        if is_of_referrals
        else "Resolving a dispute about a child’s plan"
    )
    duties = [duty for duty in CATALOGUE.values() if duty.part is part]
    return printed("reports/foi/guidance_paper.html", {"title": title, "duties": duties})
