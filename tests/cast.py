"""The fixed cast: two authorities, a Cafcass office, and the people every story is told with."""

from dataclasses import dataclass
from datetime import date

from django.contrib.auth.hashers import make_password

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
    places = {
        "northmoor": _organisation("Northmoor Council (invented)", OrganisationKind.AUTHORITY),
        "southmere": _organisation("Southmere Council (invented)", OrganisationKind.AUTHORITY),
        "cafcass": _organisation("Cafcass Greyhills (invented)", OrganisationKind.CAFCASS_OFFICE),
        "cafcass_legal": _organisation("Cafcass Legal (invented)", OrganisationKind.CAFCASS_LEGAL),
    }
    people = _people(places)
    northmoor = places["northmoor"]
    return Cast(
        **places,
        **people,
        amber=_child("Amber Example", northmoor, date(2019, 4, 2)),
        blake=_child("Blake Example", northmoor, date(2021, 9, 14)),
        coral=_child("Coral Example", northmoor, date(2024, 2, 29)),
    )


MANAGERS = {
    "mona": ("Mona Manager", "northmoor", PersonRole.IRO_MANAGER),
    "cass": ("Cass Chief", "cafcass", PersonRole.CAFCASS_SERVICE_MANAGER),
    "tess": ("Tess Team", "northmoor", PersonRole.TEAM_MANAGER),
}
OTHERS = {
    "iris": ("Iris Reviewer", "northmoor", PersonRole.IRO),
    "ivor": ("Ivor Reviewer", "northmoor", PersonRole.IRO),
    "gwen": ("Gwen Guardian", "cafcass", PersonRole.GUARDIAN),
    "gareth": ("Gareth Guardian", "cafcass", PersonRole.GUARDIAN),
    "lena": ("Lena Legal", "northmoor", PersonRole.LA_LEGAL),
    "sol": ("Sol Worker", "northmoor", PersonRole.SOCIAL_WORKER),
    "serena": ("Serena Service", "northmoor", PersonRole.SERVICE_MANAGER),
    "hal": ("Hal Head", "northmoor", PersonRole.HEAD_OF_SERVICE),
    "dora": ("Dora Director", "northmoor", PersonRole.DIRECTOR),
    "chas": ("Chas Executive", "northmoor", PersonRole.CHIEF_EXECUTIVE),
    "lex": ("Lex Lawyer", "cafcass_legal", PersonRole.CAFCASS_LEGAL),
    "leah": ("Leah Lawyer", "cafcass_legal", PersonRole.CAFCASS_LEGAL),
    "hugo": ("Hugo Highcourt", "cafcass_legal", PersonRole.HIGH_COURT_TEAM_OFFICER),
    "stranger": ("Stella Stranger", "southmere", PersonRole.IRO_MANAGER),
}
MANAGED_BY = {"iris": "mona", "ivor": "mona", "gwen": "cass", "gareth": "cass", "sol": "tess"}


def _people(places):
    """Everybody in two statements: nearly every test begins here."""
    password = make_password(PASSWORD)
    managers = {part: _person(*who, places, password) for part, who in MANAGERS.items()}
    User.objects.bulk_create(managers.values())
    others = {
        part: _person(*who, places, password, managers.get(MANAGED_BY.get(part)))
        for part, who in OTHERS.items()
    }
    User.objects.bulk_create(others.values())
    return managers | others


def _organisation(name, kind):
    return Organisation.objects.create(
        name=name, kind=kind, address="1 Invented Street\nNowhere", telephone="01632 960000"
    )


def _person(name, place, role, places, password, manager=None):
    email = f"{name.split()[0].lower()}@example.org"
    organisation = places[place]
    return User(
        email=email, password=password, name=name, organisation=organisation, role=role, manager=manager
    )


def _child(name, authority, born):
    return Child.objects.create(name=name, authority=authority, born=born)
