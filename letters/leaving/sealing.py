"""All that will leave, in one hash: what was read and approved is what goes, to those it was approved for."""

from copy import copy
from hashlib import sha256

from django.utils import timezone

from cases.dates import weekday_date
from cases.refusal import Stale
from letters import agreed_wording, gather, press
from letters.door import name_of
from letters.gather.of_a_referral import sender_of
from letters.models import LetterState


def seal_of(letter, *, dated=None):
    """The letter as it stands, with those it goes to. The day of sending is no change: one day stands for all."""
    letter = copy(letter)
    if letter.referral_id:  # whose letterhead, should the referral have been handed on meanwhile
        letter.sender = sender_of(letter.referral, letter.kind)
    words, _ = agreed_wording.wording_of(letter.sender, letter.kind)
    page = press.page(gather.contents_of(letter, dated=dated or timezone.localdate()), words)
    goes_to = letter.recipients.filter(is_included=True).values_list(
        "party", "name", "address", "email", "how"
    )
    return sha256("\n".join([page, *map(repr, goes_to)]).encode()).hexdigest()


def is_changed(letter):
    """Whether an approved letter says, or reaches, something else than when it was approved."""
    if letter.state != LetterState.APPROVED:
        return False
    return letter.approved_sha256 != seal_of(letter, dated=timezone.localdate(letter.approved_at))


def check_unchanged(letter, seen_sha256=""):
    """Refused when the case, the wording or the recipients have changed since it was approved, or since it was read."""
    if is_changed(letter) or (seen_sha256 and seen_sha256 != seal_of(letter)):
        raise Stale(
            f"What this letter says, or who it goes to, has changed since {name_of(letter.approved_by)} approved it on "
            f"{weekday_date(timezone.localdate(letter.approved_at))}. Read it again and approve it again."
        )


def check_seen(letter, seen_sha256):
    """Before it is approved: what was read is what is approved."""
    if seen_sha256 and seen_sha256 != seal_of(letter):
        raise Stale(
            "What this letter says, or who it goes to, has changed since you opened it: a fact of the case, the wording "
            "or a recipient. Read it again before you approve it."
        )
