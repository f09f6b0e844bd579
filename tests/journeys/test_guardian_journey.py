"""A guardian comes, is answered, and goes without leaving anything behind."""

import pikepdf
import pytest

from cases.models import Case, Matter
from letters import tasks
from letters.models import Letter
from tests.journeys import steps
from tests.journeys.steps import day
from tests.pdfs import text_of

pytestmark = pytest.mark.needs_browser
AMBER, BLAKE = "Amber Example", "Blake Example"
APPENDIX_1 = "Appendix 1: the guardian introduces themselves"
APPENDIX_2 = "Appendix 2: the guardian hands over"
THERAPY = "Speech and language therapy, promised by the health visitor for the end of January."
GRANDMOTHER = "Time with her grandmother, agreed at six times a year, has not begun."


def test_the_guardian_is_introduced_and_answered_by_the_name_of_the_iro(cast, calendar, at_a_browser):
    steps.given_everybody_can_be_reached(cast)
    cass, gwen = at_a_browser(cast.cass), at_a_browser(cast.gwen)
    lena, mona = at_a_browser(cast.lena), at_a_browser(cast.mona)
    calendar.turns_to("2025-06-03")
    case = steps.given_proceedings_about_the_siblings(cast, issued="2025-06-02")
    steps.given(
        case,
        "hearing_listed",
        "2025-06-02",
        by=cast.lena,
        details={"hearing": "cmh", "date": day("2025-06-19")},
    )

    # Cafcass's manager allocates the guardian; the letter that says so waits as a draft.
    cass.is_signed_in()
    steps.when_somebody_is_appointed(
        cass, case, name="Gwen Guardian", role="Children’s guardian", words="a guardian", on="2025-06-03"
    )
    cass.is_told("Gwen Guardian is appointed.")
    tasks.keep_up()
    steps.then_my_work_has(cass, "Send the Appendix 1 letter")
    gwen.is_signed_in()
    gwen.opens(f"/cases/{case.key}/letters/").reads(
        "Draft", "Begun by the clock, because the letter is owed."
    )
    gwen.follows(APPENDIX_1).presses("Check and approve")
    gwen.reads("Check your answers", "Gwen Guardian", "01632 960123", AMBER)
    gwen.presses("Approve this letter").presses("Send this letter")
    gwen.is_told("Northmoor Council (invented) can read it here")

    # The IRO service answers by naming the IRO.
    mona.is_signed_in()
    steps.then_my_work_has(mona, "Acknowledge the Appendix 1 letter by naming the IRO")
    mona.presses("Acknowledge the Appendix 1 letter").follows(APPENDIX_1)
    mona.reads("01632 960123").presses("Acknowledge it by naming the IRO")
    mona.chooses("Iris Reviewer", of="Who is the IRO?").presses("Acknowledge the letter")
    mona.is_told("Cafcass Greyhills (invented) now has Iris Reviewer as the IRO.")
    mona.opens(f"/cases/{case.key}/").reads("Iris Reviewer").does_not_read("Allocate an IRO")

    # She speaks to the IRO before the Case Management Hearing, and the stage moves when it is held.
    calendar.turns_to("2025-06-10")
    steps.then_my_work_has(gwen, "Make contact with the IRO", day("2025-06-18"))
    gwen.presses("Record a contact: Make contact with the IRO")
    gwen.chooses("Guardian and IRO", of="Between").chooses("First contact", of="Purpose")
    gwen.chooses("Video call", of="How").presses("Record a contact").is_told("Recorded: Contact made")
    gwen.opens(f"/cases/{case.key}/deadlines/").reads("Met", within="Make contact with the IRO")
    calendar.turns_to("2025-06-19")
    lena.is_signed_in()
    steps.when_something_is_recorded(lena, case, "Hearing held", on="2025-06-19")
    lena.chooses("Case Management Hearing", of="Hearing").presses("Record a hearing held")
    steps.then_the_case_stands_at(gwen, case, "Up to the IRH and final hearing")


def test_the_guardian_hands_over_and_leaves_nothing_behind(cast, calendar, at_a_browser, tmp_path):
    steps.given_everybody_can_be_reached(cast)
    gwen, iris, cass = (at_a_browser(person) for person in (cast.gwen, cast.iris, cast.cass))
    calendar.turns_to("2025-12-04")
    case = steps.given_proceedings_about_the_siblings(cast, issued="2025-06-02")
    steps.given_the_siblings_are_looked_after(cast, case, since="2025-06-02")
    steps.given_a_guardian(cast, case, since="2025-06-04")
    steps.given_an_iro(cast, since="2025-06-09")
    steps.given(case, "hearing_held", "2025-06-19", by=cast.lena, details={"hearing": "cmh"})

    # The court decides.
    gwen.is_signed_in()
    steps.when_something_is_recorded(gwen, case, "Proceedings concluded", on="2025-12-04")
    gwen.chooses("Care order", of="Outcome").presses("Record the conclusion of proceedings")
    steps.when_the_chronology_is_read(gwen, case).reads("Outcome: Care order.")
    steps.then_the_case_stands_at(gwen, case, "Completion")
    steps.then_my_work_has(gwen, "Send the written handover, the Appendix 2 letter", day("2025-12-18"))

    # An empty handover is asked about, in plain words; a full one is what the IRO gets.
    calendar.turns_to("2025-12-10")
    gwen.opens(f"/cases/{case.key}/letters/").presses(APPENDIX_2)
    gwen.fills("Matter 1", "As above.").presses("Save and check")
    gwen.reads(
        "Is this what you mean to say?",
        "“As above.” gives the IRO nothing to follow up",
        "The letter will say that you and the IRO have not talked the plan through.",
        "Continue anyway: approve this letter",
    )
    gwen.follows("Change it: “As above.”")
    gwen.finds_typed("Matter 1", "As above.")
    gwen.fills("What did the court decide?", "Care orders were made for both children.")
    gwen.chooses("It is planned", of="Is there one goodbye visit to the child?")
    gwen.fills_date("Day of the goodbye visit", day("2025-12-17"))
    gwen.fills_date("On which day did the final care plan reach the IRO?", day("2025-12-05"))
    gwen.fills_date("On which day did you and the IRO talk it through?", day("2025-12-08"))
    gwen.fills(
        "How closely does the plan need watching?",
        "Look at the school place every month until it is confirmed.",
    )
    gwen.fills("Matter 1", THERAPY).chooses(BLAKE, of="Which child is matter 1 about?")
    gwen.fills("Matter 2", GRANDMOTHER).chooses(AMBER, of="Which child is matter 2 about?")
    gwen.fills_date("On which day did you check that the IRO has every relevant document?", day("2025-12-09"))
    gwen.presses("Save and check")
    gwen.reads(THERAPY, GRANDMOTHER).does_not_read("Is this what you mean to say?")
    gwen.presses("Approve this letter").presses("Send this letter").is_told("Sent. Northmoor Council")
    pdf = gwen.downloads("Download the PDF", into=tmp_path)
    then_the_paper_is_tagged_and_says(pdf, THERAPY, GRANDMOTHER, "Gwen Guardian", "4 December 2025")
    assert Matter.objects.filter(closed_on=None).count() == 2

    # Each child gets a letter of their own, which her manager reads before it goes.
    for child in (AMBER, BLAKE):
        gwen.opens(f"/cases/{case.key}/letters/").presses(f"Letter to {child}")
        gwen.fills("What did the judge decide?", "The judge decided that you will stay with your aunt.")
        gwen.chooses("Yes", of="Will you visit once more to say goodbye?")
        gwen.fills_date("Day of the goodbye visit", day("2025-12-17"))
        gwen.presses("Save and check").presses("Approve this letter")
        steps.when_a_second_person_agrees(cass, gwen)
        gwen.presses("Send this letter")
        gwen.is_told("Print the PDF and see that the child gets it.")
    steps.then_my_work_has(gwen, "You owe nothing")

    # The IRO takes over: on file, and with a word on how useful it was.
    iris.is_signed_in()
    steps.when_something_is_recorded(iris, case, "Handover recorded on the child's file")
    iris.presses("Record the handover on file").is_told("Recorded: Handover recorded")
    iris.opens(f"/cases/{case.key}/letters/").follows(APPENDIX_2)
    iris.presses("2 – Little use").is_told_of_a_problem("Say what was missing")
    iris.fills("What was missing?", "Who agreed the visits to the grandmother.").presses(
        "Save the score of 2"
    )
    iris.is_told("Thank you.")
    assert Letter.objects.get(kind="appendix_2").usefulness == 2
    iris.opens(f"/cases/{case.key}/reviews/").reads(f"{BLAKE}: {THERAPY}", f"{AMBER}: {GRANDMOTHER}")

    # The guardian goes; the IRO stays.
    calendar.turns_to("2025-12-18")
    steps.when_something_is_recorded(gwen, case, "Guardian withdrew", on="2025-12-18")
    gwen.presses("Record that the guardian withdrew").reads("My work").is_told("Recorded: Guardian withdrew")
    gwen.is_refused(f"/cases/{case.key}/")
    steps.then_the_case_stands_at(iris, case, "After proceedings")
    assert Case.objects.get(pk=case.pk).stage == "post_proceedings"


def then_the_paper_is_tagged_and_says(path, *sentences):
    """A PDF a screen reader can follow, in which every matter stands."""
    with pikepdf.open(path) as pdf:
        assert pdf.Root.MarkInfo.Marked
        assert str(pdf.Root.Lang) == "en-GB"
    words = text_of(path.read_bytes())
    for sentence in sentences:
        assert sentence in words
