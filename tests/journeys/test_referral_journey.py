"""A referral with Cafcass: from a call to the advice line to the final report; withdrawn; and what is refused."""

import pytest
from django.test import Client
from playwright.sync_api import expect

from cases.models import Deadline, Event, Miss
from referrals import handling
from referrals.models import AdviceNote, Decision, Disclosure, Referral
from tests.journeys import challenge, steps
from tests.journeys.steps import day

pytestmark = pytest.mark.needs_browser
CALLER, MATTER, GUIDANCE = "Quillfeather", "Marrowstone", "Tindersby"
MARKERS = (CALLER, MATTER, GUIDANCE)
NOTICE, DELAY = "Notice of a referral to LA legal", "Delay letter on a referral"
DECISION, PROGRESS, FINAL = (
    "Decision report on a referral", "Progress note on a referral", "Final report on a referral",
)  # fmt: skip
PICTURE_BOOK = "She is six; her IRO explains it with a picture book."


@pytest.fixture
def case(cast, calendar):
    """Amber and Blake are in proceedings; Iris reviews for them."""
    calendar.turns_to("2025-05-28")
    steps.given_the_siblings_have_a_social_worker(cast, since="2025-04-01")
    case = steps.given_proceedings_about_the_siblings(cast, issued="2025-04-17")
    steps.given_the_siblings_are_looked_after(cast, case, since="2025-04-17")
    steps.given_an_iro(cast, since="2025-04-22")
    steps.given_a_guardian(cast, case, since="2025-04-22")
    for person in (cast.lex, cast.hugo):
        person.telephone = "01632 960321"
        person.save()
    return case


def state(referral):
    return Referral.objects.get(pk=referral.pk).state


def deadline(referral, duty):
    return Deadline.objects.get(case=referral.case_id, duty=duty, subject=referral.ref)


def letters_page(referral):
    return f"/referrals/{referral.key}/letters/"


def test_from_a_call_to_the_advice_line_to_the_final_report(cast, case, calendar, at_a_browser, tmp_path):
    lex, hugo, iris, lena = (
        at_a_browser(person).is_signed_in() for person in (cast.lex, cast.hugo, cast.iris, cast.lena)
    )
    everywhere = (
        "/",
        "/cases/",
        f"/cases/{case.key}/",
        f"/cases/{case.key}/chronology/",
        f"/cases/{case.key}/letters/",
    )

    # On Wednesday an IRO calls. Nobody outside Cafcass Legal is any the wiser.
    challenge.when_a_call_is_noted(
        lex, cast.amber, caller=f"{CALLER}, an IRO of Northmoor", matter=f"{MATTER}: no time with her brother.",
        guidance=f"{GUIDANCE}: climb the ladder first.",
    )  # fmt: skip
    note = AdviceNote.objects.get()
    for person in (iris, lena):
        challenge.then_nothing_is_known_of(MARKERS, person, *everywhere)
        person.is_refused("/advice/")
        person.is_refused(f"/advice/{note.pk}/")

    # A week later she refers. Cafcass Legal does the same day all that the same day asks for.
    calendar.turns_to("2025-06-04", at="10:00")
    referral = challenge.given_a_referral(cast, case, cast.amber)
    at = f"/referrals/{referral.key}/"
    challenge.when_the_referral_is_received(lex, cast.amber.name)
    lex.follows("Share the advice line’s notes").reads("has not been allocated to an officer")
    lex.opens(at)
    challenge.when_it_is_allocated_to_the_high_court_team(lex, cast.hugo)
    lex.reads("1 note on this child to share with the officer", day("2025-06-04"))
    lex.follows("Share the advice line’s notes").reads("On this child, to share", CALLER)
    lex.presses("Share").is_told("The note is shared with Hugo Highcourt.")
    assert Disclosure.objects.get().to == cast.hugo
    lex.opens(at).follows("Tell LA legal").presses(NOTICE).reads(
        "Legal department of the authority: Lena Legal"
    )
    lex.presses("Save who it goes to")
    challenge.when_the_letter_is_approved_and_sent(lex)
    lex.is_told("Sent. Everybody it is for can read it here.")
    for duty in ("REF-9", "REF-10"):
        assert deadline(referral, duty).state == "met", duty
    lena.opens(letters_page(referral))
    challenge.then_the_letter_says(
        lena, NOTICE, "Lena Legal", "passed to Hugo Highcourt", "on 4 June 2025", into=tmp_path
    )

    # The officer reads the note, and nobody else does; he makes his enquiries.
    hugo.opens("/referrals/").reads("In the two weeks", cast.amber.name, day("2025-06-18")).follows(
        referral.ref
    )
    hugo.follows("Read what was shared with you").reads(CALLER, MATTER, GUIDANCE)
    for person in (iris, lena):
        challenge.then_nothing_is_known_of(MARKERS, person, *everywhere, at)
        person.is_refused(f"{at}advice/")
    calendar.turns_to("2025-06-10")
    hugo.opens(at).follows("Enquiries").chooses("Staff of the local authority")
    hugo.fills("What did you learn?", "Nobody is employed to supervise it.").presses("Add this enquiry")
    hugo.reads("Nobody is employed to supervise it.")

    # Four days before the two weeks end, and not a day sooner, the delay letter begins itself.
    calendar.turns_to("2025-06-13")
    challenge.when_the_letters_that_are_owed_are_begun()
    hugo.opens(letters_page(referral)).does_not_read("Begun by the clock")
    calendar.turns_to("2025-06-14")
    challenge.when_the_letters_that_are_owed_are_begun()
    calendar.turns_to("2025-06-16")
    hugo.opens(letters_page(referral)).reads("Begun by the clock, because the letter is owed.").follows(DELAY)
    hugo.presses("Change what it says")
    challenge.when_a_letter_is_written(
        hugo, {
            "Why can the report not be given within two weeks?": "The director is away until Monday.",
            "By which day do you expect to send the report?": day("2025-06-25"),
        },
    )  # fmt: skip
    challenge.when_its_recipients_are_chosen(hugo, child=cast.amber, left_out_because=PICTURE_BOOK)
    challenge.when_the_letter_is_approved_and_sent(hugo)
    hugo.reads(f"Left out: {PICTURE_BOOK}", "on this system")
    iris.opens(at).reads("Excused", within="REF-12")
    iris.opens(letters_page(referral))
    challenge.then_the_letter_says(
        iris,
        DELAY,
        "The director is away until Monday.",
        "Wednesday 25 June 2025",
        "by 18 June 2025",
        into=tmp_path,
    )

    # A week late he decides: the five questions, who acts, the report. The delay was explained: no breach.
    calendar.turns_to("2025-06-25")
    challenge.when_the_decision_is_written(hugo.opens(at), consulted_on=day("2025-06-24"))
    hugo.follows("Go on to the decision report").presses(DECISION)
    challenge.when_a_letter_is_written(
        hugo, {
            "What did the enquiries show?": "The plan was made and never staffed.",
            "What happens next, besides the dates the report gives?": "The claim is issued in July.",
        },
    )  # fmt: skip
    challenge.when_its_recipients_are_chosen(hugo, child=cast.amber)
    challenge.when_the_letter_is_approved_and_sent(hugo, second=lex)
    hugo.is_told("Sent. 1 still to be posted, e-mailed or handed over").follows("Record the proof")
    hugo.fills("What shows that it was sent?", "Given to her at the visit, her carer present.").presses(
        "Save the proof"
    )
    hugo.reads("by hand; proof: Given to her at the visit, her carer present.")
    iris.opens(at).reads("Met late", "Met late by 5 working days", within="REF-12")
    assert not Miss.objects.filter(case=case, duty="REF-12").exists()
    iris.opens(letters_page(referral))
    challenge.then_the_letter_says(
        iris, DECISION, "The plan was made and never staffed.", "Judicial review or a human-rights claim",
        "She wants to play with her brother.", "Staff of the local authority", into=tmp_path,
    )  # fmt: skip

    # Within six weeks of the receipt the claim is started; it settles, and those who wait are told how it goes.
    calendar.turns_to("2025-07-09")
    hugo.opens(at).reads(day("2025-07-16"), within="REF-16").follows("Record the start of proceedings")
    hugo.presses("Record the start of proceedings").reads("Proceedings")
    assert deadline(referral, "REF-16").state == "met"
    calendar.turns_to("2025-08-01")
    hugo.opens(at).follows("Record a settlement")
    hugo.fills("Note for the chronology (optional)", "A worker is named; visits every Saturday.")
    hugo.presses("Record the settlement").reads(day("2025-09-12"), within="REF-17")
    hugo.follows("Send a progress report").presses(PROGRESS)
    challenge.when_a_letter_is_written(
        hugo, {
            "What has been done since you last wrote?": "The claim was started, and settled at court.",
            "What comes next?": "The final report in September.",
        },
    )  # fmt: skip
    challenge.when_its_recipients_are_chosen(hugo, child=cast.amber, left_out_because=PICTURE_BOOK)
    challenge.when_the_letter_is_approved_and_sent(hugo)
    hugo.opens(letters_page(referral))
    challenge.then_the_letter_says(
        hugo, PROGRESS, "The claim was started, and settled at court.", "by 15 August 2025", into=tmp_path
    )

    # The final report ends it. The officer keeps what he wrote; the lawyer sees it among what is over.
    calendar.turns_to("2025-09-01")
    hugo.opens("/referrals/").reads("Reports due").follows("Send the final report").presses(FINAL)
    hugo.finds_typed("What was settled?", "A worker is named; visits every Saturday.")
    challenge.when_a_letter_is_written(
        hugo, {
            "Why is it brought to an end?": "What the plan promised is now done.",
            "If a time limit was not kept, why not?": "The director was away in June.",
        },
    )  # fmt: skip
    challenge.when_its_recipients_are_chosen(hugo, child=cast.amber, left_out_because=PICTURE_BOOK)
    challenge.when_the_letter_is_approved_and_sent(hugo)
    challenge.then_the_letter_says(
        hugo, FINAL, "What the plan promised is now done.", "visits every Saturday", "The director was away in June.",
        into=tmp_path,
    )  # fmt: skip
    lex.opens("/referrals/").reads("Recently concluded (1)", "Concluded, Monday 1 September 2025")
    iris.opens(at).reads("Concluded").does_not_read("Record the judgment")
    steps.when_the_chronology_is_read(iris, case).reads("Final report sent")
    assert deadline(referral, "REF-17").state == "met"


def test_an_iro_reports_rights_met_and_cafcass_withdraws(cast, case, calendar, at_a_browser):
    calendar.turns_to("2025-06-04", at="10:00")
    referral = challenge.given_a_referral(cast, case, cast.amber, chronology=40)
    at = f"/referrals/{referral.key}/"
    referral = handling.receive(referral, by=cast.lex, on=day("2025-06-04"))
    handling.allocate(referral, by=cast.lex, on=day("2025-06-04"), route="high_court_team", officer=cast.hugo)
    handling.la_legal_notified(referral, by=cast.lex, on=day("2025-06-04"))
    iris, lex, hugo = (at_a_browser(person).is_signed_in() for person in (cast.iris, cast.lex, cast.hugo))

    # The two weeks pass without report or letter: that is written down, and stays.
    calendar.turns_to("2025-06-19")
    iris.opens(at).reads("Overdue", within="REF-12")
    missed = Miss.objects.get(case=case, duty="REF-12")

    # The child's rights are met. The IRO says so, and Cafcass decides.
    calendar.turns_to("2025-06-23")
    iris.opens(at).follows("Say that the child’s rights are now met")
    iris.fills("What has changed for the child?", "Amber has seen Blake on two Saturdays.")
    iris.presses("Tell Cafcass").reads(
        "Cafcass has not decided yet whether the referral is withdrawn or goes on"
    )
    lex.opens("/referrals/").follows("The IRO reports the rights met")
    lex.reads("Amber has seen Blake on two Saturdays.").chooses("The referral is withdrawn")
    lex.presses("Record the decision").is_told_of_a_problem("Enter reasons")
    lex.fills("Reasons", "The plan is carried out, and Hugo has seen it.").presses("Record the decision")
    lex.opens("/referrals/").reads("Withdrawn, Monday 23 June 2025")
    assert state(referral) == "withdrawn"

    # She reads why; nothing is owed any more; what was missed stays missed.
    iris.opens(at).reads(
        "Withdrawn", "the referral is withdrawn", "The plan is carried out, and Hugo has seen it."
    )
    iris.reads("Not required", within="REF-7").does_not_read("Record that it was provided")
    iris.opens("/").does_not_read("Provide each document promised")
    iris.opens(at).reads("Overdue", within="REF-12")
    missed.refresh_from_db()
    assert missed.annulled_at is None
    hugo.opens("/referrals/").reads("No referral is with you")
    hugo.is_refused(at)


def test_what_cannot_be_is_said_and_nothing_changes(cast, case, calendar, at_a_browser):
    calendar.turns_to("2025-06-04", at="10:00")
    referral = challenge.given_a_draft_of_a_referral(cast, case, cast.amber)
    at = f"/referrals/{referral.key}/"
    iris, sol, gwen, lex = (
        at_a_browser(who).is_signed_in() for who in (cast.iris, cast.sol, cast.gwen, cast.lex)
    )

    # Only an IRO refers: to everybody else the address is not there, whatever they send to it.
    for person in (sol, gwen):
        person.is_refused(f"{at}submit/")
        calls = Client()
        calls.force_login(person.user)
        assert calls.post(f"{at}submit/", {"on": "2025-06-04"}).status_code == 404
        assert state(referral) == "draft"

    # A paper is promised for a day that has passed.
    paper = "Chronology"
    iris.opens(f"{at}papers/").page.get_by_role("group", name=paper).get_by_role(
        "radio", name="To follow"
    ).check()
    iris.fills_date("By which day will it come?", day("2025-06-03")).presses("Save")
    iris.is_told_of_a_problem("Tuesday 3 June 2025 has passed. Promise it for today or a later day (PN 3.9).")
    expect(iris.page.locator("input.govuk-input--error").first).to_have_value("3")
    assert not referral.papers.filter(answer="to_follow").exists()

    # Two windows, one press in each: it is sent once.
    beside = at_a_browser(cast.iris).is_signed_in()
    for window in (iris, beside):
        window.opens(f"{at}submit/")
    iris.presses("Submit the referral").is_told("Referral 1 is with Cafcass Legal.")
    beside.presses("Submit the referral").reads("Referral 1 has already been submitted. It is sent once")
    assert Event.objects.filter(case=case, happening="referral_submitted").count() == 1

    # It cannot have come before it was sent.
    lex.opens(f"{at}receive/").fills_date("On which day?", day("2025-06-03")).presses("Record the receipt")
    lex.is_told_of_a_problem("Tuesday 3 June 2025 is before Referral 1 was submitted").finds_typed("Day", "3")
    assert state(referral) == "submitted"

    # Nobody has it yet: nobody can decide on it.
    lex.opens(f"{at}decision/").fills("Reasons", "Long and carefully thought out.")
    lex.presses("Save the decision record").is_told_of_a_problem("Referral 1 has not been allocated yet.")
    lex.finds_typed("Reasons", "Long and carefully thought out.")
    assert not Decision.objects.exists()
    assert state(referral) == "submitted"
