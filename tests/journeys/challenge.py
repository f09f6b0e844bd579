"""Given, when, then for disputes, the advice line and referrals."""

from letters import clock as letters_clock
from referrals import checklist, questions
from tests.journeys.steps import when_a_second_person_agrees
from tests.pdfs import text_of
from tests.referrals import referring_steps

# How the IRO of these stories answers the screening: nothing speaks against a referral.
ANSWERS = {
    "looked_after": "Yes, looked after by the authority",
    "tried": "Steps have been taken and are failing",
    "impact": "The child’s timetable leaves no time to lose",
    "statutory": "Yes, it is like this",
    "plan": "Yes, it is like this",
}
BECAUSE = {
    "tried": "Informally, then to the team manager and the director: both said no.",
    "impact": "Amber loses her brother if nothing is done before the summer.",
    "adult_willing": "Her grandmother was asked and is not able to.",
}


def when_a_dispute_is_raised(iro, case, *, formal, concern, person=None):
    iro.opens(f"/cases/{case.key}/disputes/").follows("Raise a dispute")
    iro.chooses("A concern, as a formal dispute" if formal else "A concern, informally")
    iro.chooses("Time with family, brothers and sisters", of="Theme")
    iro.fills("What is the concern, or what was done well?", concern)
    iro.fills("What does it mean for the child?", "She has not seen him since March.")
    iro.fills("What do you want to happen?", "Monthly time together, as the care plan says.")
    iro.fills("What is the child’s timetable?", "Before the summer holidays begin.")
    return iro.presses("Raise it")


def when_the_screening_is_answered(iro):
    """One question a page, to the end."""
    iro.follows("Screening")
    for question in questions.QUESTIONS:
        iro.reads(question.title)
        iro.chooses(ANSWERS.get(question.name, "No"), of="Your answer")
        if because := BECAUSE.get(question.name):
            iro.page.locator("textarea[name=because]").fill(because)
        iro.presses("Save and continue")
    return iro.reads("Check your answers", "Where your answers point: Refer to Cafcass Legal").presses(
        "Save the screening"
    )


def when_the_account_is_written(iro):
    iro.follows("Your account")
    iro.fills(
        "What is the concern?", "The care plan promises monthly time with her brother. None has taken place."
    )
    iro.fills("What has happened so far?", "Informal in April, team manager in May, director in June.")
    iro.fills("Why is local resolution failing?", "Every answer names a lack of staff and no date.")
    iro.fills("What do you ask Cafcass to do?", "To see that the plan is carried out.")
    iro.chooses("No", of="Is it urgent?").presses("Save")
    iro.follows("The child’s wishes and feelings")
    iro.fills("What does the child wish and feel?", "“I want to play with Blake on Saturdays.”")
    iro.fills("What does the child think of going to court about it?", "She is too young to say.")
    iro.presses("Save")
    iro.follows("Other agencies and communication")
    iro.fills("Who works with the child in other agencies?", "The school’s designated teacher.")
    iro.fills("What should Cafcass know to meet this child and family well?", "No interpreter is needed.")
    return iro.presses("Save")


def when_the_papers_are_answered(iro, *, to_follow):
    """All enclosed but one, promised for a day."""
    iro.follows("Papers")
    for item, _ in checklist.SHIPPED:
        group = iro.page.get_by_role("group", name=item)
        if item in to_follow:
            group.get_by_role("radio", name="To follow").check()
            iro.fills_date("By which day will it come?", to_follow[item])
        else:
            group.get_by_role("radio", name="Enclosed").check()
    return iro.presses("Save")


# --- The advice line ------------------------------------------------------------------------------------


def when_a_call_is_noted(lawyer, child, *, caller, matter, guidance):
    lawyer.opens("/advice/").presses("Take a note")
    lawyer.fills("Who called?", caller).chooses(str(child.authority), of="Authority (optional)")
    lawyer.fills("Child’s name (optional)", child.name).fills_date(
        "Child’s date of birth (optional)", child.born
    )
    lawyer.fills("What was discussed?", matter).fills("Guidance given", guidance)
    lawyer.chooses("No", of="Is there an overriding child-protection concern?").presses("Keep the note")
    return lawyer.is_told("The note is kept. Only Cafcass Legal can read it.")


def then_nothing_is_known_of(markers, person, *pages):
    """Neither to be read nor hidden in what the browser is sent."""
    for page in pages:
        sent = person.context.request.get(page)
        assert sent.ok, f"{page} answered {sent.status}"
        assert not [word for word in markers if word in sent.text()], f"{page} told {person.user.name}"


# --- A referral with Cafcass ----------------------------------------------------------------------------


def given_a_referral(cast, case, *children, **promised):
    """Submitted today by Iris; `promised` papers come so many days from now."""
    return referring_steps.submitted(cast, case, *children, **promised)


def given_a_draft_of_a_referral(cast, case, *children):
    """Everything is answered, and nothing sent."""
    return referring_steps.ready(cast, case, *children)


def when_the_referral_is_received(lawyer, children):
    lawyer.opens("/referrals/").reads("New", children).follows("Record the receipt")
    return lawyer.presses("Record the receipt").is_told("The receipt is recorded.")


def when_it_is_allocated_to_the_high_court_team(lawyer, officer):
    lawyer.follows("Allocate the referral").chooses("High Court Team")
    lawyer.chooses(
        f"{officer.name}, {officer.get_role_display()}, {officer.organisation}",
        of="Officer of the High Court Team",
    )
    return lawyer.presses("Allocate").is_told("The referral is allocated.")


def when_the_decision_is_written(officer, *, consulted_on):
    """Nobody but Cafcass can act, and only a claim is left."""
    officer.follows("Write the decision")
    for answer, question in (
        ("Yes", "Is there evidence that the child’s human rights are being compromised?"),
        ("No", "Are there further opportunities to resolve the dispute?"),
        ("No", "Could other proceedings solve the problem?"),
        ("Yes", "Is judicial review, or a human-rights claim of its own, necessary?"),
        ("No", "Is the child able and willing to instruct a lawyer?"),
        ("No", "Is an adult able and willing to begin proceedings?"),
        ("Cafcass", "Who acts?"),
        ("Judicial review or a human-rights claim", "What will be done?"),
    ):
        officer.chooses(answer, of=question)
    officer.fills("What is the evidence?", "No time together since March, against the care plan.")
    officer.fills("What are the child’s wishes and feelings?", "She wants to play with her brother.")
    officer.fills(
        "What is done to be appointed as the child’s litigation friend?", "The application is drafted."
    )
    officer.fills("Reasons", "Every rung of the ladder was climbed and nothing is arranged.")
    officer.fills_date("Your manager was consulted on", consulted_on)
    officer.fills_date("Cafcass Legal was consulted on", consulted_on)
    return officer.presses("Save the decision record").reads("Everything the report needs is here.")


# --- Its letters ----------------------------------------------------------------------------------------


def when_the_letters_that_are_owed_are_begun():
    """What the clock does every few minutes."""
    letters_clock.begin_owed()


def when_a_letter_is_written(person, answers):
    """Each answer under its question."""
    for question, answer in answers.items():
        if hasattr(answer, "year"):
            person.fills_date(question, answer)
        else:
            person.fills(question, answer)
    return person.presses("Save and go on")


def when_its_recipients_are_chosen(person, *, child, left_out_because=""):
    """Those the practice note names, as they are found; for the child it has to be decided."""
    group = person.page.get_by_role("group", name=f"The child: {child.name}")
    group.get_by_role("radio", name="No" if left_out_because else "Yes").check()
    if left_out_because:
        group.get_by_label("If not: why, and how does the child learn of it instead?").fill(left_out_because)
    else:
        group.get_by_label("Address, or where to find them").fill("At her foster home")
    return person.presses("Save who it goes to")


def when_the_letter_is_approved_and_sent(person, *, second=None):
    """What goes to somebody outside the two services is read by a second person before it is sent."""
    way = (
        "Continue anyway: approve"
        if "Is this what you mean to say?" in person.words
        else "Approve this letter"
    )
    person.presses(way)
    if second:
        when_a_second_person_agrees(second, person)
    return person.presses("Send this letter")


def then_the_letter_says(person, kind, *words, into):
    """The PDF that anybody it is for can download, read as text."""
    person.follows(kind)
    said = text_of(person.downloads("Download the PDF", into=into).read_bytes())
    for wanted in words:
        assert wanted in said, f"{wanted!r} is not in the {kind}: {said}"
    return person
