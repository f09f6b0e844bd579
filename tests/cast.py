"""The fixed cast: two authorities, a Cafcass office, and the people every story is told with."""

from dataclasses import dataclass
from datetime import date

from accounts.models import Organisation, User
from accounts.roles import OrganisationKind, PersonRole
from cases.models import Child

PASSWORD = "a long pass phrase for tests"


@dataclass
class Cast:
    """Everybody, by the part they play. Amber, Blake and Coral are children of Northmoor.

    Serena, Hal, Dora and Chas are Northmoor's managers, rung above rung; Lex and Leah are lawyers of Cafcass
    Legal, and Hugo an officer of its High Court Team.
    """

    northmoor: Organisation
    southmere: Organisation
    cafcass: Organisation
    cafcass_legal: Organisation
    iris: User
    ivor: User
    mona: User
    gwen: User
    gareth: User
    lena: User
    sol: User
    tess: User
    cass: User
    stranger: User
    serena: User
    hal: User
    dora: User
    chas: User
    lex: User
    leah: User
    hugo: User
    amber: Child
    blake: Child
    coral: Child


def assemble():
    """Bring the cast on stage. Iris is an IRO, Mona her manager, Gwen a guardian, Lena is LA legal."""
    northmoor = _organisation("Northmoor Council (invented)", OrganisationKind.AUTHORITY)
    southmere = _organisation("Southmere Council (invented)", OrganisationKind.AUTHORITY)
    cafcass = _organisation("Cafcass Greyhills (invented)", OrganisationKind.CAFCASS_OFFICE)
    legal = _organisation("Cafcass Legal (invented)", OrganisationKind.CAFCASS_LEGAL)
    mona = _person("Mona Manager", northmoor, PersonRole.IRO_MANAGER)
    cass = _person("Cass Chief", cafcass, PersonRole.CAFCASS_SERVICE_MANAGER)
    tess = _person("Tess Team", northmoor, PersonRole.TEAM_MANAGER)
    return Cast(
        northmoor=northmoor,
        southmere=southmere,
        cafcass=cafcass,
        cafcass_legal=legal,
        mona=mona,
        cass=cass,
        tess=tess,
        iris=_person("Iris Reviewer", northmoor, PersonRole.IRO, mona),
        ivor=_person("Ivor Reviewer", northmoor, PersonRole.IRO, mona),
        gwen=_person("Gwen Guardian", cafcass, PersonRole.GUARDIAN, cass),
        gareth=_person("Gareth Guardian", cafcass, PersonRole.GUARDIAN, cass),
        lena=_person("Lena Legal", northmoor, PersonRole.LA_LEGAL),
        sol=_person("Sol Worker", northmoor, PersonRole.SOCIAL_WORKER, tess),
        serena=_person("Serena Service", northmoor, PersonRole.SERVICE_MANAGER),
        hal=_person("Hal Head", northmoor, PersonRole.HEAD_OF_SERVICE),
        dora=_person("Dora Director", northmoor, PersonRole.DIRECTOR),
        chas=_person("Chas Executive", northmoor, PersonRole.CHIEF_EXECUTIVE),
        lex=_person("Lex Lawyer", legal, PersonRole.CAFCASS_LEGAL),
        leah=_person("Leah Lawyer", legal, PersonRole.CAFCASS_LEGAL),
        hugo=_person("Hugo Highcourt", legal, PersonRole.HIGH_COURT_TEAM_OFFICER),
        stranger=_person("Stella Stranger", southmere, PersonRole.IRO_MANAGER),
        amber=_child("Amber Example", northmoor, date(2019, 4, 2)),
        blake=_child("Blake Example", northmoor, date(2021, 9, 14)),
        coral=_child("Coral Example", northmoor, date(2024, 2, 29)),
    )


def _organisation(name, kind):
    return Organisation.objects.create(
        name=name, kind=kind, address="1 Invented Street\nNowhere", telephone="01632 960000"
    )


def _person(name, organisation, role, manager=None):
    email = f"{name.split()[0].lower()}@example.org"
    return User.objects.create_user(
        email, PASSWORD, name=name, organisation=organisation, role=role, manager=manager
    )


def _child(name, authority, born):
    return Child.objects.create(name=name, authority=authority, born=born)
