"""The groups the pages name, each said once."""

from accounts.roles import PersonRole as P
from config.permissions.relations import (
    EVERY_STANDING,
    NOT_SIGNED_IN,
    WHOLE_AUTHORITY,
    Group,
    Relation,
    in_the_roles,
    standing,
    together,
)

R = Relation
NOBODY = Group("Nobody", frozenset())
SIGNED_IN = Group("Everybody who has signed in", frozenset(EVERY_STANDING))
ANYBODY = Group("Anybody, signed in or not", frozenset({*EVERY_STANDING, NOT_SIGNED_IN}))

# --- Whose case it is -------------------------------------------------------------------------------------------

APPOINTED_IRO = together(
    "The IRO, and who stands in",
    standing("", R.APPOINTED, P.IRO, P.VOLUNTARY_IRO),
    standing("", R.COVERING, P.IRO),
)
APPOINTED_CASEWORK = together(
    "Social worker and team manager, and who stands in",
    standing("", R.APPOINTED, P.SOCIAL_WORKER, P.TEAM_MANAGER),
    standing("", R.COVERING, P.SOCIAL_WORKER, P.TEAM_MANAGER),
)
CASEWORK = together(
    "Social worker and team manager, who stands in, and the social worker’s manager",
    APPOINTED_CASEWORK,
    standing("", R.MANAGER, P.TEAM_MANAGER),
)
OF_THE_AUTHORITY = standing(
    "Those who answer for the whole of the authority’s service", R.SERVICE, *WHOLE_AUTHORITY
)
THE_GUARDIAN = together(
    "The guardian, and who stands in",
    standing("", R.APPOINTED, P.GUARDIAN),
    standing("", R.COVERING, P.GUARDIAN),
)
OF_THE_OFFICE = standing(
    "The Cafcass office of the case", R.SERVICE, P.CAFCASS_SERVICE_MANAGER, P.CAFCASS_BUSINESS_SUPPORT
)
THE_OFFICER = standing("The officer of its referral", R.OFFICER, P.GUARDIAN, P.HIGH_COURT_TEAM_OFFICER)
OFFICE_OF_THE_REFERRAL = standing(
    "The office its referral is with", R.OFFICE, P.CAFCASS_SERVICE_MANAGER, P.CAFCASS_BUSINESS_SUPPORT
)
REFERRED = standing("Cafcass Legal, once it was referred", R.REFERRED, P.CAFCASS_LEGAL)

CASE = together(
    "Those who see the case",
    APPOINTED_IRO, CASEWORK, OF_THE_AUTHORITY, THE_GUARDIAN, OF_THE_OFFICE, THE_OFFICER, OFFICE_OF_THE_REFERRAL,
    REFERRED,
)  # fmt: skip
NAMED = Group(
    "Those on the list of the restricted case, and nobody else",
    frozenset(one for one in EVERY_STANDING if one.relation is R.NAMED),
)
KEEPS_THE_LIST = standing(
    "The IRO manager who restricted the case, or who is on its list", R.SERVICE, P.IRO_MANAGER
)
AUTHORITYS = together("The authority’s people who see the case", APPOINTED_IRO, CASEWORK, OF_THE_AUTHORITY)
CHILD_ALONE = Group("Those who see a child who is in no case", AUTHORITYS.standings)
PARTY = together(
    "Those who work for a party to the agreement, but administrators",
    standing(
        "", R.SERVICE, P.IRO, P.SOCIAL_WORKER, P.TEAM_MANAGER, P.GUARDIAN, P.CAFCASS_SERVICE_MANAGER,
        P.CAFCASS_BUSINESS_SUPPORT, *WHOLE_AUTHORITY,
    ),
)  # fmt: skip

# --- Whose part it is -------------------------------------------------------------------------------------------

IRO_SERVICE = CASE.who_are(
    "IRO and IRO service", P.IRO, P.VOLUNTARY_IRO, P.IRO_MANAGER, P.IRO_BUSINESS_SUPPORT
)
THE_IRO_MANAGER = AUTHORITYS.who_are("The authority’s IRO manager", P.IRO_MANAGER)
IROS_AND_MANAGER = CASE.who_are("IRO and IRO manager", P.IRO, P.VOLUNTARY_IRO, P.IRO_MANAGER)
CAFCASS = together("Cafcass: the guardian and the office of the case", THE_GUARDIAN, OF_THE_OFFICE)
GUARDIAN_OR_MANAGER = CAFCASS.who_are(
    "The guardian and the service manager of the case’s office", P.GUARDIAN, P.CAFCASS_SERVICE_MANAGER
)
CAFCASS_LEGAL_SIDE = CASE.who_are(
    "Cafcass Legal and the High Court Team’s officer", P.CAFCASS_LEGAL, P.HIGH_COURT_TEAM_OFFICER
)
LA_AND_IRO = Group("The authority: IRO service, managers, social work and LA legal", AUTHORITYS.standings)

ADMINISTRATORS = in_the_roles("Administrators", P.ADMINISTRATOR)
THEIR_ADMINISTRATOR = standing(
    "The administrator of the person’s own organisation", R.SERVICE, P.ADMINISTRATOR
)
CAFCASS_LEGAL = in_the_roles("Cafcass Legal", P.CAFCASS_LEGAL)
