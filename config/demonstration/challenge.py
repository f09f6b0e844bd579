"""The disputes of a story: raised, climbed, answered and ended as on the screens, with what people wrote (`with`)."""

from config.demonstration.stories import Unreadable
from protocol.records import Record
from referrals import disputes
from referrals.ladders import ladder_of
from referrals.models import Dispute


def _raise(family, fact):
    """With the team manager of the children, who is asked first."""
    is_praise = fact.what == Record.GOOD_PRACTICE_NOTED
    disputes.raise_dispute(
        family.case, kind=Dispute.Kind.GOOD_PRACTICE if is_praise else Dispute.Kind.CONCERN,
        children=family.named(fact) or family.present(), formal=fact.says.get("formal", False),
        person=family.company.team_manager, **_act(family, fact), **fact.how["with"],
    )  # fmt: skip
    _check_told(family, fact)


def _make_formal(family, fact):
    disputes.make_formal(_dispute(family, fact), person=family.company.team_manager, **_act(family, fact))
    _check_told(family, fact)


def _escalate(family, fact):
    """To the person of the authority who has that rung's role."""
    to = next(rung for rung in ladder_of(family.company.authority) if rung.name == fact.says["to"])
    disputes.escalate(
        _dispute(family, fact), to=to, person=family.company.employed(to.role),
        bypass_reason=fact.how.get("reason", ""), **_act(family, fact),
    )  # fmt: skip
    _check_told(family, fact)


def _answer(family, fact):
    """By the manager the step addressed; an alert climbs no rung, and the team manager replies."""
    dispute = _dispute(family, fact)
    by = dispute.addressed_to or family.company.team_manager
    disputes.answer(dispute, by=by, on=family.day(fact), **fact.how["with"])


def _endorse(family, fact):
    said = {"endorsed": fact.says["endorsed"], "view": fact.says["view"], **fact.how.get("with", {})}
    disputes.endorse(_dispute(family, fact), **_act(family, fact), **said)


def _explain(family, fact):
    disputes.explain_complaints(_dispute(family, fact), told=fact.says["told"], **_act(family, fact))


def _mediate(family, fact):
    disputes.mediate(_dispute(family, fact), outcome=fact.says["outcome"], **_act(family, fact))


def _resolve(family, fact):
    changed = fact.how["with"]["changed_for_child"]
    disputes.resolve(_dispute(family, fact), changed_for_child=changed, **_act(family, fact))


def _leave_unresolved(family, fact):
    disputes.leave_unresolved(_dispute(family, fact), **_act(family, fact))


def _withdraw(family, fact):
    disputes.withdraw(_dispute(family, fact), reason=fact.says["reason"], **_act(family, fact))


def _tell_court(family, fact):
    disputes.tell_court(_dispute(family, fact), **_act(family, fact))


def _tell_guardian(family, fact):
    """The IRO tells the guardian herself."""
    disputes.tell_guardian(_dispute(family, fact), by=family.company["iro"], on=family.day(fact))


def _decide_report(family, fact):
    decision = fact.says["decision"]
    disputes.decide_separate_report(_dispute(family, fact), decision=decision, **_act(family, fact))


def _act(family, fact):
    return {"by": family.doing(fact), "on": family.day(fact)}


def _dispute(family, fact):
    return family.case.disputes.select_related("addressed_to").get(ref=fact.says["dispute"])


def _check_told(family, fact):
    """The rules alone play what a story says: the name and the days it gives must be those of the ladder."""
    told = family.case.events.filter(happening=fact.what).latest("pk").details
    for name, value in fact.says.items():
        if told.get(name) != value:
            raise Unreadable(f"{fact.what} says {name} = {value!r}; the ladder makes it {told.get(name)!r}")
    if told.get("days") != fact.says.get("days"):
        raise Unreadable(f"{fact.what} leaves out days = {told['days']}")


VERBS = {
    "dispute_raised": _raise,
    "good_practice_noted": _raise,
    "dispute_made_formal": _make_formal,
    "dispute_escalated": _escalate,
    "dispute_answered": _answer,
    "good_practice_answered": _answer,
    "complaints_and_advocacy": _explain,
    "escalation_endorsement": _endorse,
    "mediation": _mediate,
    "dispute_resolved": _resolve,
    "dispute_unresolved": _leave_unresolved,
    "dispute_withdrawn": _withdraw,
    "court_told_of_dispute": _tell_court,
    "guardian_told_of_dispute": _tell_guardian,
    "separate_report_decided": _decide_report,
}
