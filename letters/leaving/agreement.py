"""The second person: what goes to a child, a parent or a court is read by somebody besides its author."""

from django.db import transaction
from django.utils import timezone

from accounts import audit
from accounts.models import User
from accounts.roles import OrganisationKind, PersonRole
from cases.models import Case
from cases.refusal import NotYours, Refusal
from letters import access, witness
from letters.door import check_not_gone, lock, name_of
from letters.kinds import LetterKind
from letters.leaving import readers
from letters.leaving.resolving import check_resolved
from letters.leaving.sealing import check_unchanged
from letters.models import LetterState
from referrals.models import Decision


def is_agreed(letter):
    """Whether somebody stands by it besides whoever wrote it; a letter within the two services needs nobody."""
    if not readers.leaves_the_services(letter):
        return True
    stood_by = {letter.approved_by, letter.agreed_by} - {None}
    return not stood_by.issubset(writers(letter))


def writers(letter):
    """Whoever wrote what it says: the letter, and the decision that is reported; else whoever began it."""
    wrote = {letter.written_by, _decided_by(letter)} - {None}
    return wrote or {letter.created_by or letter.changed_by}


def _decided_by(letter):
    if letter.kind != LetterKind.DECISION_REPORT:
        return None
    decision = Decision.objects.select_related("changed_by").filter(referral=letter.referral_id).first()
    return decision and decision.changed_by


def may_agree(user, letter):
    """Whoever may stand by it and neither wrote nor approved it."""
    return user not in _behind(letter) and access.may_stand_by(user, letter)


def _behind(letter):
    return {*writers(letter), letter.approved_by}


def who_may(letter):
    """The people who could agree now, by name: those of its side who see the case."""
    places = {letter.sender_id}
    if letter.referral_id and letter.referral.office_id:
        places.add(letter.referral.office_id)
    near = User.objects.filter(is_active=True, organisation__in=places)
    if letter.referral_id:
        legal = {"organisation__kind": OrganisationKind.CAFCASS_LEGAL, "role": PersonRole.CAFCASS_LEGAL}
        near |= User.objects.filter(is_active=True, **legal)
    people, behind = near.select_related("organisation").order_by("name", "pk"), _behind(letter)
    others = (person for person in people if person not in behind)
    return [person for person in others if access.may_stand_by(person, letter) and _sees(person, letter)]


def _sees(person, letter):
    return Case.objects.visible_to(person).filter(pk=letter.case_id).exists()


def agree(letter, *, by, seen_sha256=""):
    """A second person has read it as it will go. Pressed twice, it is agreed once."""
    with transaction.atomic():
        letter = lock(letter)
        check_not_gone(letter)
        if letter.agreed_by == by:
            return letter
        if not may_agree(by, letter):
            raise NotYours(
                "A second person agrees: somebody who may approve this letter and neither wrote nor approved it."
            )
        if letter.state != LetterState.APPROVED:
            raise Refusal("It has not been approved yet. Whoever signs it approves it first.")
        check_unchanged(letter, seen_sha256)
        check_resolved(letter, by)
        letter.agreed_by, letter.agreed_at = by, timezone.now()
        letter.save(update_fields=["agreed_by", "agreed_at"])
        audit.changed(by, "letter.agreed", *witness.about(letter))
        return letter


def check_agreed(letter):
    if not is_agreed(letter):
        raise Refusal(
            f"This letter goes to somebody outside the authority and Cafcass, and {name_of(letter.approved_by)} alone has "
            f"stood by it. {said_of_who_may(letter)}",
            field="agreement",
        )


def said_of_who_may(letter):
    """Who can be asked; where there is nobody, what to do."""
    if people := who_may(letter):
        named = " or ".join(person.name for person in people[:3])
        return f"A second person reads it and agrees before it goes: {named}."
    return (
        f"A second person has to agree, and nobody else at {letter.sender} can. Ask its administrator to invite "
        "somebody who may, or a manager to arrange cover on this case; until then, save the draft and wait."
    )
