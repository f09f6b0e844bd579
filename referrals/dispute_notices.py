"""Who is nudged about a dispute: a row for each person, once for each thing that happened."""

from django.utils import timezone

from accounts.models import User
from accounts.roles import PersonRole
from cases.models import Notice
from referrals import access, addressing, disputefile


def tell(people, dispute, event, what):
    """Nobody is reminded in an agency off the system, and nobody of what they did themselves."""
    told = {person for person in people if person.is_reminded and person.pk != event.recorded_by_id}
    Notice.objects.bulk_create(
        [
            Notice(
                kind=Notice.Kind.DISPUTE,
                recipient=person,
                case=dispute.case,
                about=f"{what}:{dispute.key}:{event.pk}",
                created_at=timezone.now(),
            )
            for person in told
        ],
        ignore_conflicts=True,
    )


def tell_addressed(dispute, event, rung, person):
    """The manager addressed, or all who have that role on the case when nobody is named."""
    people = (
        [person] if person else addressing.candidates(dispute.authority, rung.role, dispute.children.all())
    )
    tell(people, dispute, event, "step")


def tell_iros(dispute, event):
    """The IRO who raised it, and whoever is the children's IRO now."""
    held = User.objects.filter(
        role__in=access.IROS, appointments__child__in=dispute.children.all(), appointments__until_on=None
    )
    tell({dispute.raised_by, *held}, dispute, event, "answer")


def tell_role(dispute, event, role):
    """The IRO manager of a step to endorse; the head of service of a disagreement to mediate."""
    what = "endorse" if role == PersonRole.IRO_MANAGER else "mediate"
    tell(dispute.authority.people.filter(role=role, is_active=True), dispute, event, what)


def ask_to_endorse(dispute, event):
    """Steps above team manager are the IRO manager's to endorse, also afterwards (DIS-4)."""
    step = next(step for step in disputefile.steps_of(dispute) if step.event.pk == event.pk)
    if step.needs_endorsement:
        tell_role(dispute, event, PersonRole.IRO_MANAGER)
