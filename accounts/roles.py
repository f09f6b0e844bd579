"""Who a person is at work, and which of the Protocol's parties that person answers for."""

from django.db import models

from protocol.vocabulary import Role


class OrganisationKind(models.TextChoices):
    AUTHORITY = "authority", "Local authority"
    CAFCASS_OFFICE = "cafcass_office", "Cafcass office"
    CAFCASS_LEGAL = "cafcass_legal", "Cafcass Legal"
    VOLUNTARY = "voluntary", "Voluntary organisation"


class PersonRole(models.TextChoices):
    IRO = "iro", "IRO"
    IRO_MANAGER = "iro_manager", "IRO manager"
    IRO_BUSINESS_SUPPORT = "iro_business_support", "IRO business support"
    SOCIAL_WORKER = "social_worker", "Social worker"
    TEAM_MANAGER = "team_manager", "Team manager"
    SERVICE_MANAGER = "service_manager", "Service manager"
    HEAD_OF_SERVICE = "head_of_service", "Head of service"
    DIRECTOR = "director", "Director"
    CHIEF_EXECUTIVE = "chief_executive", "Chief executive"
    LA_LEGAL = "la_legal", "LA legal"
    GUARDIAN = "guardian", "Children’s guardian"
    CAFCASS_SERVICE_MANAGER = "cafcass_service_manager", "Cafcass service manager"
    CAFCASS_BUSINESS_SUPPORT = "cafcass_business_support", "Cafcass business support"
    HIGH_COURT_TEAM_OFFICER = "high_court_team_officer", "High Court Team officer"
    CAFCASS_LEGAL = "cafcass_legal", "Cafcass Legal"
    VOLUNTARY_IRO = "voluntary_iro", "IRO of a voluntary organisation"
    ADMINISTRATOR = "administrator", "Administrator"


# The roles each kind of organisation employs: nobody is a guardian in a local authority.
ROLES_IN = {
    OrganisationKind.AUTHORITY: {
        PersonRole.IRO,
        PersonRole.IRO_MANAGER,
        PersonRole.IRO_BUSINESS_SUPPORT,
        PersonRole.SOCIAL_WORKER,
        PersonRole.TEAM_MANAGER,
        PersonRole.SERVICE_MANAGER,
        PersonRole.HEAD_OF_SERVICE,
        PersonRole.DIRECTOR,
        PersonRole.CHIEF_EXECUTIVE,
        PersonRole.LA_LEGAL,
        PersonRole.ADMINISTRATOR,
    },
    OrganisationKind.CAFCASS_OFFICE: {
        PersonRole.GUARDIAN,
        PersonRole.CAFCASS_SERVICE_MANAGER,
        PersonRole.CAFCASS_BUSINESS_SUPPORT,
        PersonRole.ADMINISTRATOR,
    },
    OrganisationKind.CAFCASS_LEGAL: {
        PersonRole.CAFCASS_LEGAL,
        PersonRole.HIGH_COURT_TEAM_OFFICER,
        PersonRole.ADMINISTRATOR,
    },
    OrganisationKind.VOLUNTARY: {PersonRole.VOLUNTARY_IRO, PersonRole.ADMINISTRATOR},
}

# A duty names a party; these are the people who answer for it.
ANSWERS_FOR = {
    PersonRole.IRO: {Role.IRO},
    PersonRole.VOLUNTARY_IRO: {Role.IRO},
    PersonRole.IRO_MANAGER: {Role.IRO_MANAGER, Role.IRO_SERVICE, Role.IRO},
    PersonRole.IRO_BUSINESS_SUPPORT: {Role.IRO_SERVICE, Role.IRO_MANAGER},
    PersonRole.SOCIAL_WORKER: {Role.SOCIAL_WORKER, Role.LOCAL_AUTHORITY},
    PersonRole.TEAM_MANAGER: {
        Role.TEAM_MANAGER,
        Role.SOCIAL_WORKER,
        Role.LOCAL_AUTHORITY,
        Role.MANAGER_ADDRESSED,
    },
    PersonRole.SERVICE_MANAGER: {Role.LOCAL_AUTHORITY, Role.MANAGER_ADDRESSED},
    PersonRole.HEAD_OF_SERVICE: {Role.LOCAL_AUTHORITY, Role.HEAD_OF_SERVICE, Role.MANAGER_ADDRESSED},
    PersonRole.DIRECTOR: {Role.MANAGER_ADDRESSED},
    PersonRole.CHIEF_EXECUTIVE: {Role.MANAGER_ADDRESSED},
    PersonRole.LA_LEGAL: {Role.LA_LEGAL},
    PersonRole.GUARDIAN: {Role.GUARDIAN},
    PersonRole.CAFCASS_SERVICE_MANAGER: {Role.CAFCASS, Role.GUARDIAN},
    PersonRole.CAFCASS_BUSINESS_SUPPORT: {Role.CAFCASS},
    PersonRole.HIGH_COURT_TEAM_OFFICER: set(),
    PersonRole.CAFCASS_LEGAL: {Role.CAFCASS_LEGAL},
    PersonRole.ADMINISTRATOR: set(),
}
