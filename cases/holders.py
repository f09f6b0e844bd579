"""Which agency, and where one is appointed which person, owes what a party owes."""

from dataclasses import dataclass, field

from django.db.models import Q

from accounts.models import Organisation
from accounts.roles import OrganisationKind, PersonRole
from cases.models.appointment import Appointment
from protocol.happenings import Happening
from protocol.vocabulary import Part, Role

APPOINTED_FOR = {
    Role.IRO: PersonRole.IRO,
    Role.GUARDIAN: PersonRole.GUARDIAN,
    Role.SOCIAL_WORKER: PersonRole.SOCIAL_WORKER,
    Role.TEAM_MANAGER: PersonRole.TEAM_MANAGER,
    Role.LA_LEGAL: PersonRole.LA_LEGAL,
}
CAFCASS_ROLES = {Role.GUARDIAN, Role.CAFCASS}
# These facts name the person who answers next: the manager a rung addresses, the officer of a referral.
NAMES_WHO_ANSWERS = (
    Happening.DISPUTE_RAISED,
    Happening.DISPUTE_MADE_FORMAL,
    Happening.DISPUTE_ESCALATED,
    Happening.REFERRAL_ALLOCATED,
)
NOBODYS = {Role.COURT, Role.CHILD, Role.PARENTS, Role.OFFICIAL_SOLICITOR}


@dataclass
class Holders:
    authority_id: int
    cafcass_office_id: int | None = None
    by_child: dict = field(default_factory=dict)
    by_role: dict = field(default_factory=dict)
    addressed: dict = field(default_factory=dict)
    officers: dict = field(default_factory=dict)

    @classmethod
    def of_case(cls, chronology):
        case = chronology.case
        holders = cls(case.authority_id, case.cafcass_office_id)
        # A role is held either for the child, whatever the case, or for one case: never both.
        of_children = Q(case=None, child__in=[member.child_id for member in chronology.members])
        holders._read(Appointment.objects.filter(of_children | Q(case=case)))
        holders._read_who_answers(chronology)
        return holders

    @classmethod
    def of_child(cls, child):
        holders = cls(child.authority_id)
        holders._read(child.appointments.filter(case=None))
        return holders

    @classmethod
    def of_agreement(cls, agreement):
        return cls(agreement.authority_id, agreement.cafcass_office_id)

    def _read(self, appointments):
        for child_id, role, person_id in (
            appointments.filter(until_on=None)
            .order_by("from_on", "pk")
            .values_list("child", "role", "person")
        ):
            self.by_child[role, child_id] = person_id
            self.by_role.setdefault(role, person_id)

    def _read_who_answers(self, chronology):
        for event in chronology.own(NAMES_WHO_ANSWERS):
            person, office = event.particulars.get("person"), event.particulars.get("office")
            self.addressed[event.pk] = person
            if event.happening == Happening.REFERRAL_ALLOCATED:
                self.officers[event.details["referral"]] = person, office

    def person(self, role, child_id):
        """The appointed person who owes it, or None where it is a service's to do."""
        appointed = APPOINTED_FOR.get(role)
        return self.by_child.get((appointed, child_id)) or self.by_role.get(appointed)

    def owner(self, deadline, role, child_id):
        """Who owes one deadline: whoever was addressed or allocated, else whoever is appointed."""
        if role is Role.MANAGER_ADDRESSED:
            return self.addressed.get(deadline.opened_by.id)
        if _is_an_officers(deadline.duty):
            return self.officers.get(deadline.subject, (None, None))[0]
        return self.person(role, child_id)

    def owing(self, deadline):
        """The agency that owes one deadline; a referral nobody is allocated to is still Cafcass Legal's."""
        if _is_an_officers(deadline.duty):
            return self.officers.get(deadline.subject, (None, None))[1] or cafcass_legal_id()
        return self.agency(deadline.duty.owed_by)

    def agency(self, role):
        if role in CAFCASS_ROLES:
            return self.cafcass_office_id
        if role == Role.CAFCASS_LEGAL:
            return cafcass_legal_id()
        return None if role in NOBODYS else self.authority_id


def _is_an_officers(duty):
    """Owed by the officer of a referral, who is not the children's guardian of the case."""
    return duty.part is Part.REFERRAL and duty.owed_by is Role.GUARDIAN


def cafcass_legal_id():
    return (
        Organisation.objects.filter(kind=OrganisationKind.CAFCASS_LEGAL).values_list("pk", flat=True).first()
    )
