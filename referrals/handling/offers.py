"""What this person may do now on a referral: the page offers what can be done, and nothing else."""

from django.conf import settings
from django.urls import reverse
from django.utils.http import urlencode
from django_fsm import can_proceed

from protocol.happenings import Happening
from referrals import access
from referrals.handling import door
from referrals.handling.doubts import decision_doubts
from referrals.handling.receiving import may_hand_on
from referrals.models import Decision
from referrals.models.referral import BEING_DECIDED, ReferralState

S = ReferralState


def offered(referral, user):
    """Acts as {text, url}, the one that comes next first."""
    acts = []
    if access.may_triage(user) and not referral.is_draft:
        acts += _of_cafcass_legal(referral)
    if access.may_handle(user, referral) and referral.is_open:
        acts += [*_of_the_officer(referral, user), *_working_papers(referral, user), *_ends(referral)]
    return acts


def _of_cafcass_legal(referral):
    if referral.state == S.SUBMITTED:
        yield _act("Record the receipt", "referral_receive", referral)
    if referral.state == S.RECEIVED:
        yield _act("Allocate the referral", "referral_allocate", referral)
    if referral.state != S.WITHDRAWN and not door.told(referral, Happening.LA_LEGAL_NOTIFIED).exists():
        yield from letter("Tell LA legal", Happening.LA_LEGAL_NOTIFIED, referral)


def _of_the_officer(referral, user):
    if referral.rights_met.filter(is_withdrawn=None).exists():
        yield _act("Decide whether the referral goes on", "referral_rights_met", referral)
    if referral.state in BEING_DECIDED:
        yield _act("Write the decision", "referral_decision", referral)
        if not decision_doubts(referral):
            yield from letter("Send the decision report", Happening.DECISION_REPORT_SENT, referral)
        yield from letter("Write that the report is delayed", Happening.DELAY_LETTER_SENT, referral)
    if can_proceed(referral.start_proceedings):
        yield _act("Record the start of proceedings", "referral_proceedings", referral)
    if can_proceed(referral.settle):
        yield _act("Record a settlement", "referral_settlement", referral)
    if referral.state == S.PROCEEDINGS:
        yield _act("Record the judgment", "referral_judgment", referral)
    if referral.state == S.DECIDED and referral.action == Decision.Action.NEGOTIATION:
        yield _act("Write a further decision", "referral_decision", referral)
        yield from letter("Send a further decision report", Happening.DECISION_REPORT_SENT, referral)
    if referral.state == S.SETTLED:
        yield from letter("Send the final report", Happening.FINAL_REPORT_SENT, referral)
    if referral.allocated_on:
        yield from letter("Send a progress report", Happening.PROGRESS_REPORT_SENT, referral)
        if may_hand_on(user, referral):
            yield _act("Hand it on to another person", "referral_hand_on", referral)


def _working_papers(referral, user):
    if referral.allocated_on:
        yield _act("Enquiries", "referral_enquiries", referral)
    yield _act("Involving the child", "referral_child", referral)
    yield _act("The court’s permission", "referral_permission", referral)
    if access.may_enter_limitation(user):
        yield _act("Limitation dates", "referral_limitation", referral)


def _ends(referral):
    yield _act("Withdraw the referral", "referral_withdraw", referral)


def letter(text, happening, referral):
    """The page on which that letter is written, where there is one."""
    if happening in settings.ACT_PAGES:
        name, *arguments = settings.ACT_PAGES[happening]
        about = urlencode({"referral": referral.ref})
        yield {"text": text, "url": f"{reverse(name, args=[referral.case.key, *arguments])}?{about}"}


def _act(text, name, referral):
    return {"text": text, "url": reverse(name, args=[referral.key])}
