"""Two siblings in care, told by those who stay: LA legal, the IRO manager and above all the IRO."""

import pytest

from cases.models import Event, Matter, Miss
from tests.journeys import steps
from tests.journeys.steps import day

pytestmark = pytest.mark.needs_browser
NOTE = "Note for the chronology (optional)"
AMBER, BLAKE = "Amber Example", "Blake Example"
BOTH = f"{AMBER}, {BLAKE}"


def test_an_urgent_issue_is_allocated_and_the_first_review_counted_past_easter(cast, calendar, at_a_browser):
    steps.given_the_siblings_have_a_social_worker(cast, since="2025-04-01")
    steps.given_an_iro_who_manages_the_social_worker(cast)
    lena, mona, iris = at_a_browser(cast.lena), at_a_browser(cast.mona), at_a_browser(cast.iris)

    # Maundy Thursday: LA legal goes to court for both children at once.
    calendar.turns_to("2025-04-17")
    lena.signs_in()
    lena.reads("My work")
    case = steps.when_the_case_is_opened(lena, children=[AMBER, BLAKE], on="2025-04-17")
    steps.then_the_case_stands_at(lena, case, "Issue to the CMH")
    lena.reads("1 of 26", "None listed", "Not allocated", "Not appointed")
    steps.when_something_is_recorded(lena, case, "Became looked after", on="2025-04-17")
    lena.chooses("C1 interim care order", of="Legal status").presses(
        "Record that the child became looked after"
    )
    lena.is_told("Recorded: Became looked after, Thursday 17 April 2025.")

    # After Easter the IRO manager finds out who may not be their IRO.
    calendar.turns_to("2025-04-22")
    mona.is_signed_in()
    steps.then_my_work_has(mona, "Allocate an IRO to each child who has none", BOTH)
    mona.reads(day("2025-04-28"))
    steps.when_somebody_is_appointed(
        mona, case, name="Ivor Reviewer", role="IRO", words="an IRO", on="2025-04-22"
    )
    mona.is_told_of_a_problem("Ivor Reviewer cannot be the IRO for Amber Example: they manage Sol Worker")
    mona.chooses("Iris Reviewer", of="Who is the IRO?").ticks("Controls resources for the case").presses(
        "Appoint"
    )
    mona.is_told_of_a_problem("Iris Reviewer controls resources for the case")
    mona.unticks("Controls resources for the case").presses("Appoint")
    mona.is_told("Iris Reviewer is appointed.")
    iris.is_signed_in()
    steps.then_the_case_stands_at(iris, case, "Issue to the CMH")
    iris.reads("Iris Reviewer")

    # The IRO sees what she owes, and why on that day.
    steps.then_my_work_has(iris, "Later", "Hold the first review", BOTH)
    iris.reads(day("2025-05-20")).does_not_read("Overdue")
    iris.follows("Why this date? Hold the first review")
    iris.reads("Good Friday", "Easter Monday", "Early May bank holiday", "CPPCR 2010 reg 33(1)")
    assert "Friday 18 April 2025: Good Friday" in iris.words

    # She speaks to the guardian, and writes it down.
    steps.given_a_guardian(cast, case, since="2025-04-22")
    steps.when_something_is_recorded(iris, case, "Contact made", on="2025-04-22")
    iris.chooses("Guardian and IRO", of="Between").chooses("First contact", of="Purpose")
    iris.chooses("Telephone", of="How")
    iris.fills(NOTE, "Introduced ourselves; the guardian sees the children on Friday.")
    iris.presses("Record a contact")
    iris.is_told("Recorded: Contact made, Tuesday 22 April 2025.")
    steps.when_the_chronology_is_read(iris, case)
    iris.reads("Introduced ourselves", within="Contact made").reads("recorded by Iris Reviewer")
    iris.does_not_read("Participation")
    iris.follows("Show as a list").reads("Contact made", "Became looked after")


def test_what_if_shows_what_would_change_and_saves_nothing(cast, calendar, at_a_browser):
    calendar.turns_to("2025-04-22")
    case = steps.given_proceedings_about_the_siblings(cast, issued="2025-04-17")
    steps.given_a_guardian(cast, case, since="2025-04-22")
    steps.given_an_iro(cast, since="2025-04-22")
    iris = at_a_browser(cast.iris).is_signed_in()
    before = Event.objects.count()

    iris.opens(f"/cases/{case.key}/").presses("What if?").follows("Hearing listed")
    iris.chooses("Case Management Hearing", of="Hearing").fills_date("Date of the hearing", day("2025-05-15"))
    iris.presses("See what would change")

    iris.reads("Nothing is saved.", "What would change", "CMH-7", day("2025-05-14"), "Awaiting a date")
    steps.then_nothing_was_saved(before)
    steps.then_the_case_stands_at(iris, case, "Issue to the CMH")
    iris.reads("None listed")


def test_both_siblings_are_reviewed_in_one_go_and_a_mistake_is_struck_through(cast, calendar, at_a_browser):
    calendar.turns_to("2025-05-08")
    case = steps.given_proceedings_about_the_siblings(cast, issued="2025-04-17")
    steps.given_the_siblings_are_looked_after(cast, case, since="2025-04-17")
    steps.given_an_iro(cast, since="2025-04-22")
    steps.given_a_guardian(cast, case, since="2025-04-22")
    steps.given(case, "hearing_held", "2025-05-08", by=cast.lena, details={"hearing": "cmh"})
    iris = at_a_browser(cast.iris).is_signed_in()

    iris.opens(f"/cases/{case.key}/reviews/").follows("Arrange a review")
    iris.chooses("A new review").fills_date("Date of the review", day("2025-05-16")).presses(
        "Arrange a review"
    )
    iris.opens(f"/cases/{case.key}/reviews/").reads(day("2025-05-16"), "Not held yet")
    steps.when_something_is_recorded(iris, case, "Guardian told of the review", on="2025-05-08")
    iris.chooses("Review of Friday 16 May 2025").presses("Record that the guardian was told")
    iris.is_told("Recorded: Guardian told of the review")

    calendar.turns_to("2025-05-16")
    steps.then_my_work_has(iris, "Later", "Hold the first review")
    iris.opens(f"/cases/{case.key}/reviews/").follows("Record a review held")
    iris.chooses("Review of Friday 16 May 2025").chooses("No", of="Did significant issues arise?")
    iris.chooses("PN1: attended and spoke", of="How did Amber Example take part? (optional)")
    iris.chooses("PN0: under four years old", of="How did Blake Example take part? (optional)")
    iris.fills(
        "The IRO’s view of the plan and its progress (optional)", "The children settle well with their aunt."
    )
    iris.presses("Record a review held").is_told("Recorded: Review held, Friday 16 May 2025.")
    iris.opens(f"/cases/{case.key}/reviews/").reads(f"{AMBER}: PN1", f"{BLAKE}: PN0")
    iris.reads("Hold the second review", BOTH, day("2025-08-16"))

    calendar.turns_to("2025-05-21")
    for what, button in (
        ("Review decisions written", "Record the decisions written"),
        ("Review record completed", "Record the full record completed"),
    ):
        steps.when_something_is_recorded(iris, case, what)
        iris.chooses("Review of Friday 16 May 2025").presses(button).is_told(f"Recorded: {what}")
    iris.opens(f"/children/{cast.amber.key}/").reads("PN1", within="Friday 16 May 2025")

    # The contact was on the day before: nothing is deleted.
    steps.when_something_is_recorded(iris, case, "Contact made", on="2025-05-21")
    iris.chooses("Guardian and IRO", of="Between").chooses("Other", of="Purpose").chooses("E-mail", of="How")
    iris.presses("Record a contact")
    steps.when_the_chronology_is_read(iris, case).follows("Correct this: Contact made")
    iris.chooses("It happened on another day").fills_date("The day it happened", day("2025-05-20"))
    iris.fills("Why are you correcting it?", "The e-mail is dated Tuesday.").presses("Correct it")
    iris.is_told("The first version stays in the chronology, struck through.")
    assert iris.page.locator("s", has_text="Contact made").count() == 1
    iris.reads("Corrected by Iris Reviewer on Wednesday 21 May 2025: The e-mail is dated Tuesday.")

    # The final evidence is in, and the IRO says what she makes of the plan.
    calendar.turns_to("2025-07-01")
    steps.given(case, "final_evidence_with_iro", "2025-06-30", by=cast.lena)
    iris.opens(f"/cases/{case.key}/").reads("The final care plan is not endorsed.")
    steps.when_something_is_recorded(iris, case, "IRO's view of the final care plan given", on="2025-07-01")
    iris.chooses("Review of Friday 16 May 2025").chooses("Endorsed", of="View")
    iris.fills(NOTE, "The plan fits what the children said and what the aunt can do.")
    iris.presses("Endorse or challenge the plan")
    iris.opens(f"/cases/{case.key}/reviews/").reads("endorsed on Tuesday 1 July 2025")


def test_a_hearing_moved_after_its_deadline_leaves_the_breach(cast, calendar, at_a_browser):
    calendar.turns_to("2025-05-06")
    case = steps.given_proceedings_about_the_siblings(cast, issued="2025-04-17")
    steps.given_an_iro(cast, since="2025-04-22")
    steps.given_a_guardian(cast, case, since="2025-04-22")
    lena, iris = at_a_browser(cast.lena).is_signed_in(), at_a_browser(cast.iris).is_signed_in()
    lena.opens(f"/cases/{case.key}/hearings/").follows("Record a listing")
    lena.chooses("Case Management Hearing", of="Hearing").fills_date("Date of the hearing", day("2025-05-08"))
    lena.presses("Record a listing")
    lena.reads("CMH, Thursday 8 May 2025")

    calendar.turns_to("2025-05-09")
    iris.opens(f"/cases/{case.key}/").reads("Overdue", "Make contact with the IRO", "Late by 2 working days")
    lena.opens(f"/cases/{case.key}/hearings/").follows("Record a new hearing date")
    lena.fills_date("When did it happen?", day("2025-05-08"))
    lena.chooses("Case Management Hearing", of="Hearing").fills_date("New date", day("2025-05-22"))
    lena.presses("Record a new hearing date")

    iris.opens(f"/cases/{case.key}/deadlines/").reads(
        "the date has moved since, the miss stays", day("2025-05-07"), day("2025-05-21")
    )
    steps.when_the_chronology_is_read(iris, case).reads("Missed", "CMH-7")
    assert Miss.objects.filter(duty="CMH-7", annulled_at=None).exists()


def test_what_the_guardian_handed_over_is_put_on_file_and_closed_with_evidence(cast, calendar, at_a_browser):
    steps.given_everybody_can_be_reached(cast)
    calendar.turns_to("2025-12-10")
    case = steps.given_proceedings_about_the_siblings(cast, issued="2025-06-02")
    steps.given_the_siblings_are_looked_after(cast, case, since="2025-06-02")
    steps.given_a_guardian(cast, case, since="2025-06-04")
    steps.given_an_iro(cast, since="2025-06-09")
    steps.given_proceedings_concluded(cast, case, on="2025-12-04")
    steps.given_a_handover(cast, case, matters=["Speech therapy for Amber, promised by the end of January."])
    iris = at_a_browser(cast.iris).is_signed_in()

    steps.then_my_work_has(iris, "Put the discussions and the handover on the child's file")
    iris.presses("Record the handover on file: Put the discussions")
    iris.fills(NOTE, "On both files. Outstanding: speech therapy.")
    iris.presses("Record the handover on file").is_told("Recorded: Handover recorded on the child's file")

    iris.opens(f"/cases/{case.key}/reviews/").follows(
        "Close it with evidence: Speech therapy", within=f"{AMBER}: Speech"
    )
    iris.presses("Close the matter").is_told_of_a_problem("Say what was done, and how you know")
    iris.fills("What was done, and how do you know?", "First session on 9 December; the school confirms it.")
    iris.presses("Close the matter").is_told("The matter is closed.")
    iris.reads("Closed on Wednesday 10 December 2025 by Iris Reviewer", "the school confirms it")
    assert Matter.objects.filter(closed_by=cast.iris).count() == 1
