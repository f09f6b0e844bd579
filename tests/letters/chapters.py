"""The stories letters are written in, chapter by chapter, through the same verbs as the screens.

A test names the chapters it needs as fixtures. Those of a file are told once, each in a savepoint: what the next
test does not ask for is taken back, and the rest is not told again.
"""

from contextlib import ExitStack
from datetime import date
from itertools import takewhile
from typing import NamedTuple

from accounts.roles import PersonRole
from cases.actions import record
from cases.appointments import appoint
from cases.models import Child
from cases.opening import open_case
from letters import actions, referral_drafting
from letters.kinds import LetterKind
from protocol.happenings import Happening
from tests.cast import assemble
from tests.letters import referral_steps
from tests.told import fresh, told_once

ISSUED = date(2025, 6, 2)
CONCLUDED = date(2025, 12, 4)
TODAY = date(2025, 12, 10)
FULL_HANDOVER = {
    "outcome": "Care orders were made for both children.",
    "goodbye": "planned",
    "goodbye_visit_on": date(2025, 12, 18),
    "final_plan_provided_on": date(2025, 12, 5),
    "final_plan_discussed_on": date(2025, 12, 8),
    "oversight": "Look at the school plan every month until both places are confirmed.",
    "oversight_agreed_on": date(2025, 12, 8),
    "documents_confirmed_on": date(2025, 12, 9),
    "matters": [
        {"text": "Speech and language therapy, promised by the end of January.", "child": ""},
        {"text": "Time with her grandmother, agreed at six times a year, has not begun.", "child": "AMBER"},
    ],
}


def written(case, kind, answers=None, *, by, **how):
    """A letter begun, filled in and approved, ready to go."""
    letter = actions.draft(case, kind, by=by, **how)
    if answers is not None:
        letter = actions.edit(letter, answers, by=by, seen_version=letter.version)
    return actions.approve(letter, by=by, seen_version=letter.version)


def cast(**_):
    people = assemble()
    for person in (people.gwen, people.gareth, people.iris, people.ivor, people.cass, people.mona):
        person.telephone = "01632 960123"
        person.save()
    return people


def case(cast, **_):
    opened = open_case(
        authority=cast.northmoor, cafcass_office=cast.cafcass, children=[cast.amber, cast.blake],
        entering=Happening.PROCEEDINGS_ISSUED, on=ISSUED, by=cast.lena, court="Family Court at Nowhere",
        court_number="ZZ25C00001",
    )  # fmt: skip
    appoint(
        cast.gwen, PersonRole.GUARDIAN, children=[cast.amber, cast.blake], on=date(2025, 6, 4), by=cast.cass,
        case=opened,
    )  # fmt: skip
    return opened


def with_iro(cast, case, **_):
    appoint(cast.iris, PersonRole.IRO, children=[cast.amber, cast.blake], on=date(2025, 6, 9), by=cast.mona)
    return case


def appendix_1_sent(cast, case, **_):
    return actions.send(written(case, LetterKind.APPENDIX_1, by=cast.gwen), on=TODAY, by=cast.gwen)


def concluded(cast, case, **_):
    record(
        case, Happening.PROCEEDINGS_CONCLUDED, on=CONCLUDED, by=cast.lena,
        details={"outcome": "care_order", "remains_looked_after": True},
    )  # fmt: skip
    return case


def dara(cast, **_):
    child = Child.objects.create(name="Dara Ferris", authority=cast.northmoor, born=date(2016, 5, 9))
    other = open_case(
        authority=cast.northmoor, cafcass_office=cast.cafcass, children=[child],
        entering=Happening.PROCEEDINGS_ISSUED, on=date(2025, 6, 2), by=cast.lena,
    )  # fmt: skip
    appoint(cast.gwen, PersonRole.GUARDIAN, children=[child], on=date(2025, 6, 4), by=cast.cass, case=other)
    appoint(cast.ivor, PersonRole.IRO, children=[child], on=date(2025, 6, 9), by=cast.mona)
    return child


def handover_begun(cast, case, **_):
    return actions.draft(case, LetterKind.APPENDIX_2, by=cast.gwen)


def handover(cast, case, **_):
    answers = {**FULL_HANDOVER, "matters": [dict(matter) for matter in FULL_HANDOVER["matters"]]}
    answers["matters"][1]["child"] = cast.amber.key
    return written(case, LetterKind.APPENDIX_2, answers, by=cast.gwen)


def handover_sent(cast, handover, **_):
    return actions.send(handover, on=TODAY, by=cast.gwen)


def referral(cast, **_):
    return referral_steps.allocated(cast)


def delay_begun(cast, referral, **_):
    return referral_drafting.draft(referral, LetterKind.DELAY_LETTER, by=cast.gareth)


def delay_ready(cast, referral, **_):
    return referral_steps.ready(referral, LetterKind.DELAY_LETTER, by=cast.gareth)


def delay_sent(cast, delay_ready, **_):
    return actions.send(delay_ready, on=TODAY, by=cast.gareth)


# In the order in which they follow each other.
CHAPTERS = {
    chapter.__name__: chapter
    for chapter in (
        cast, case, with_iro, appendix_1_sent, concluded, handover_begun, handover, handover_sent, dara,
        referral, delay_begun, delay_ready, delay_sent,
    )
}  # fmt: skip


def asked_for(names):
    """The chapters among these names of fixtures."""
    return tuple(name for name in CHAPTERS if name in names)


def told_on(story, name):
    """The story with one chapter more."""
    story = fresh(story)
    return {**story, name: CHAPTERS[name](**story)}


class Told(NamedTuple):
    name: str
    story: dict
    taken_back: ExitStack


class Telling:
    """Goes on from what the next story has in common with the last, and takes back the rest of the last."""

    def __init__(self, blocker):
        self.blocker, self.told = blocker, []

    def story_of(self, names):
        common = takewhile(lambda pair: pair[0].name == pair[1], zip(self.told, names, strict=False))
        self.take_back(all_after=len(list(common)))
        for name in names[len(self.told) :]:
            self._tell(name)
        return self.told[-1].story if self.told else {}

    def _tell(self, name):
        before, taken_back = self.told[-1].story if self.told else {}, ExitStack()
        chapter = told_once(self.blocker, lambda: told_on(before, name), on=TODAY.isoformat(), at="10:00")
        self.told.append(Told(name, taken_back.enter_context(chapter), taken_back))

    def take_back(self, all_after=0):
        while len(self.told) > all_after:
            self.told.pop().taken_back.close()
