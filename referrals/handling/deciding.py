"""The decision as it is being written: the five questions, who acts, what follows (PN 3.14, 3.17, 3.19)."""

from django.utils import timezone

from cases.dates import weekday_date
from cases.refusal import Refusal, Stale
from referrals.handling import door
from referrals.handling.doubts import decision_of
from referrals.models import Decision

ANSWERS = (
    "rights_compromised", "rights_because", "more_resolution", "resolution_by", "other_proceedings",
    "other_proceedings_because", "court_claim", "court_claim_because", "wishes", "child_can_instruct",
    "adult_willing", "who_acts", "litigation_friend", "manager_consulted_on", "legal_consulted_on", "action",
    "reasons", "not_done",
)  # fmt: skip
CONSULTED = ("manager_consulted_on", "legal_consulted_on")


def keep_decision(referral, *, by, seen_version=None, **answers):
    """Keep what has been written so far: a draft may be as empty as its writer likes.

    `seen_version` is the version its writer saw, 0 where nothing was written yet.
    """
    with door.doing(referral, by, "decision_kept") as act:
        referral = door.lock(referral)
        door.check_handles(by, referral)
        door.check_open(referral)
        door.check_allocated(referral)
        door.check_can(
            referral.decide,
            f"{referral.ref} is past its decision ({referral.get_state_display().lower()}): the record of it "
            "stays as it was. What follows now goes into the final report (PN 3.21).",
        )
        _check_consulted(answers)
        decision = decision_of(referral)
        _check_seen(decision, seen_version, answers)
        act.touched()
        return _keep(decision or Decision(referral=referral, version=0), answers, by)


def _keep(decision, answers, by):
    is_same = decision.version and _says(decision, answers)
    for name in ANSWERS:
        if name in answers:
            setattr(decision, name, answers[name])
    if not is_same:  # whoever only saves what is there has written nothing
        decision.changed_by = by
    decision.changed_at = timezone.now()
    decision.version += 1
    decision.save()
    return decision


def _check_seen(decision, seen_version, answers):
    stored = decision.version if decision else 0
    if seen_version in (None, stored) or _says(decision, answers):
        return
    if decision is None:
        raise Stale("Nothing of this decision is kept yet. Nothing you typed is lost: save it again.")
    raise Stale(
        f"{decision.changed_by.name} changed this decision while you were writing. Nothing you typed is lost: "
        "look at what changed, then save yours again."
    )


def _says(decision, answers):
    """A button pressed twice finds what it wrote the first time."""
    return decision is not None and all(getattr(decision, name) == said for name, said in answers.items())


def _check_consulted(answers):
    for name in CONSULTED:
        day = answers.get(name)
        if day and day > timezone.localdate():
            raise Refusal(
                f"{weekday_date(day)} is in the future. Enter the day on which they were consulted (PN 3.14).",
                field=name,
            )
