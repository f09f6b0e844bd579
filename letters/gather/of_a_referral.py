"""What the letters of a referral say: the referral itself, what was found out and decided, what its author typed."""

from datetime import timedelta

from accounts.models import Organisation
from accounts.roles import OrganisationKind
from cases.dates import weekday_date
from cases.models import Deadline
from letters import answers
from letters.contents import CONTENTS
from letters.gather.parts import children_of, head, latest, lines, named
from letters.kinds import LetterKind
from letters.models import Recipient
from protocol.happenings import Happening
from referrals.models import Decision, Enquiry

OFFICER = "Officer of the Service"
EVERYBODY = ("Everybody named at the end",)
WEEKS_TO_DECIDE, WEEKS_BETWEEN_NOTES, WEEKS_TO_SUE = (
    timedelta(weeks=2),
    timedelta(weeks=2),
    timedelta(weeks=6),
)
ENDS_HERE = {
    Decision.Action.NO_ACTION,
    Decision.Action.OTHER_PROCEEDINGS,
    Decision.Action.OFFICIAL_SOLICITOR,
}
# Written to as offices where nobody of theirs is on this system: an address that begins with whose office it is.
AT_AN_OFFICE = {
    Recipient.Party.CHIEF_EXECUTIVE,
    Recipient.Party.DIRECTOR,
    Recipient.Party.VOLUNTARY_HEAD,
    Recipient.Party.LA_LEGAL,
}
REPORTED = (Happening.DECISION_REPORT_SENT, Happening.PROGRESS_REPORT_SENT, Happening.DELAY_LETTER_SENT)
ENDINGS = (Happening.SETTLED, Happening.JUDGMENT_GIVEN)


def contents_of(letter, *, dated, to=None):
    """As one recipient reads it, or, with nobody named, as it is kept."""
    kind = LetterKind(letter.kind)
    signatory = signatory_of(letter)
    going = [one for one in letter.recipients.all() if one.is_included]
    return CONTENTS[kind](
        **head(letter.sender),
        **to_one_of(going, to),
        reference=letter.key,
        dated=dated,
        signed_by=signatory.name,
        signed_as=OFFICER if kind != LetterKind.LA_LEGAL_NOTICE else signatory.get_role_display(),
        **_about(letter),
        **_OWN[kind](letter, signatory, answers.read(letter), dated),
    )


def to_one_of(going, to):
    """What a copy says of those it goes to; nothing else in it is its own."""
    return {
        "addressee": addressed(to or (going[0] if len(going) == 1 else None)),
        "copied_to": tuple(called(one) for one in going if one != to and len(going) > 1),
    }


def signatory_of(letter):
    """The officer there is now, until it has gone; the notice to LA legal is signed by the lawyer who wrote it."""
    if letter.kind == LetterKind.LA_LEGAL_NOTICE or letter.is_gone:
        return letter.signatory
    return letter.referral.officer or letter.signatory


def sender_of(referral, kind):
    """The office of the officer; Cafcass Legal for its own notice, and while no office has it."""
    if kind == LetterKind.LA_LEGAL_NOTICE or referral.office is None:
        return Organisation.objects.filter(kind=OrganisationKind.CAFCASS_LEGAL).order_by("pk").first()
    return referral.office


def addressed(recipient):
    """The lines of an address: name, what the person is where that adds something, where it goes."""
    if recipient is None:
        return EVERYBODY
    part = [recipient.get_party_display()] if recipient.person_id else []
    return tuple(dict.fromkeys([recipient.name, *part, *lines(recipient.address)]))


def called(recipient):
    """A recipient among the others: the name, and what the person is or whose office it is; never where anybody lives."""
    if office := _office(recipient):
        return f"{recipient.name}, {office}"
    if recipient.party == Recipient.Party.OTHER:
        return recipient.name
    return f"{recipient.name} ({_as_a_part(recipient)})"


def _office(recipient):
    """The organisation an office is at, by the first line of its address; whatever else is typed there is no office."""
    if recipient.person_id or recipient.party not in AT_AN_OFFICE:
        return ""
    referral = recipient.letter.referral
    known = (referral.authority.name, referral.iro.organisation.name)
    return next((line for line in lines(recipient.address)[:1] if line in known), "")


def _as_a_part(recipient):
    """In the middle of a line, where it is no title with capitals of its own."""
    words = recipient.get_party_display()
    return words if any(letter.isupper() for letter in words[1:]) else words[0].lower() + words[1:]


def _about(letter):
    referral = letter.referral
    return {
        **named(children_of(letter)),
        "authority": referral.authority.name,
        "submitted_on": referral.submitted_on,
    }


def _reach(officer):
    return {"officer_telephone": officer.telephone, "officer_email": officer.email}


def _la_legal_notice(letter, signatory, typed, dated):
    referral = letter.referral
    to = [referral.officer.name if referral.officer else "", referral.office.name if referral.office else ""]
    return {
        "iro_name": referral.iro.name,
        "received_on": referral.received_on or referral.submitted_on,
        "allocated_to": ", ".join(filter(None, to)),
        "contact_name": signatory.name,
        "contact_telephone": signatory.telephone or letter.sender.telephone,
        "contact_email": signatory.email or letter.sender.email,
    }


def due_on(referral):
    """The day the decision report is due, as the deadline has it (REF-12)."""
    deadline = Deadline.objects.filter(case=referral.case_id, duty="REF-12", subject=referral.ref).first()
    return deadline.due_on if deadline else referral.submitted_on + WEEKS_TO_DECIDE


def _delay_letter(letter, signatory, typed, dated):
    return {
        **_reach(signatory),
        "received_on": letter.referral.received_on,
        "due_on": due_on(letter.referral),
        "reason": typed.get("reason", ""),
        "report_expected_on": typed.get("report_expected_on"),
    }


def _decision_report(letter, signatory, typed, dated):
    referral = letter.referral
    decision = Decision.objects.filter(referral=referral).first() or Decision(referral=referral)
    return {
        **_reach(signatory),
        **_answers(decision),
        "iro_name": referral.iro.name,
        "received_on": referral.received_on,
        "concern": referral.concern,
        "sought": referral.sought,
        "enquiries": _enquiries(referral),
        "findings": typed.get("findings", ""),
        "next_dates": (*_next_dates(referral, decision, dated), *lines(typed.get("next_steps", ""))),
    }


def _answers(decision):
    said = (
        "rights_because", "resolution_by", "other_proceedings_because", "court_claim_because", "wishes",
        "litigation_friend", "manager_consulted_on", "legal_consulted_on", "reasons", "not_done",
    )  # fmt: skip
    chosen = (
        "rights_compromised", "more_resolution", "other_proceedings", "court_claim", "child_can_instruct",
        "adult_willing", "who_acts", "action",
    )  # fmt: skip
    return {name: getattr(decision, name) for name in said} | {
        name: str(getattr(decision, f"get_{name}_display")()) for name in chosen
    }


def _enquiries(referral):
    """From whom, and on which days; what each said stays in the file (PN 3.12)."""
    days = {}
    for enquiry in referral.enquiries.all():
        days.setdefault(enquiry.source, []).append(f"{enquiry.on.day} {enquiry.on:%B %Y}")
    return tuple(
        f"{source.label}: {', '.join(dict.fromkeys(days[source.value]))}"
        for source in Enquiry.From
        if source.value in days
    )


def _next_dates(referral, decision, dated):
    """What is owed after this report (PN 3.20, 3.21; REF 2.i)."""
    others_sue = decision.action == Decision.Action.PROCEEDINGS and decision.who_acts in (
        "child",
        "other_adult",
    )
    if not decision.action:
        return
    if decision.action in ENDS_HERE or others_sue:
        yield "The work of Cafcass on this referral ends with this report."
        return
    if decision.action == Decision.Action.PROCEEDINGS:
        last = (referral.received_on or referral.submitted_on) + WEEKS_TO_SUE
        yield f"Cafcass starts proceedings by {weekday_date(last)}, six weeks from receipt of the referral, or sooner."
    yield f"You will have a note on progress every two weeks, the next by {weekday_date(dated + WEEKS_BETWEEN_NOTES)}."
    yield "A further report follows within six weeks of a settlement or judgment."


def _progress_note(letter, signatory, typed, dated):
    referral = letter.referral
    told = [latest(letter.case, happening, referral=referral.ref) for happening in REPORTED]
    return {
        **_reach(signatory),
        "since_on": max((event.on for event in told if event), default=referral.submitted_on),
        "since_last": typed.get("since_last", ""),
        "comes_next": typed.get("comes_next", ""),
        "next_note_on": dated + WEEKS_BETWEEN_NOTES,
    }


def ending_of(referral):
    """The settlement or the judgment, whichever came last."""
    ends = [latest(referral.case, happening, referral=referral.ref) for happening in ENDINGS]
    return max((event for event in ends if event), key=lambda event: (event.on, event.pk), default=None)


def _final_report(letter, signatory, typed, dated):
    ending = ending_of(letter.referral)
    words = {Happening.SETTLED: "Settlement", Happening.JUDGMENT_GIVEN: "Judgment"}
    asked = ("reasons_for_ending", "reason_for_delay", "settlement", "recommendations")
    return {
        **_reach(signatory),
        **{name: typed.get(name, "") for name in asked},
        "decided_on": letter.referral.decided_on,
        "ended_on": ending.on if ending else None,
        "how_it_ended": words[ending.happening] if ending else "",
    }


_OWN = {
    LetterKind.LA_LEGAL_NOTICE: _la_legal_notice,
    LetterKind.DELAY_LETTER: _delay_letter,
    LetterKind.DECISION_REPORT: _decision_report,
    LetterKind.PROGRESS_NOTE: _progress_note,
    LetterKind.FINAL_REPORT: _final_report,
}
