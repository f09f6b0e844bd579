"""Raising a dispute: a concern taken to a manager, or praise, which asks for nothing."""

from django.db import transaction

from accounts import audit
from cases import opening
from cases.actions import record
from cases.models import Case
from cases.refusal import NotYours, Refusal
from protocol.happenings import Happening
from protocol.records import Record
from referrals import access, addressing, witness
from referrals import dispute_notices as notices
from referrals.dispute_checks import again, check_said, is_recorded
from referrals.models import Dispute

CONCERN, GOOD_PRACTICE = Dispute.Kind.CONCERN, Dispute.Kind.GOOD_PRACTICE
ONLY_THE_IRO = "A dispute is raised by the IRO or the IRO manager (IRO Handbook 6.2)."
NAMES = {CONCERN: "Dispute", GOOD_PRACTICE: "Good practice"}
RAISED = {CONCERN: "dispute.raised", GOOD_PRACTICE: "dispute.good_practice_noted"}


def raise_dispute(
    case, *, by, on, children, theme, concern, kind=CONCERN, impact="", sought="", timetable="", formal=False,
    rung=None, person=None, bypass_reason="", submission=None,
):  # fmt: skip
    """Take a concern to a manager, informally or formally; or praise, which asks for nothing."""
    with transaction.atomic(), audit.act(by, RAISED[kind]) as act:
        case = Case.objects.select_for_update(of=("self",)).select_related("authority").get(pk=case.pk)
        if is_recorded(case, submission):
            return _raised_by(case, submission)
        _check_may_raise(by, case)
        _check_words(kind, concern, impact, sought)
        _check_children(case, children)
        rung = rung or addressing.first_rung(case.authority, formal=formal and kind == CONCERN)
        person = addressing.person_for(person, rung, case.authority, children)
        dispute = Dispute(
            authority=case.authority, case=case, ref=_free_ref(case, kind), kind=kind, theme=theme, concern=concern,
            impact=impact, sought=sought, timetable=timetable, raised_by=by, raised_on=on,
        )  # fmt: skip
        said = addressing.addressed(case.authority, children, rung, person)
        if kind == CONCERN:
            said |= _from_the_ground(case.authority, rung, formal, bypass_reason)
        dispute.save()
        dispute.children.set(children)
        act.touched(witness.dispute(dispute))
        return _begin(dispute, rung, person, said, formal=formal, on=on, by=by, submission=submission)


def raise_without_case(children, *, by, on, cafcass_office=None, submission=None, **how):
    """Raise it for looked-after children who are in no open case: it is the first fact of a new one."""
    if not children:
        raise Refusal("Choose at least one child the concern is about.", field="children")
    authority = children[0].authority
    if not access.may_raise(by, children[0]):
        raise NotYours(ONLY_THE_IRO)
    office = cafcass_office or opening.office_for(children)
    if office is None:
        raise Refusal(
            "Choose the Cafcass office of the area: no case and no local agreement says which it is.",
            field="cafcass_office",
        )

    def first_fact(case):
        raise_dispute(case, by=by, on=on, children=children, submission=submission, **how)

    with transaction.atomic(), audit.act(by, RAISED[how.get("kind", CONCERN)]):
        case = opening.begin(
            first_fact,
            authority=authority,
            cafcass_office=office,
            children=children,
            on=on,
            submission=submission,
        )
    return case.disputes.earliest("pk")


def _begin(dispute, rung, person, said, *, formal, submission, **when):
    whose = list(dispute.children.all())
    how = {
        "children": whose if len(whose) == 1 else None,
        "particulars": said,
        "submission": submission,
        **when,
    }
    note = f"{dispute.get_theme_display()}. {dispute.concern}"
    if dispute.is_good_practice:
        [event] = record(
            dispute.case, Record.GOOD_PRACTICE_NOTED, details={"dispute": dispute.ref}, note=note, **how
        )
    else:
        details = {"dispute": dispute.ref, "formal": bool(formal), **addressing.days_of(rung)}
        [event] = record(dispute.case, Happening.DISPUTE_RAISED, details=details, note=note, **how)
        notices.ask_to_endorse(dispute, event)
    notices.tell_addressed(dispute, event, rung, person)
    return again(dispute)


def _from_the_ground(authority, rung, formal, reason):
    """Raised formally above the first formal rung, it passes over those below."""
    if formal != rung.is_formal:
        kind = "a formal step" if rung.is_formal else "an informal step"
        raise Refusal(
            f"“{rung.name}” is {kind}. Raise the concern {'formally' if rung.is_formal else 'informally'}, "
            "or choose another step.",
            field="rung",
        )
    return addressing.bypassed(addressing.formal_rungs(authority), rung, reason) if formal else {}


def _check_may_raise(by, case):
    if not access.may_raise(by, case):
        raise NotYours(ONLY_THE_IRO)


def _check_words(kind, concern, impact, sought):
    asked = "What was done well?" if kind == GOOD_PRACTICE else "What is the concern?"
    check_said(concern, f"{asked} Say it in a few sentences: the manager reads only this.", "concern")
    if kind == CONCERN:
        check_said(impact, "Say what it means for the child: that is why the dispute is raised.", "impact")
        check_said(sought, "Say what you want to happen: a manager can only answer what is asked.", "sought")


def _check_children(case, children):
    if not children:
        raise Refusal("Choose at least one child the concern is about.", field="children")
    present = set(case.members.filter(left_on=None).values_list("child", flat=True))
    for child in children:
        if child.pk not in present:
            raise Refusal(f"{child.name} is not in this case.", field="children")


def _free_ref(case, kind):
    told = case.events.filter(details__has_key="dispute").values_list("details__dispute", flat=True)
    taken = {*case.disputes.values_list("ref", flat=True), *told}
    number = 1
    while f"{NAMES[kind]} {number}" in taken:
        number += 1
    return f"{NAMES[kind]} {number}"


def _raised_by(case, submission):
    event = case.events.filter(submission=submission).first()
    return case.disputes.get(ref=event.details["dispute"])
