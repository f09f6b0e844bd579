"""Who in a story does what: the people named for the family, and beyond them their services."""

from accounts.roles import PersonRole
from protocol.vocabulary import Role

NAMED = {
    Role.GUARDIAN: "guardian",
    Role.IRO: "iro",
    Role.LA_LEGAL: "la_legal",
    Role.LOCAL_AUTHORITY: "social_worker",
    Role.SOCIAL_WORKER: "social_worker",
}
EMPLOYED = {
    Role.CAFCASS: PersonRole.CAFCASS_BUSINESS_SUPPORT,
    Role.CAFCASS_LEGAL: PersonRole.CAFCASS_LEGAL,
    Role.GUARDIAN: PersonRole.CAFCASS_SERVICE_MANAGER,
    Role.HEAD_OF_SERVICE: PersonRole.HEAD_OF_SERVICE,
    Role.IRO_SERVICE: PersonRole.IRO_BUSINESS_SUPPORT,
}
OF_CAFCASS = (PersonRole.CAFCASS_SERVICE_MANAGER, PersonRole.CAFCASS_BUSINESS_SUPPORT)
BY_E_MAIL = "An e-mail from the Cafcass office"


class Company:
    """The people around one family."""

    def __init__(self, written, everybody):
        self.everybody = everybody
        self.authority = everybody.agencies[written["authority"]]
        self.office = everybody.agencies[written["office"]] if "office" in written else None
        self.named = {
            role: everybody.by_name[written[role]]
            for role in ("iro", "guardian", "social_worker", "la_legal")
            if role in written
        }

    def __getitem__(self, role):
        return self.named[role]

    def __contains__(self, role):
        return role in self.named

    def take(self, role, name):
        """Somebody takes over a part in the story from here on."""
        if name is not None:
            self.named[role] = self.everybody.by_name[name]
        return self.named[role]

    @property
    def team_manager(self):
        return self.named["social_worker"].manager

    @property
    def lawyer(self):
        """Cafcass Legal is one for everybody."""
        return self.everybody.one(self.everybody.agencies["cafcass_legal"], PersonRole.CAFCASS_LEGAL)

    def employed(self, role):
        if role == PersonRole.CAFCASS_LEGAL:
            return self.lawyer
        return self.everybody.one(self.office if role in OF_CAFCASS else self.authority, role)

    def answering_for(self, party):
        """Who answers for a party of the Protocol."""
        if NAMED.get(party) in self.named:
            return self.named[NAMED[party]]
        if party in (Role.TEAM_MANAGER, Role.MANAGER_ADDRESSED):
            return self.team_manager
        return self.employed(EMPLOYED.get(party, PersonRole.IRO_MANAGER))

    def doing(self, fact, specification):
        """Who did it: the person the story names by part or by role, else whoever's act it is."""
        named = fact.how.get("by")
        if named in self.named:
            return self.named[named]
        return self.employed(PersonRole(named)) if named else self.answering_for(specification.done_by[0])

    def recorded(self, fact, by):
        """Who typed it: for an agency that is not on the system the IRO service does, and says how it knows."""
        if by.organisation.is_on_system:
            return {"by": by}
        return {
            "by": self.employed(PersonRole.IRO_BUSINESS_SUPPORT),
            "on_behalf_of": by.organisation,
            "how_known": fact.how.get("how_known", BY_E_MAIL),
        }
