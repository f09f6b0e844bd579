"""An IRO takes a dispute up the ladder, and refers the child over a promised paper."""

import pytest

from referrals.models import Dispute, Referral
from tests.journeys import challenge, steps
from tests.journeys.steps import day

pytestmark = pytest.mark.needs_browser
CONCERN = "The plan promises monthly time with her brother. None has taken place since March."


def test_an_iro_takes_a_dispute_to_the_director_and_refers_over_a_promised_paper(cast, calendar, at_a_browser):
    calendar.turns_to("2025-06-02")
    steps.given_the_siblings_have_a_social_worker(cast, since="2025-04-01")
    case = steps.given_proceedings_about_the_siblings(cast, issued="2025-04-17")
    steps.given_the_siblings_are_looked_after(cast, case, since="2025-04-17")
    steps.given_an_iro(cast, since="2025-04-22")
    steps.given_a_guardian(cast, case, since="2025-04-22")
    iris, tess, dora, mona = (
        at_a_browser(person).is_signed_in() for person in (cast.iris, cast.tess, cast.dora, cast.mona)
    )

    # The team manager is asked, formally: five working days of the twenty are hers.
    challenge.when_a_dispute_is_raised(iris, case, formal=True, concern=CONCERN)
    iris.is_told("Dispute 1 is on the chronology.")
    iris.reads("Formal dispute", "Team manager", day("2025-06-09"), day("2025-06-30"))
    iris.follows("Complaints and advocacy explained")
    iris.fills(
        "Who was told of the complaints procedure and of the right to an advocate, and how?",
        "Amber’s aunt, by telephone.",
    )
    iris.presses("Record that they know")

    # She says no, and cannot end it.
    calendar.turns_to("2025-06-05")
    steps.then_my_work_has(tess, "Answer at this rung", "Dispute 1")
    tess.presses("Record an answer: Answer at this rung")
    tess.fills("What is the answer?", "There is no worker to supervise it.").chooses(
        "No", of="Does it accept what is asked?"
    )
    tess.presses("Send the answer")
    tess.reads("There is no worker to supervise it.").does_not_read("Resolve the dispute", "Withdraw the dispute")

    # Two steps are passed over with a reason; the IRO manager endorses when she is back.
    calendar.turns_to("2025-06-06")
    dispute = Dispute.objects.get()
    iris.opens(f"/disputes/{dispute.key}/").follows("Take the dispute further")
    iris.chooses("Director (3 working days to answer)", of="To which step?").presses("Take it further")
    iris.is_told_of_a_problem("This step passes over Service manager and Head of service.")
    iris.fills("If you pass over a step, why? (optional)", "The summer plan is settled on Friday week.")
    iris.presses("Take it further")
    iris.reads("Passed over Service manager, Head of service", "awaiting endorsement by the IRO manager")
    iris.reads(day("2025-06-11"))
    calendar.turns_to("2025-06-10")
    mona.opens(f"/disputes/{dispute.key}/").follows("Endorse a step")
    mona.chooses("Yes", of="Do you endorse the step?").fills("Your view", "Right, there is no time to lose.")
    mona.presses("Give your view").reads("Endorsed by the IRO manager").does_not_read("awaiting endorsement")

    # The director is late, and says no.
    calendar.turns_to("2025-06-13")
    steps.then_my_work_has(dora, "Overdue", "Answer at this rung")
    dora.presses("Record an answer: Answer at this rung")
    dora.fills("What is the answer?", "Not before the autumn.").chooses("No", of="Does it accept what is asked?")
    dora.presses("Send the answer")
    iris.opens(f"/disputes/{dispute.key}/").reads("Late by 2 working days", "Not before the autumn.")
    iris.follows("Leave the dispute unresolved").presses("End it unresolved")
    iris.reads("Ended unresolved").follows("Tell the guardian").presses("Record that the guardian knows")
    iris.follows("Decide on a separate report to the court")
    iris.fills("What is decided, and why?", "No separate report: the guardian raises it.").presses("Record the decision")

    # She refers: the judgment is promised for Friday, and holds nothing up.
    iris.opens(f"/cases/{case.key}/referrals/").reads("Referrals are rare").presses("Begin a referral")
    iris.ticks(cast.amber.name).presses("Begin a referral")
    challenge.when_the_screening_is_answered(iris)
    challenge.when_the_account_is_written(iris)
    challenge.when_the_papers_are_answered(
        iris, to_follow={"Judgment, or the court’s facts and reasons": day("2025-06-20")}
    )
    iris.reads("Ready to submit").follows("Check and submit").presses("Submit the referral")
    iris.reads("Submitted", "Judgment, or the court’s facts and reasons", day("2025-06-20"), day("2025-06-27"))
    steps.then_my_work_has(iris, "Provide each document promised with the referral", "Judgment")
    referral = Referral.objects.get()
    assert list(referral.children.all()) == [cast.amber]
    steps.when_the_chronology_is_read(iris, case).reads("Referral submitted", "Dispute ended unresolved")

    # It has arrived: the same button records it. Twice would be once too often.
    calendar.turns_to("2025-06-19")
    steps.then_my_work_has(iris, "Provide each document promised")
    iris.presses("Record a promised document: Provide each document promised").presses("It has gone to Cafcass")
    iris.reads("Provided", day("2025-06-19"))
    iris.is_refused(f"/referrals/{referral.key}/allocate/")
