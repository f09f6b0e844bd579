"""What a person does about what was found: leaves it, with a reason, or takes it out by changing the letter."""

from contextlib import contextmanager

from django.db import transaction
from django.utils import timezone

from accounts import audit
from cases.refusal import Refusal
from letters import witness
from letters.door import check_not_gone, check_worker, lock
from letters.leaving.finding import found_in, unresolved
from letters.models import Resolution

Outcome = Resolution.Outcome


def keep(letter, mark, *, why, by):
    """It stays in the letter, for a reason. Pressed twice, it is kept once."""
    if not why.strip():
        raise Refusal("Say why it stays in the letter.", field="why")
    with transaction.atomic():
        letter = lock(letter)
        check_worker(letter, by)
        check_not_gone(letter)
        hit = next((hit for hit in found_in(letter, by) if hit.mark == mark), None)
        if hit is None:
            raise Refusal("The letter has changed: this does not stand in it any more. Look at it again.")
        if letter.resolutions.filter(mark=mark, outcome=Outcome.KEPT).exists():
            return letter
        kept = _resolved(letter, hit, Outcome.KEPT, by, why.strip())
        audit.changed(by, "letter.found_and_kept", *witness.about(letter), ("resolution", kept.pk))
        return letter


@contextmanager
def taken_out(letter, by, act):
    """Around a change of a letter: what was found before and is found no more was taken out, and by whom."""
    before = {hit.mark: hit for hit in unresolved(letter, by)}
    yield
    if before:
        after = {hit.mark for hit in found_in(letter, by)}
        gone = [
            _resolved(letter, hit, Outcome.TAKEN_OUT, by) for hit in before.values() if hit.mark not in after
        ]
        act.touched(*(("resolution", row.pk) for row in gone))


def check_resolved(letter, by):
    """Nothing leaves with a question open."""
    if waiting := unresolved(letter, by):
        count = "One thing" if len(waiting) == 1 else f"{len(waiting)} things"
        raise Refusal(
            f"{count} in this letter may not be meant to leave: a confidential address, a name of another case or a "
            "reader who may not open this one. Take each out, or say why it stays.",
            field="found",
        )


def _resolved(letter, hit, outcome, by, why=""):
    return Resolution.objects.create(
        authority_id=letter.authority_id, letter=letter, what=hit.what, mark=hit.mark, outcome=outcome, why=why,
        by=by, at=timezone.now(),
    )  # fmt: skip
