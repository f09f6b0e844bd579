"""The referrals of a story, on both sides: the IRO's up to the submission, then Cafcass' up to the final report.

What people wrote stands `with` the fact.
"""

from config.demonstration import correspondence
from config.demonstration.stories import Unreadable
from letters import referral_drafting
from letters.kinds import LetterKind
from referrals import handling, questions, referring, sharing, while_open
from referrals.models import ReferralPaper

LOOKED_AFTER = {"looked_after": ("looked_after", "")}
NOT_SO = ("no", "")
TEXTS = (
    "concern", "history", "why_failing", "sought", "wishes", "wishes_on_court", "other_agencies",
    "communication_needs",
)  # fmt: skip


def _submit(family, fact):
    """Screened, written, its papers answered for, and sent, all on one day."""
    iro, words = family.doing(fact), fact.how["with"]
    said = {**LOOKED_AFTER, **words["screening"]}
    referral = referring.begin(family.case, by=iro, children=family.named(fact) or family.present())
    for question in questions.QUESTIONS:
        answer, because = said.get(question.name, NOT_SO)
        referring.answer(referral, question.name, by=iro, answer=answer, because=because)
    referral = referring.finish_screening(referral, by=iro)
    texts = {name: words[name] for name in TEXTS if name in words}
    referral = referring.write(referral, by=iro, seen_version=referral.version, **texts)
    answers = _answered_for(referral, family.details(fact.what, fact.says).get("missing", []))
    referral = referring.promise(referral, answers, by=iro, seen_version=referral.version)
    referring.submit(referral, by=iro, on=family.day(fact))


def _answered_for(referral, missing):
    """Every paper of the checklist is enclosed but those to follow."""
    promised = {paper["item"]: paper["promised_on"] for paper in missing}
    papers = {paper.item: paper.pk for paper in referral.papers.all()}
    if unknown := promised.keys() - papers:
        raise Unreadable(f"The checklist has no paper called {', '.join(sorted(unknown))}")
    enclosed = dict.fromkeys(papers.values(), (ReferralPaper.Answer.ENCLOSED, None, ""))
    to_follow = {papers[item]: (ReferralPaper.Answer.TO_FOLLOW, day, "") for item, day in promised.items()}
    return enclosed | to_follow


def _provide(family, fact):
    while_open.provide(_referral(family), fact.says["item"], by=family.company["iro"], on=family.day(fact))


def _say_rights_met(family, fact):
    how = {"by": family.company["iro"], "on": family.day(fact), "change": fact.says["change"]}
    while_open.report_rights_met(_referral(family), **how)


def _keep_informed(family, fact):
    note = fact.says["note"]
    while_open.keep_informed(_referral(family), by=family.company["iro"], on=family.day(fact), note=note)


# --- Cafcass ------------------------------------------------------------------------------------------------


def _receive(family, fact):
    handling.receive(_referral(family), by=family.doing(fact), on=family.day(fact))


def _allocate(family, fact):
    officer = family.company.everybody.by_name[fact.how["person"]]
    how = {"by": family.doing(fact), "on": family.day(fact), "route": fact.says["to"], "officer": officer}
    handling.allocate(_referral(family), **how)


def _share_advice(family, fact):
    """Every note of the advice line on the child goes to the officer, but one that is held back with a reason."""
    referral, lawyer = _referral(family), family.company.lawyer
    for found in sharing.outstanding(referral):
        if "reason" in fact.how:
            sharing.hold_back(referral, found.note, by=lawyer, reason=fact.how["reason"])
        else:
            sharing.share(referral, found.note, by=lawyer)


def _enquire(family, fact):
    referral = _referral(family)
    handling.enquire(referral, by=referral.officer, on=family.day(fact), **fact.how["with"])


def _involve(family, fact):
    referral, words = _referral(family), fact.how["with"]
    for child in family.named(fact) or referral.children.all():
        handling.involve_child(referral, by=referral.officer, on=family.day(fact), child=child, **words)


def _limit(family, fact):
    last_day = family.details(fact.what, fact.says)["last_day"]
    lawyer, claim = family.company.lawyer, fact.says["claim"]
    handling.enter_limitation(_referral(family), by=lawyer, claim=claim, last_day=last_day)


def _ask_court(family, fact):
    referral, papers = _referral(family), fact.says["papers"]
    handling.record_permission(referral, by=referral.officer, papers=papers, asked_on=family.day(fact))


def _withdraw(family, fact):
    """The officer decides on what the IRO said of the child's rights."""
    referral = _referral(family)
    handling.decide_rights_met(
        referral.rights_met.latest("pk"), by=referral.officer, on=family.day(fact), is_withdrawn=True,
        reasons=fact.says["reason"],
    )  # fmt: skip


def _start_proceedings(family, fact):
    referral, note = _referral(family), fact.how["note"]
    handling.start_proceedings(referral, by=referral.officer, on=family.day(fact), note=note)


def _settle(family, fact):
    referral, note = _referral(family), fact.how["note"]
    handling.settle(referral, by=referral.officer, on=family.day(fact), note=note)


def _referral(family):
    """The one a story has, as it stands now."""
    return family.case.referrals.select_related("officer").latest("pk")


# --- Letters and reports ------------------------------------------------------------------------------------


def _notify_la_legal(family, fact):
    by, on = family.doing(fact), family.day(fact)
    correspondence.on_referral(_referral(family), LetterKind.LA_LEGAL_NOTICE, {}, by=by, on=on)


def _begin_delay_letter(family, fact):
    """The clock begins it and the officer writes the reasons; it has not gone."""
    referral, kind = _referral(family), LetterKind.DELAY_LETTER
    words = dict(fact.how["with"])
    words["report_expected_on"] = family.days.day(words["report_expected_on"])
    referral_drafting.draft(referral, kind, by=None)
    correspondence.begin_on_referral(referral, kind, words, by=referral.officer)


def _decide(family, fact):
    """The officer writes the decision down, then its report goes."""
    referral, words = _referral(family), dict(fact.how["with"])
    consulted = family.days.day(words.pop("consulted"))
    report = {name: words.pop(name) for name in ("findings", "next_steps")}
    handling.keep_decision(
        referral, by=referral.officer, action=fact.says["action"], who_acts=fact.says["by"],
        manager_consulted_on=consulted, legal_consulted_on=consulted, **words,
    )  # fmt: skip
    _send(_referral(family), LetterKind.DECISION_REPORT, report, family, fact)


def _report_progress(family, fact):
    _send(_referral(family), LetterKind.PROGRESS_NOTE, fact.how["with"], family, fact)


def _report_finally(family, fact):
    _send(_referral(family), LetterKind.FINAL_REPORT, fact.how["with"], family, fact)


def _send(referral, kind, words, family, fact):
    correspondence.on_referral(referral, kind, words, by=referral.officer, on=family.day(fact))


VERBS = {
    "referral_submitted": _submit,
    "missing_document_provided": _provide,
    "rights_now_met": _say_rights_met,
    "family_informed": _keep_informed,
    "referral_received": _receive,
    "referral_allocated": _allocate,
    "la_legal_notified": _notify_la_legal,
    "advice_shared": _share_advice,
    "enquiry": _enquire,
    "child_involved": _involve,
    "limitation_date": _limit,
    "court_permission": _ask_court,
    "delay_letter_begun": _begin_delay_letter,
    "decision_report_sent": _decide,
    "progress_report_sent": _report_progress,
    "civil_proceedings_started": _start_proceedings,
    "settled": _settle,
    "final_report_sent": _report_finally,
    "referral_withdrawn": _withdraw,
}
