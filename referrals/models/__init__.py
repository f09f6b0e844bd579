from referrals.models.advice import (
    AdviceAddition,
    AdviceChain,
    AdviceNote,
    AdviceTrace,
    Disclosure,
    Withholding,
)
from referrals.models.decision import (
    ChildInvolvement,
    CourtPermission,
    Decision,
    Enquiry,
    LimitationDate,
    RightsMet,
)
from referrals.models.dispute import Dispute
from referrals.models.ladder import Rung
from referrals.models.papers import Checklist, PaperFile, ReferralPaper
from referrals.models.referral import Referral
from referrals.models.rota import DutyDay
from referrals.models.screening import Answer, Screening

__all__ = [
    "AdviceAddition",
    "AdviceChain",
    "AdviceNote",
    "AdviceTrace",
    "Answer",
    "Checklist",
    "ChildInvolvement",
    "CourtPermission",
    "Decision",
    "Disclosure",
    "Dispute",
    "DutyDay",
    "Enquiry",
    "LimitationDate",
    "PaperFile",
    "Referral",
    "ReferralPaper",
    "RightsMet",
    "Rung",
    "Screening",
    "Withholding",
]
