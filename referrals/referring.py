"""The IRO's verbs up to the referral: begin, answer, finish, write, promise, submit, discard.

Each locks the case, then the referral, and saves everything or nothing. A refusal is a sentence for the person.
"""

from django.db import transaction
from django.utils import timezone

from accounts import audit
from accounts.models import User
from accounts.roles import OrganisationKind, PersonRole
from cases import opening
from cases.actions import record
from cases.dates import weekday_date
from cases.files import deciding
from cases.models import Case, Event, Notice, StoredFile
from cases.models.event import CASE_OPENED
from cases.refusal import NotYours, Refusal, Stale
from protocol.happenings import Happening
from protocol.records import Record
from referrals import access, checklist, questions, readiness, screening, witness
from referrals.models import Answer, Referral, ReferralPaper, Screening

ONLY_AN_IRO = (
    "Only an IRO can refer a child to Cafcass Legal. Others raise their concern with the authority by its usual "
    "procedures (PN 3.4, REF-26)."
)
TEXTS = (
    "concern", "history", "why_failing", "sought", "wishes", "wishes_on_court", "other_agencies",
    "communication_needs", "is_urgent", "urgent_because",
)  # fmt: skip
# What is written here instead of being enclosed as a paper.
WRITTEN = {
    "concern": checklist.ACCOUNT,
    "wishes": checklist.WISHES,
    "other_agencies": checklist.AGENCIES,
    "communication_needs": checklist.NEEDS,
}


def begin(case, *, by, children):
    """A draft that nobody outside the IRO service sees. It may name several siblings."""
    if not access.may_refer(by):
        raise NotYours(ONLY_AN_IRO)
    if not children:
        raise Refusal("Choose at least one child.", field="children")
    with transaction.atomic(), audit.act(by, "referral.begun") as act:
        case = Case.objects.select_for_update(of=("self",)).get(pk=case.pk)
        present = set(case.members.filter(left_on=None).values_list("child", flat=True))
        for child in children:
            if child.pk not in present:
                raise Refusal(f"{child.name} is not in this case.", field="children")
        referral = Referral.objects.create(
            authority_id=case.authority_id, case=case, ref=_next_ref(case), iro=by, begun_at=timezone.now()
        )
        referral.children.set(children)
        Screening.objects.create(referral=referral)
        checklist.lay_out(referral)
        act.touched(*witness.referral_about(referral))
        return referral


def begin_without_case(children, *, by, cafcass_office=None):
    """A draft for looked-after children who are in no open case: one is opened for it, its stage not started."""
    if not access.may_refer(by):
        raise NotYours(ONLY_AN_IRO)
    if not children:
        raise Refusal("Choose at least one child.", field="children")
    office = cafcass_office or opening.office_for(children)
    if office is None:
        raise Refusal(
            "Choose the Cafcass office of the area: no case and no local agreement says which it is.",
            field="cafcass_office",
        )
    today = timezone.localdate()
    with transaction.atomic(), audit.act(by, "referral.begun"):
        case = opening.begin(
            lambda case: record(case, CASE_OPENED, on=today, by=by), authority=children[0].authority,
            cafcass_office=office, children=children, on=today,
        )  # fmt: skip
        return begin(case, by=by, children=children)


def _next_ref(case):
    """One more than any there is: a name a fact has used is never given to another referral."""
    used = {
        *case.referrals.values_list("ref", flat=True),
        *Event.objects.filter(case=case, happening=Happening.REFERRAL_SUBMITTED).values_list(
            "details__referral", flat=True
        ),
    }
    number = max((int(ref.rpartition(" ")[2]) for ref in used if ref.rpartition(" ")[2].isdigit()), default=0)
    return f"Referral {number + 1}"


def answer(referral, question, *, by, answer, because=""):
    """Answer one screening question, or answer it anew: where the answers point is worked out afresh."""
    asked = questions.BY_NAME[question]
    because = because.strip()
    if answer not in dict(asked.choices):
        raise Refusal("Choose an answer.", field="answer")
    if answer in asked.words_after and not because:
        raise Refusal(f"Write your answer: {asked.words[0].lower()}{asked.words[1:]}", field="because")
    with transaction.atomic():
        referral = _draft(referral, by)
        Answer.objects.update_or_create(
            screening=referral.screening,
            question=question,
            defaults={"answer": answer, "because": because, "by": by, "at": timezone.now()},
        )
        _point_anew(referral)
        audit.changed(by, "referral.question_answered", *witness.referral_about(referral))
        return referral


def _point_anew(referral):
    """An answer changed after the screening was saved moves its outcome; a reason for another outcome is not kept."""
    kept = referral.screening
    outcome = screening.leading(readiness.answers_of(referral))
    if kept.finished_at and outcome != kept.outcome:
        kept.outcome, kept.finished_at, kept.against_because = "", None, ""
        kept.save()


def finish_screening(referral, *, by, against_because="", permission_asked_on=None):
    """Keep where the answers point, and why the IRO refers all the same, where that is what they mean to do."""
    with transaction.atomic():
        referral = _draft(referral, by)
        answers = readiness.answers_of(referral)
        if following := questions.first_unanswered(answers):
            raise Refusal(f"Answer this first: {following.title}")
        if permission_asked_on and permission_asked_on > timezone.localdate():
            raise Refusal(
                "The day you asked the court must be today or in the past.", field="permission_asked_on"
            )
        kept = referral.screening
        kept.outcome, kept.finished_at = screening.leading(answers), timezone.now()
        kept.against_because = "" if kept.outcome == screening.Outcome.REFER else against_because.strip()
        kept.permission_asked_on = permission_asked_on
        kept.save()
        audit.changed(by, "referral.screened", *witness.referral_about(referral))
        return referral


def write(referral, *, by, seen_version, **texts):
    """Keep what the IRO wrote. What is written here counts as enclosed."""
    with transaction.atomic():
        referral = _draft(referral, by)
        _check_seen(referral, seen_version)
        for name, text in texts.items():
            if name not in TEXTS:
                raise ValueError(f"A referral has no text {name}")
            setattr(referral, name, text.strip() if isinstance(text, str) else text)
        raise_version(referral)
        written = [item for name, item in WRITTEN.items() if texts.get(name)]
        referral.papers.filter(item__in=written, answer="").update(answer=ReferralPaper.Answer.ENCLOSED)
        audit.changed(by, "referral.written", *witness.referral_about(referral))
        return referral


def promise(referral, answers, *, by, seen_version):
    """Answer for papers: {pk of the paper: (answer, promised_on, because)}. A promise is for today or later."""
    with transaction.atomic():
        referral = _draft(referral, by)
        _check_seen(referral, seen_version)
        for paper in referral.papers.filter(pk__in=answers):
            paper.answer, paper.promised_on, paper.because = _checked(paper, *answers[paper.pk])
            paper.save()
        raise_version(referral)
        audit.changed(by, "referral.papers_answered", *witness.referral_about(referral))
        return referral


def _checked(paper, given, promised_on, because):
    kinds = ReferralPaper.Answer
    if given == kinds.TO_FOLLOW:
        if promised_on is None:
            raise Refusal(
                f"{paper.item}: give the date by which it will come (PN 3.9).",
                field=f"promised_on_{paper.pk}",
            )
        if promised_on < timezone.localdate():
            raise Refusal(
                f"{paper.item}: {weekday_date(promised_on)} has passed. Promise it for today or a later day (PN 3.9).",
                field=f"promised_on_{paper.pk}",
            )
        return given, promised_on, ""
    if given == kinds.NOT_APPLICABLE and not because.strip():
        raise Refusal(f"{paper.item}: say why it is not applicable.", field=f"because_{paper.pk}")
    return given, None, because.strip() if given == kinds.NOT_APPLICABLE else ""


def submit(referral, *, by, on, submission=None):
    """Refer. Papers still to follow are promised for a day each, and each becomes a deadline (PN 3.9, REF-7)."""
    with transaction.atomic(), audit.act(by, "referral.submitted") as act:
        referral = lock(referral)
        if not access.may_prepare(by, referral):
            raise NotYours(ONLY_AN_IRO)
        if submission and Event.objects.filter(case=referral.case_id, submission=submission).exists():
            return referral
        _check_draft(referral)
        for lack in readiness.lacking(referral):
            raise Refusal(lack.sentence, field=lack.field)
        children = list(referral.children.all())
        _record_search(referral, children, by=by, on=on)
        sent, *_ = record(
            referral.case, Happening.REFERRAL_SUBMITTED, on=on, by=by, children=children, submission=submission,
            details={"referral": referral.ref, "missing": _promised(referral)},
        )  # fmt: skip
        _tell_cafcass_legal(referral, sent)
        act.touched(*witness.referral_about(referral))
        return Referral.objects.get(pk=referral.pk)


def _record_search(referral, children, *, by, on):
    """Whether another independent person could act is asked before every referral (REF 2.f, DIS-6)."""
    found = referral.screening.answers.get(question="adult_willing")
    for child in children:
        details = {"found": found.answer == "yes", "who": found.because}
        record(referral.case, Record.INDEPENDENT_PERSON, on=on, by=by, children=[child], details=details)


def _promised(referral):
    to_follow = referral.papers.filter(answer=ReferralPaper.Answer.TO_FOLLOW)
    return [{"item": paper.item, "promised_on": paper.promised_on} for paper in to_follow]


def _tell_cafcass_legal(referral, sent):
    lawyers = User.objects.filter(
        role=PersonRole.CAFCASS_LEGAL, organisation__kind=OrganisationKind.CAFCASS_LEGAL
    ).select_related("organisation")
    nudge(lawyers, referral, f"submitted-{sent.pk}")


def nudge(people, referral, about):
    """One e-mail each, for those who are reminded at all; the clock sends it."""
    Notice.objects.bulk_create(
        (
            Notice(
                kind=Notice.Kind.REFERRAL, recipient=person, case_id=referral.case_id,
                about=f"{referral.key}:{about}", created_at=timezone.now(),
            )
            for person in people
            if person.is_reminded
        ),
        ignore_conflicts=True,
    )  # fmt: skip


def discard(referral, *, by):
    """A draft nobody has sent may go; a referral never."""
    with transaction.atomic():
        referral = _draft(referral, by)
        if Event.objects.filter(case=referral.case_id, details__referral=referral.ref).exists():
            raise Refusal(
                f"{referral.ref} was sent once and taken back in the chronology: it stays, as its facts do."
            )
        with audit.act(by, "referral.discarded") as act:
            act.touched(*witness.referral_about(referral))
            _strike_files(referral, by)
            referral.delete()


def _strike_files(referral, by):
    """What was added to a draft that goes stays until disposal, and nobody opens it."""
    for file in (
        StoredFile.objects.standing().filter(as_paper__paper__referral=referral).select_related("case")
    ):
        deciding.strike(file, by=by, because=f"{referral.ref} was a draft and was discarded.")


def _draft(referral, by):
    referral = lock(referral)
    if not access.may_prepare(by, referral):
        raise NotYours(ONLY_AN_IRO)
    _check_draft(referral)
    return referral


def _check_draft(referral):
    if not referral.is_draft:
        raise Refusal(
            f"{referral.ref} was submitted on {weekday_date(referral.submitted_on)}. It is sent once, and what was sent "
            "does not change any more (REF-26)."
        )


def lock(referral):
    """The case first, as every fact does, then the referral, read again."""
    Case.objects.select_for_update(of=("self",)).get(pk=referral.case_id)
    rows = Referral.objects.select_for_update(of=("self",)).select_related("case", "iro")
    return rows.get(pk=referral.pk)


def _check_seen(referral, seen_version):
    if referral.version != seen_version:
        raise Stale(
            "Somebody else changed this referral while you were writing. Nothing you typed is lost: look at what "
            "changed, then save yours again."
        )


def raise_version(referral):
    referral.version += 1
    referral.save(update_fields=[*TEXTS, "version"])
