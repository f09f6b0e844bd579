"""What a letter makes true by going: facts on the chronology, matters for the next review, a nudge to its readers."""

from django.utils import timezone

from accounts.roles import PersonRole
from cases.actions import record
from cases.models import Notice
from letters import answers, distribution, gather
from letters.kinds import TO_THE_CHILD, LetterKind
from protocol.happenings import Happening
from referrals import handling


def record_what_it_says(letter, on, by):
    """The letter itself, and the facts its author put into it."""
    if letter.referral_id:
        _record_on_referral(letter, on, by)
        return
    children = gather.children_of(letter)
    kind = LetterKind(letter.kind)
    particulars = {"letter": letter.key}
    if kind == LetterKind.APPENDIX_1:
        record(letter.case, Happening.APPENDIX_1_SENT, on=on, by=by, particulars=particulars)
    elif kind == LetterKind.IRO_NAMED:
        record(
            letter.case,
            Happening.IRO_NAMED_TO_CAFCASS,
            on=on,
            by=by,
            children=children,
            particulars=particulars,
        )
    elif kind in TO_THE_CHILD:
        record(
            letter.case, Happening.CHILD_LETTER_SENT, on=on, by=by, children=children, particulars=particulars
        )
    else:
        _record_handover(letter, children, on, by, particulars)


SENT_ON_A_REFERRAL = {
    LetterKind.LA_LEGAL_NOTICE: handling.la_legal_notified,
    LetterKind.DELAY_LETTER: handling.delay_letter_sent,
    LetterKind.DECISION_REPORT: handling.decision_report_sent,
    LetterKind.PROGRESS_NOTE: handling.progress_report_sent,
    LetterKind.FINAL_REPORT: handling.final_report_sent,
}


def _record_on_referral(letter, on, by):
    kind = LetterKind(letter.kind)
    said = {"reason": letter.answers.get("reason", "")} if kind == LetterKind.DELAY_LETTER else {}
    SENT_ON_A_REFERRAL[kind](letter.referral, on=on, by=by, particulars={"letter": letter.key}, **said)


def _record_handover(letter, children, on, by, particulars):
    matters = letter.answers.get("matters", [])
    record(
        letter.case,
        Happening.APPENDIX_2_SENT,
        on=on,
        by=by,
        children=children,
        particulars={**particulars, "matters": matters},
    )
    typed = answers.read(letter)
    also = [
        (Happening.FINAL_CARE_PLAN_PROVIDED, "final_plan_provided_on", {}),
        (
            Happening.CONTACT,
            "final_plan_discussed_on",
            {"between": "guardian_iro", "purpose": "final_discussion"},
        ),
        (Happening.OVERSIGHT_AGREED, "oversight_agreed_on", {}),
        (Happening.DOCUMENTS_CONFIRMED, "documents_confirmed_on", {}),
    ]
    for happening, answer, details in also:
        day = typed.get(answer)
        if day and not _is_on_chronology(letter.case, happening, day, details):
            told = () if happening == Happening.CONTACT else children
            record(
                letter.case, happening, on=day, by=by, children=told, details=details, particulars=particulars
            )


def _is_on_chronology(case, happening, day, details):
    facts = case.events.standing().filter(happening=happening, on=day)
    return facts.filter(**{f"details__{name}": value for name, value in details.items()}).exists()


def tell_those_it_is_for(letter):
    """A nudge to those it is addressed to, once each; nobody is reminded in an agency off the system."""
    if letter.referral_id:
        distribution.tell_them(letter)
        return
    people = [person for person in _readers(letter) if person.is_reminded]
    Notice.objects.bulk_create(
        [
            Notice(
                kind=Notice.Kind.LETTER,
                recipient=person,
                case=letter.case,
                about=f"letter:{letter.key}",
                created_at=timezone.now(),
            )
            for person in people
        ],
        ignore_conflicts=True,
    )


def _readers(letter):
    if letter.kind in TO_THE_CHILD:
        return []
    if letter.kind == LetterKind.IRO_NAMED:
        guardian = gather.guardian_of(letter.case)
        return [guardian] if guardian else []
    iros = gather.iros_of(gather.children_of(letter))
    if iros and letter.kind == LetterKind.APPENDIX_2:
        return iros
    service = letter.authority.people.filter(
        role__in=[PersonRole.IRO_MANAGER, PersonRole.IRO_BUSINESS_SUPPORT]
    )
    return [*iros, *service.select_related("organisation")]
