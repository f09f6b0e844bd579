"""What Cafcass does with a referral, from receipt to the final report: one verb for each act."""

from referrals.handling.doubts import decision_cautions, decision_doubts
from referrals.handling.reporting import (
    decision_report_sent,
    delay_letter_sent,
    final_report_sent,
    la_legal_notified,
    progress_report_sent,
)

__all__ = [
    "decision_cautions",
    "decision_doubts",
    "decision_report_sent",
    "delay_letter_sent",
    "final_report_sent",
    "la_legal_notified",
    "progress_report_sent",
]
