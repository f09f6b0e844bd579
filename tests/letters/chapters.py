"""The stories letters are written in, chapter by chapter, through the same verbs as the screens."""

from datetime import date

from accounts.roles import PersonRole
from cases.actions import record
from cases.appointments import appoint
from cases.models import Child
from cases.opening import open_case
from letters import actions, referral_drafting
from letters.kinds import LetterKind
from protocol.happenings import Happening
from tests.cast import assemble
from tests.chapters import chapter
from tests.letters import referral_steps

ISSUED = date(2025, 6, 2)
CONCLUDED = date(2025, 12, 4)
TODAY = date(2025, 12, 10)
told = chapter(on=TODAY.isoformat(), at="10:00")
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


@told
def cast():
    people = assemble()
    for person in (people.gwen, people.gareth, people.iris, people.ivor, people.cass, people.mona):
        person.telephone = "01632 960123"
        person.save()
    return people


@told
def case(cast):
    """Issued for Amber and Blake on 2 June 2025; Gwen is their guardian from 4 June. No IRO yet."""
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


@told
def with_iro(cast, case):
    """Iris is their IRO from 9 June 2025."""
    appoint(cast.iris, PersonRole.IRO, children=[cast.amber, cast.blake], on=date(2025, 6, 9), by=cast.mona)
    return case


@told
def appendix_1_sent(cast, case):
    """Gwen’s letter to the IRO service, sent on 10 December 2025."""
    return actions.send(written(case, LetterKind.APPENDIX_1, by=cast.gwen), on=TODAY, by=cast.gwen)


@told
def concluded(cast, with_iro):
    """The court made its final decision on 4 December 2025."""
    record(
        with_iro, Happening.PROCEEDINGS_CONCLUDED, on=CONCLUDED, by=cast.lena,
        details={"outcome": "care_order", "remains_looked_after": True},
    )  # fmt: skip
    return with_iro


@told
def handover_begun(cast, concluded):
    """Gwen’s handover, with nothing written in it yet."""
    return actions.draft(concluded, LetterKind.APPENDIX_2, by=cast.gwen)


@told
def handover(cast, concluded):
    """Gwen’s full handover, approved."""
    answers = {**FULL_HANDOVER, "matters": [dict(matter) for matter in FULL_HANDOVER["matters"]]}
    answers["matters"][1]["child"] = cast.amber.key
    return written(concluded, LetterKind.APPENDIX_2, answers, by=cast.gwen)


@told
def handover_sent(cast, handover):
    """Sent on 10 December 2025."""
    return actions.send(handover, on=TODAY, by=cast.gwen)


@told
def dara(cast, case):
    """A child of another case of Gwen’s, whose IRO is Ivor; nobody of Northmoor but they knows her."""
    child = Child.objects.create(name="Dara Ferris", authority=cast.northmoor, born=date(2016, 5, 9))
    other = open_case(
        authority=cast.northmoor, cafcass_office=cast.cafcass, children=[child],
        entering=Happening.PROCEEDINGS_ISSUED, on=date(2025, 6, 2), by=cast.lena,
    )  # fmt: skip
    appoint(cast.gwen, PersonRole.GUARDIAN, children=[child], on=date(2025, 6, 4), by=cast.cass, case=other)
    appoint(cast.ivor, PersonRole.IRO, children=[child], on=date(2025, 6, 9), by=cast.mona)
    return child


@told
def referral(cast):
    """Iris referred Amber on 1 December 2025; Gareth is the officer. Sol is the social worker, Tess his manager."""
    return referral_steps.allocated(cast)


@told
def delay_begun(cast, referral):
    """A delay letter of Gareth’s, with nothing written in it yet."""
    return referral_drafting.draft(referral, LetterKind.DELAY_LETTER, by=cast.gareth)


@told
def delay_ready(cast, referral, delay_begun):
    """Written, to everybody, approved and agreed."""
    return referral_steps.ready(referral, LetterKind.DELAY_LETTER, by=cast.gareth)


@told
def delay_sent(cast, delay_ready):
    """Sent to everybody on 10 December 2025, to Amber by hand."""
    return actions.send(delay_ready, on=TODAY, by=cast.gareth)
