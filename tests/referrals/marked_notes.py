"""Given: notes of the advice line with a marker word in everything a note can hold."""

from uuid import UUID

from referrals import advice, sharing
from referrals.models import AdviceNote
from tests.referrals.advice_steps import a_call

MARKERS = {
    "caller": "Quillfeather", "child_name": "Coral Example Wrenlock", "matter": "Marrowstone", "guidance": "Tindersby",
    "done_about_it": "Osierbrook", "told": "Hazelmere",
}  # fmt: skip
ADDED, REASON = "Larkvale", "Brackendown"
WORDS = ("Quillfeather", "Wrenlock", "Marrowstone", "Tindersby", "Osierbrook", "Hazelmere", ADDED, REASON)
IN_THE_NOTE = WORDS[:-1]
NOTE = UUID("5f0c2a52-3c1b-4a67-9c1e-0d5b8b3f7a11")
NOT_SHARED = UUID("0b9c8d7e-6f5a-4b3c-8d2e-1f0a9b8c7d6e")
WAITING = UUID("7a1e5c3b-9d2f-4e8a-b6c4-3f5d7e9a1b2c")
SOUGHT = ("Wrenlock", "Marrowstone")


def take(cast):
    """Notes on Coral with every field marked, each of them added to: to be shared, to be held back, and to wait."""
    for key in (NOTE, NOT_SHARED, WAITING):
        a_call(
            cast,
            **MARKERS,
            submission=key,
            child_born=cast.coral.born,
            overriding_concern=True,
            asked_to_act=True,
        )
        advice.add_to(AdviceNote.objects.get(pk=key), ADDED, by=cast.lex)


def hold_back(cast, referral):
    sharing.hold_back(referral, AdviceNote.objects.get(pk=NOT_SHARED), by=cast.lex, reason=REASON)


def share(cast, referral):
    sharing.share(referral, AdviceNote.objects.get(pk=NOTE), by=cast.lex)
