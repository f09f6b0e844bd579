"""What Cafcass does with a referral, from receipt to the final report: one verb for each act."""

from referrals.handling.deciding import keep_decision
from referrals.handling.doubts import decision_cautions, decision_doubts
from referrals.handling.ending import decide_rights_met, judgment, settle, start_proceedings, withdraw
from referrals.handling.receiving import allocate, hand_on, receive
from referrals.handling.reporting import (
    decision_report_sent,
    delay_letter_sent,
    final_report_sent,
    la_legal_notified,
    progress_report_sent,
)
from referrals.handling.working_papers import (
    enquire,
    enter_limitation,
    involve_child,
    permission_given,
    record_permission,
)

__all__ = [
    "allocate",
    "decide_rights_met",
    "decision_cautions",
    "decision_doubts",
    "decision_report_sent",
    "delay_letter_sent",
    "enquire",
    "enter_limitation",
    "final_report_sent",
    "hand_on",
    "involve_child",
    "judgment",
    "keep_decision",
    "la_legal_notified",
    "permission_given",
    "progress_report_sent",
    "receive",
    "record_permission",
    "settle",
    "start_proceedings",
    "withdraw",
]
