"""Given, when, then: the sentences the journeys are told in. What is given goes through the product's verbs."""

from datetime import date
from urllib.parse import urlsplit

from django.utils import timezone

from accounts.roles import PersonRole
from cases.actions import record
from cases.appointments import appoint
from cases.models import Case, Event
from cases.opening import open_case
from letters import actions as letters
from letters.kinds import LetterKind


def day(written):
    return date.fromisoformat(written)


# --- Given ----------------------------------------------------------------------------------------------


def given_the_siblings_have_a_social_worker(cast, *, since):
    for person, role in ((cast.sol, PersonRole.SOCIAL_WORKER), (cast.tess, PersonRole.TEAM_MANAGER)):
        appoint(person, role, children=[cast.amber, cast.blake], on=day(since), by=cast.lena)


def given_an_iro_who_manages_the_social_worker(cast):
    cast.sol.manager = cast.ivor
    cast.sol.save()


def given_everybody_can_be_reached(cast):
    for person in (cast.gwen, cast.gareth, cast.iris, cast.ivor, cast.cass, cast.mona):
        person.telephone = "01632 960123"
        person.save()


def given_proceedings_about_the_siblings(cast, *, issued):
    return given_proceedings(cast, [cast.amber, cast.blake], issued=issued)


def given_proceedings(cast, children, *, issued, number="ZZ25C00001"):
    return open_case(
        authority=cast.northmoor, cafcass_office=cast.cafcass, children=children, entering="proceedings_issued",
        on=day(issued), by=cast.lena, court="Family Court at Nowhere", court_number=number,
    )  # fmt: skip


def given_the_siblings_are_looked_after(cast, case, *, since):
    details = {"legal_status": "C1 interim care order"}
    given(case, "became_looked_after", since, by=cast.lena, details=details)


def given_an_iro(cast, *, since, children=None):
    children = children or [cast.amber, cast.blake]
    appoint(cast.iris, PersonRole.IRO, children=children, on=day(since), by=cast.mona)


def given_a_guardian(cast, case, *, since, children=None):
    children = children or [cast.amber, cast.blake]
    appoint(cast.gwen, PersonRole.GUARDIAN, children=children, on=day(since), by=cast.cass, case=case)


def given_a_review(cast, case, *, on, details):
    codes = {str(cast.amber.pk): "PN1", str(cast.blake.pk): "PN0"}
    given(case, "review_held", on, by=cast.iris, details=details, particulars={"participation": codes})


def given_proceedings_concluded(cast, case, *, on):
    details = {"outcome": "care_order", "remains_looked_after": True}
    given(case, "proceedings_concluded", on, by=cast.lena, details=details)


def given_a_handover(cast, case, *, matters):
    """The guardian's Appendix 2 letter, sent today."""
    letter = letters.draft(case, LetterKind.APPENDIX_2, by=cast.gwen)
    answers = {
        "outcome": "Care orders were made for both children.",
        "goodbye": "not_applicable",
        "matters": [{"text": text, "child": ""} for text in matters],
    }
    letter = letters.edit(letter, answers, by=cast.gwen, seen_version=letter.version)
    letter = letters.approve(letter, by=cast.gwen, seen_version=letter.version)
    return letters.send(letter, on=timezone.localdate(), by=cast.gwen)


def given_an_introduction(cast, case):
    """The Appendix 1 letter, sent today and not answered yet."""
    letter = letters.draft(case, LetterKind.APPENDIX_1, by=cast.gwen)
    letter = letters.approve(letter, by=cast.gwen, seen_version=letter.version)
    return letters.send(letter, on=timezone.localdate(), by=cast.gwen)


def given_an_approved_letter_to(child, cast, case):
    letter = letters.draft(case, LetterKind.TO_THE_CHILD_YOUNGER, by=cast.gwen, children=[child])
    answers = {"what_was_decided": "The judge decided that you will stay with your aunt."}
    letter = letters.edit(letter, answers, by=cast.gwen, seen_version=letter.version)
    letter = letters.approve(letter, by=cast.gwen, seen_version=letter.version)
    return letters.agree(letter, by=cast.cass)


def given(case, happening, on, *, by, **how):
    """A fact recorded in the ordinary way."""
    return record(case, happening, on=day(on), by=by, **how)


# --- When -----------------------------------------------------------------------------------------------


def when_the_case_is_opened(person, *, children, on):
    person.opens("/cases/").presses("Open a case")
    person.ticks(*children)
    person.chooses("Proceedings issued").fills_date("When?", day(on))
    person.chooses("Cafcass Greyhills (invented)", of="Cafcass office")
    person.fills("Court (optional)", "Family Court at Nowhere")
    person.fills("Court case number (optional)", "ZZ25C00001")
    person.presses("Open the case")
    case = Case.objects.latest("pk")
    person.is_told(f"Case {case.key} is open.")
    return case


def when_something_is_recorded(person, case, what, *, on=None):
    """The general way: the case, "Record what happened", the entry; ends on the form, its day filled in."""
    person.opens(f"/cases/{case.key}/").presses("Record what happened").follows(what)
    if on:
        person.fills_date("When did it happen?", day(on))
    return person


def when_somebody_is_appointed(person, case, *, name, role, words, on):
    person.opens(f"/cases/{case.key}/people/").follows(f"Appoint {words}")
    person.chooses(name, of=f"Who is the {role}?").fills_date("From which day?", day(on))
    person.presses("Appoint")


def when_the_chronology_is_read(person, case):
    return person.opens(f"/cases/{case.key}/chronology/")


def when_a_second_person_agrees(second, author):
    """They read the page that waits for them; its author goes on from there."""
    author.reads("It is approved, and waits for a second person.")
    here = urlsplit(author.page.url).path
    second.is_signed_in().opens(here).presses("I have read it and agree that it is sent")
    second.is_told("You agree that this letter is sent.")
    return author.opens(here).presses("Go on and send it")


# --- Then -----------------------------------------------------------------------------------------------


def then_the_case_stands_at(person, case, stage):
    person.opens(f"/cases/{case.key}/").stands_at(stage)


def then_my_work_has(person, *groups):
    person.opens("/").reads(*groups)


def then_nothing_was_saved(before):
    assert Event.objects.count() == before
