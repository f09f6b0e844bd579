"""The IRO's verbs up to the referral: begin, answer, finish, write, promise, submit, discard.

Each locks the case, then the referral, and saves everything or nothing. A refusal is a sentence for the person.
"""

from referrals.referring.answering import answer, finish_screening
from referrals.referring.beginning import begin, begin_without_case
from referrals.referring.drafts import lock, raise_version
from referrals.referring.submitting import discard, submit
from referrals.referring.writing import promise, write

__all__ = [
    "answer",
    "begin",
    "begin_without_case",
    "discard",
    "finish_screening",
    "lock",
    "promise",
    "raise_version",
    "submit",
    "write",
]
