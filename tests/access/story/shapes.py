"""What the story is made of: who sits where, a case with everything on it, an authority's world, the calendar."""

from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

import time_machine

from accounts.models import RoleChange, User
from cases.models import (
    Case,
    Child,
    Cover,
    Deadline,
    LocalAgreement,
    Matter,
    Restriction,
)
from config.permissions.relations import Relation
from referrals.models import Dispute, Referral
from reports.models import AnnualReport, FoiRequest
from tests.cast import Cast


@dataclass(frozen=True)
class Seat:
    """Somebody, and their relation to the cases of the world they sit in."""

    person: User
    world: str
    relation: Relation


@dataclass
class Side:
    """A case with something on every page of it; the one that was referred, or the one that was not."""

    world: str
    case: Case
    child: Child
    events: dict
    deadlines: dict
    letters: dict
    dispute: Dispute
    matter: Matter | None = None
    referral: Referral | None = None
    draft: Referral | None = None
    referral_letters: dict = field(default_factory=dict)
    permission: int = 0
    whereabouts: int = 0
    files: dict = field(default_factory=dict)


@dataclass
class World:
    name: str
    cast: Cast
    alone: Child
    agreement: LocalAgreement
    agreements_deadline: Deadline
    note: object
    main: Side
    quiet: Side
    change: RoleChange
    foi: FoiRequest
    annual: AnnualReport
    feed: str
    certificate: str = ""
    pack: int = 0
    cover: Cover | None = None
    locked: Case | None = None
    restriction: Restriction | None = None
    named: frozenset = frozenset()

    @property
    def marks(self):
        """What would show that something of this authority's was shown: its children, their IRO, their words."""
        cast = self.cast
        named = [person.name for person in (cast.amber, cast.blake, cast.coral, cast.iris)]
        return [*named, f"Quicksand under the plan of {cast.northmoor.name.split()[0]}"]


@dataclass
class Story:
    northmoor: World
    southmere: World
    seats: list
    factors: dict
    kept: dict
    files: dict
    notices: dict
    views: dict

    def worlds(self):
        return {"northmoor": self.northmoor, "southmere": self.southmere}


class Calendar:
    """The day of the story; on the last one time stands still."""

    def __init__(self):
        self.travelling = None

    def turns_to(self, day, at="09:00"):
        self.stops()
        moment = datetime.fromisoformat(f"{day}T{at}").replace(tzinfo=ZoneInfo("Europe/London"))
        self.travelling = time_machine.travel(moment, tick=False)
        self.travelling.start()

    def stops(self):
        if self.travelling:
            self.travelling.stop()
            self.travelling = None
