"""The roles by what they reach and whose side they are on."""

from accounts.roles import PersonRole
from protocol.vocabulary import Part, Role

# These see their whole authority's cases; IROs, social workers and team managers see those they hold.
WHOLE_AUTHORITY = {
    PersonRole.IRO_MANAGER,
    PersonRole.IRO_BUSINESS_SUPPORT,
    PersonRole.SERVICE_MANAGER,
    PersonRole.HEAD_OF_SERVICE,
    PersonRole.DIRECTOR,
    PersonRole.CHIEF_EXECUTIVE,
    PersonRole.LA_LEGAL,
}
WHOLE_OFFICE = {PersonRole.CAFCASS_SERVICE_MANAGER, PersonRole.CAFCASS_BUSINESS_SUPPORT}
BY_APPOINTMENT = {
    PersonRole.IRO,
    PersonRole.VOLUNTARY_IRO,
    PersonRole.SOCIAL_WORKER,
    PersonRole.TEAM_MANAGER,
    PersonRole.GUARDIAN,
}
IRO_SERVICE = {PersonRole.IRO_MANAGER, PersonRole.IRO_BUSINESS_SUPPORT}
# What the IRO service does is its own: those whom an IRO challenges do not record it.
IRO_SIDE = IRO_SERVICE | {PersonRole.IRO, PersonRole.VOLUNTARY_IRO}
SOCIAL_WORK = {PersonRole.SOCIAL_WORKER, PersonRole.TEAM_MANAGER}
CAFCASS = {PersonRole.GUARDIAN, *WHOLE_OFFICE}
LEGAL_SIDE = {PersonRole.CAFCASS_LEGAL, PersonRole.HIGH_COURT_TEAM_OFFICER}
CAFCASS_SIDE = {Role.GUARDIAN, Role.CAFCASS}
# A team's officer records what is done on a referral; what Cafcass Legal owes, its lawyers answer for.
ACTS_FOR = {PersonRole.HIGH_COURT_TEAM_OFFICER: {Role.CAFCASS_LEGAL}}
IRO_ROLES = {Role.IRO, Role.IRO_SERVICE, Role.IRO_MANAGER}
# What is said here between an authority and those who challenge it is not corrected by the other side.
CHALLENGES = {Part.DISPUTES, Part.REFERRAL}

# Colleagues who may stand in for one another: cover crosses no line between those who challenge and those they
# challenge.
SIDES = (
    frozenset(IRO_SIDE),
    frozenset(SOCIAL_WORK | {PersonRole.SERVICE_MANAGER, PersonRole.HEAD_OF_SERVICE})
    | {PersonRole.DIRECTOR, PersonRole.CHIEF_EXECUTIVE},
    frozenset({PersonRole.LA_LEGAL}),
    frozenset(CAFCASS),
    frozenset(LEGAL_SIDE),
)


def colleagues_of(role):
    """The roles on the same side as this one; nobody stands in for an administrator."""
    return next((side for side in SIDES if role in side), frozenset())
