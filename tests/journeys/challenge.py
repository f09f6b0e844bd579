"""Given, when, then for disputes, the advice line and referrals."""

from referrals import checklist, questions

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
    iro.fills("What is the concern?", "The care plan promises monthly time with her brother. None has taken place.")
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

