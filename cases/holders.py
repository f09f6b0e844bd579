"""Which agency, and where one is appointed which person, owes what a party owes."""

from dataclasses import dataclass, field

from accounts.models import Organisation
from accounts.roles import OrganisationKind, PersonRole
from cases.models.appointment import Appointment
from protocol.vocabulary import Role

APPOINTED_FOR = {
    Role.IRO: PersonRole.IRO,
    Role.GUARDIAN: PersonRole.GUARDIAN,
    Role.SOCIAL_WORKER: PersonRole.SOCIAL_WORKER,
    Role.TEAM_MANAGER: PersonRole.TEAM_MANAGER,
    Role.LA_LEGAL: PersonRole.LA_LEGAL,
}
CAFCASS_ROLES = {Role.GUARDIAN, Role.CAFCASS}
NOBODYS = {Role.COURT, Role.CHILD, Role.PARENTS, Role.OFFICIAL_SOLICITOR}


@dataclass
class Holders:
    authority_id: int
    cafcass_office_id: int | None = None
    by_child: dict = field(default_factory=dict)
    by_role: dict = field(default_factory=dict)

    @classmethod
    def of_case(cls, case):
        children = case.members.values("child")
        holders = cls(case.authority_id, case.cafcass_office_id)
        holders._read(Appointment.objects.filter(child__in=children, case=None))
        holders._read(case.appointments.all())
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

    def person(self, role, child_id):
        """The appointed person who owes it, or None where it is a service's to do."""
        appointed = APPOINTED_FOR.get(role)
        return self.by_child.get((appointed, child_id)) or self.by_role.get(appointed)

    def agency(self, role):
        if role in CAFCASS_ROLES:
            return self.cafcass_office_id
        if role == Role.CAFCASS_LEGAL:
            return cafcass_legal_id()
        return None if role in NOBODYS else self.authority_id


def cafcass_legal_id():
    return (
        Organisation.objects.filter(kind=OrganisationKind.CAFCASS_LEGAL).values_list("pk", flat=True).first()
    )
