"""Each act on a dispute: its page, its form, its verb, who may, and when it is offered."""

from collections.abc import Callable
from dataclasses import dataclass

from protocol.happenings import Happening
from protocol.records import Record
from protocol.vocabulary import PROCEEDINGS_RUN, Stage
from referrals import access, addressing, disputefile, disputes
from referrals.dispute_records import waiting_for_endorsement, waiting_for_mediation
from referrals.forms import disputes as asked
from referrals.models.dispute import DisputeState


@dataclass(frozen=True)
class Act:
    name: str
    happening: str
    title: str
    button: str
    help: str
    form: type
    verb: Callable
    may: Callable
    is_open: Callable
    warns: bool = False


def _is_running(dispute):
    return dispute.is_running


def _can_climb(dispute):
    return dispute.state == DisputeState.FORMAL and bool(_above(dispute))


def _above(dispute):
    steps = disputefile.steps_of(dispute)
    return steps and addressing.rungs_above(dispute.authority, steps[-1].rung, steps[-1].role)


def _is_not_over(dispute):
    return not dispute.is_good_practice and (dispute.is_running or dispute.state == DisputeState.UNRESOLVED)


def _takes_an_answer(dispute):
    return dispute.is_running or dispute.is_good_practice


def _is_dispute(dispute):
    return not dispute.is_good_practice


def _lacks_complaints(dispute):
    return _is_dispute(dispute) and not disputefile.standing(dispute, Record.COMPLAINTS_AND_ADVOCACY)


def _unresolved_at(*stages):
    def asked_of(happening):
        def is_open(dispute):
            left = disputefile.standing(dispute, Happening.DISPUTE_UNRESOLVED)
            return (
                bool(left) and dispute.case.stage in stages and not disputefile.standing(dispute, happening)
            )

        return is_open

    return asked_of


def _court_to_be_told(dispute):
    in_court = dispute.case.stage in PROCEEDINGS_RUN and _is_not_over(dispute)
    return in_court and not disputefile.standing(dispute, Happening.COURT_TOLD_OF_DISPUTE)


IN_PROCEEDINGS = _unresolved_at(*PROCEEDINGS_RUN)
BEFORE_PROCEEDINGS = _unresolved_at(Stage.PRE_PROCEEDINGS)

ACTS = {
    act.name: act
    for act in (
        Act(
            "answer", Happening.DISPUTE_ANSWERED, "Answer", "Send the answer",
            "The answer goes to the IRO and stays on the chronology. It does not close the dispute: the IRO says "
            "whether it is accepted.",
            asked.AnswerForm, disputes.answer, access.may_answer, _takes_an_answer,
        ),
        Act(
            "formal", Happening.DISPUTE_MADE_FORMAL, "Make the dispute formal", "Make it formal",
            "The whole formal process takes at most 20 working days, counted from this day (IRO Handbook 6.2).",
            asked.StepForm, disputes.make_formal, access.may_pursue,
            lambda dispute: dispute.state == DisputeState.INFORMAL and not dispute.is_good_practice,
        ),
        Act(
            "further", Happening.DISPUTE_ESCALATED, "Take the dispute further", "Take it further",
            "The next manager is asked. A step above team manager is endorsed by the IRO manager, who may do so "
            "afterwards: you need not wait (REF 2.c–2.d).",
            asked.StepForm, disputes.escalate, access.may_pursue, _can_climb,
        ),
        Act(
            "complaints", Record.COMPLAINTS_AND_ADVOCACY, "Complaints and advocacy explained", "Record that they know",
            "Child and family are made aware of the complaints procedure and of the right to an advocate "
            "(DIS-3, REF 2.b).",
            asked.ComplaintsForm, disputes.explain_complaints, access.may_pursue, _lacks_complaints,
        ),
        Act(
            "endorse", Record.ESCALATION_ENDORSEMENT, "Endorse a step", "Give your view",
            "Your view is kept beside the step. It never holds a step up (DIS-4, REF 2.c–2.d).",
            asked.EndorseForm, disputes.endorse, access.may_endorse,
            lambda dispute: _is_dispute(dispute) and bool(waiting_for_endorsement(dispute)),
        ),
        Act(
            "mediate", Record.MEDIATION, "Mediate between IRO and IRO manager", "Record the mediation",
            "The IRO manager did not endorse a step. The head of service mediates (DIS-5, REF 2.e).",
            asked.MediateForm, disputes.mediate, access.may_mediate,
            lambda dispute: _is_dispute(dispute) and bool(waiting_for_mediation(dispute)),
        ),
        Act(
            "resolve", Happening.DISPUTE_RESOLVED, "Resolve the dispute", "Record the resolution",
            "The dispute ends with an answer you accept.",
            asked.ResolveForm, disputes.resolve, access.may_pursue, _is_not_over,
        ),
        Act(
            "unresolved", Happening.DISPUTE_UNRESOLVED, "Leave the dispute unresolved", "End it unresolved",
            "The process ends without an answer you accept. The concern stays open: the next steps are shown on the "
            "dispute’s page, and you may refer to Cafcass Legal at any time.",
            asked.UnresolvedForm, disputes.leave_unresolved, access.may_pursue, _is_running, warns=True,
        ),
        Act(
            "withdraw", Happening.DISPUTE_WITHDRAWN, "Withdraw the dispute", "Withdraw it",
            "You no longer pursue it. It stays on the chronology with your reason.",
            asked.WithdrawForm, disputes.withdraw, access.may_pursue, _is_not_over, warns=True,
        ),
        Act(
            "guardian", Happening.GUARDIAN_TOLD_OF_DISPUTE, "Tell the guardian", "Record that the guardian knows",
            "The guardian is told that the process did not resolve the matter (IRH-12).",
            asked.ToldForm, disputes.tell_guardian, access.may_pursue,
            IN_PROCEEDINGS(Happening.GUARDIAN_TOLD_OF_DISPUTE),
        ),
        Act(
            "report", Happening.SEPARATE_REPORT_DECIDED, "Decide on a separate report to the court",
            "Record the decision", "Whether you report to the court separately, and why or why not (IRH-13).",
            asked.DecisionForm, disputes.decide_separate_report, access.may_pursue,
            IN_PROCEEDINGS(Happening.SEPARATE_REPORT_DECIDED),
        ),
        Act(
            "cafcass", Happening.CAFCASS_MANAGER_NOTIFICATION_DECIDED, "Decide on notifying the Cafcass manager",
            "Record the decision", "Whether the local Cafcass service manager is told of the concern (PRE-4).",
            asked.DecisionForm, disputes.decide_cafcass_notification, access.may_pursue,
            BEFORE_PROCEEDINGS(Happening.CAFCASS_MANAGER_NOTIFICATION_DECIDED),
        ),
        Act(
            "court", Happening.COURT_TOLD_OF_DISPUTE, "Tell the court of the dispute", "Record that the court knows",
            "The authority’s solicitor tells the court that a dispute is open (IRH-8).",
            asked.ToldForm, disputes.tell_court, access.may_tell_court, _court_to_be_told,
        ),
    )
}  # fmt: skip
BY_HAPPENING = {str(act.happening): act for act in ACTS.values()} | {
    str(Record.GOOD_PRACTICE_ANSWERED): ACTS["answer"]
}

# These begin one: their page asks which concern it is.
BEGIN = {str(Happening.DISPUTE_RAISED), str(Record.GOOD_PRACTICE_NOTED)}


def offered(dispute, user):
    """What this person may do with the dispute today, in the order of the page."""
    if disputefile.beginning(dispute) is None:
        return []
    return [act for act in ACTS.values() if act.may(user, dispute) and act.is_open(dispute)]
