"""A dispute from the first word to what changed for the child, through its verbs."""

from datetime import date

import pytest

from accounts.roles import PersonRole
from cases.actions import correct
from cases.appointments import appoint
from cases.models import Case, Deadline, Notice
from cases.refusal import NotYours, Refusal
from referrals import disputefile, disputes
from referrals.models import Dispute
from tests.cases.steps import day, happened, opened, the
from tests.referrals.dispute_steps import WORDS, a_case, answered, climbed, now, raised, rung

pytestmark = pytest.mark.usefixtures("today")


@pytest.fixture
def case(cast):
    return a_case(cast)


@pytest.fixture
def formal(cast, case):
    """Formal since Monday 10 February 2025, with Tess: she has until Monday 17 February."""
    return raised(cast, case, formal=True)


def told(case, *happenings):
    return case.events.standing().filter(happening__in=happenings)


def nudged(about):
    found = Notice.objects.filter(kind="dispute", about__startswith=about)
    return {notice.recipient.name.split()[0].lower() for notice in found.select_related("recipient")}


def unchanged(case, act, words):
    """The act is refused with these words, and the case and its disputes stay exactly as they were."""
    before = _stored(case)
    with pytest.raises(Refusal) as refusal:
        act()
    assert words in str(refusal.value)
    assert _stored(case) == before
    return refusal.value


def _stored(case):
    return (
        Case.objects.get(pk=case.pk).version,
        list(case.events.values_list("pk", flat=True)),
        sorted(Dispute.objects.values_list("pk", "state", "rung", "addressed_to", "changed_for_child")),
        Notice.objects.filter(kind="dispute").count(),
    )


# --- Raising ------------------------------------------------------------------------------------------------


def test_a_concern_raised_informally_is_outside_the_clock(cast, case):
    dispute = raised(cast, case)
    assert (dispute.ref, dispute.state, dispute.rung) == ("Dispute 1", "informal", "Informal")
    assert dispute.addressed_to == cast.tess
    assert dispute.formal_on is None
    assert not Deadline.objects.filter(case=case, duty__in=["DIS-1", "DIS-2"]).exists()
    assert nudged("step") == {"tess"}


def test_a_formal_dispute_has_twenty_working_days_and_its_first_rung_its_own(cast, case, formal):
    assert (formal.state, formal.rung, formal.formal_on) == ("formal", "Team manager", date(2025, 2, 10))
    assert the(case, "DIS-1").due_on == date(2025, 3, 10)
    assert the(case, "DIS-2").due_on == date(2025, 2, 17)


def test_the_answer_is_owed_by_the_manager_addressed(cast, case, formal):
    owed = the(case, "DIS-2")
    assert owed.owner == cast.tess
    assert owed in Deadline.objects.owed_by_person(cast.tess)
    assert owed not in Deadline.objects.owed_by_person(cast.serena)


def test_where_nobody_is_named_whoever_has_the_role_owes_it(cast, case, formal):
    cast.serena.is_active = False
    cast.serena.save()
    climbed(cast, formal, "Service manager", "2025-02-18")
    owed = the(case, "DIS-2", opened_on=date(2025, 2, 18))
    assert owed.owner is None
    assert owed.owing == cast.northmoor


def test_it_may_begin_higher_with_a_reason(cast, case):
    dispute = raised(
        cast, case, formal=True, rung=rung(cast, "Head of service"), bypass_reason="She moves on Friday."
    )
    assert dispute.addressed_to == cast.hal
    [event] = told(case, "dispute_raised")
    assert event.particulars["bypassed"] == ["Team manager", "Service manager"]
    assert event.particulars["reason"] == "She moves on Friday."
    assert nudged("endorse") == {"mona"}


def test_siblings_share_one_dispute_and_it_is_numbered_in_its_case(cast):
    case = a_case(cast, cast.amber, cast.blake)
    both = raised(cast, case, children=[cast.amber, cast.blake])
    second = raised(cast, case, children=[cast.blake])
    assert set(both.children.all()) == {cast.amber, cast.blake}
    assert (both.ref, second.ref) == ("Dispute 1", "Dispute 2")
    assert told(case, "dispute_raised").get(details__dispute="Dispute 2").child == cast.blake


def test_pressed_twice_it_is_raised_once(cast, case):
    submission = "8f14e45f-ceea-467f-9f0e-0d7b0c4a5f44"
    first = raised(cast, case, submission=submission)
    assert raised(cast, case, submission=submission) == first
    assert told(case, "dispute_raised").count() == 1


@pytest.mark.parametrize(
    ("changes", "words", "field"),
    [
        ({"concern": " "}, "What is the concern?", "concern"),
        ({"impact": ""}, "what it means for the child", "impact"),
        ({"sought": ""}, "what you want to happen", "sought"),
        ({"children": []}, "at least one child", "children"),
        ({"on": "2025-03-04"}, "in the future", "on"),
        ({"on": "2019-04-01"}, "before Amber Example was born", "on"),
    ],
)
def test_what_cannot_be_raised_is_refused_beside_its_field(cast, case, changes, words, field):
    refusal = unchanged(case, lambda: raised(cast, case, **changes), words)
    assert refusal.field == field


def test_a_concern_about_a_child_of_another_case_is_refused(cast, case):
    unchanged(case, lambda: raised(cast, case, children=[cast.coral]), "Coral Example is not in this case")


def test_beginning_higher_without_a_reason_is_refused(cast, case):
    director = rung(cast, "Director")
    refusal = unchanged(
        case,
        lambda: raised(cast, case, formal=True, rung=director),
        "passes over Team manager, Service manager and Head of service",
    )
    assert refusal.field == "bypass_reason"


def test_somebody_the_rung_does_not_address_is_refused(cast, case):
    refusal = unchanged(
        case, lambda: raised(cast, case, formal=True, person=cast.dora), "Dora Director cannot be addressed"
    )
    assert refusal.field == "person"


@pytest.mark.parametrize("who", ["tess", "hal", "dora", "sol", "lena", "gwen", "cass", "lex", "stranger"])
def test_only_the_iro_service_raises_climbs_and_ends(cast, case, formal, who):
    by = getattr(cast, who)
    acts = [
        lambda: raised(cast, case, by=by),
        lambda: disputes.escalate(formal, to=rung(cast, "Service manager"), by=by, on=day("2025-02-18")),
        lambda: disputes.resolve(formal, by=by, on=day("2025-02-18"), changed_for_child="Nothing"),
        lambda: disputes.leave_unresolved(formal, by=by, on=day("2025-02-18")),
        lambda: disputes.withdraw(formal, by=by, on=day("2025-02-18"), reason="Enough"),
        lambda: disputes.explain_complaints(formal, by=by, on=day("2025-02-18"), told="Nobody"),
    ]
    for act in acts:
        with pytest.raises(NotYours):
            act()
    assert now(formal).state == "formal"
    assert told(case, "dispute_raised", "dispute_escalated").count() == 1


# --- Climbing -----------------------------------------------------------------------------------------------


def test_made_formal_the_twenty_days_count_from_that_day_and_not_from_the_first_word(cast, case):
    dispute = disputes.make_formal(raised(cast, case), by=cast.iris, on=day("2025-02-17"))
    assert (dispute.state, dispute.formal_on) == ("formal", date(2025, 2, 17))
    assert the(case, "DIS-1").due_on == date(2025, 3, 17)
    assert the(case, "DIS-2").due_on == date(2025, 2, 24)


def test_each_higher_rung_opens_its_own_answer_for_its_own_manager(cast, case, formal):
    climbed(cast, formal, "Service manager", "2025-02-18")
    dispute = climbed(cast, formal, "Head of service", "2025-02-26")
    assert (dispute.rung, dispute.addressed_to) == ("Head of service", cast.hal)
    rows = Deadline.objects.filter(case=case, duty="DIS-2").order_by("opened_on")
    assert [(row.owner, row.due_on) for row in rows] == [
        (cast.tess, date(2025, 2, 17)),
        (cast.serena, date(2025, 2, 25)),
        (cast.hal, date(2025, 3, 4)),
    ]
    assert nudged("step") == {"tess", "serena", "hal"}


def test_an_unanswered_rung_stays_late_after_the_dispute_has_climbed_past_it(cast, case, formal):
    climbed(cast, formal, "Service manager", "2025-02-18")
    assert the(case, "DIS-2", owner=cast.tess).is_missed


def test_a_rung_is_passed_over_with_a_reason_only(cast, case, formal):
    act = {"to": rung(cast, "Director"), "by": cast.iris, "on": day("2025-02-18")}
    refusal = unchanged(
        case, lambda: disputes.escalate(formal, **act), "passes over Service manager and Head of service"
    )
    assert refusal.field == "bypass_reason"
    dispute = disputes.escalate(formal, bypass_reason="Both are away.", **act)
    assert dispute.addressed_to == cast.dora
    assert disputefile.steps_of(dispute)[-1].bypassed == ["Service manager", "Head of service"]


def test_it_never_climbs_down(cast, case, formal):
    climbed(cast, formal, "Service manager", "2025-02-18")
    down = lambda: climbed(cast, formal, "Team manager", "2025-02-20")  # noqa: E731
    unchanged(case, down, "is not above “Service manager”")
    unchanged(case, lambda: climbed(cast, formal, "Service manager", "2025-02-20"), "is not above")


def test_an_informal_concern_is_made_formal_before_it_climbs(cast, case):
    dispute = raised(cast, case)
    unchanged(case, lambda: climbed(cast, dispute, "Service manager", "2025-02-18"), "still informal")
    disputes.make_formal(dispute, by=cast.iris, on=day("2025-02-17"))
    again = lambda: disputes.make_formal(dispute, by=cast.iris, on=day("2025-02-18"))  # noqa: E731
    unchanged(case, again, "stands at “Formal dispute”")


@pytest.mark.parametrize(
    ("on", "words"),
    [("2025-02-09", "before Dispute 1 was raised"), ("2025-03-04", "in the future")],
)
def test_no_step_before_it_was_raised_and_none_in_the_future(cast, case, formal, on, words):
    unchanged(case, lambda: climbed(cast, formal, "Service manager", on), words)


def test_no_step_before_the_one_below_it(cast, case, formal):
    climbed(cast, formal, "Service manager", "2025-02-20")
    unchanged(
        case,
        lambda: climbed(cast, formal, "Director", "2025-02-19", bypass_reason="Haste"),
        "before the dispute reached",
    )


def test_a_step_on_the_day_of_an_answer_waits_for_the_next_day_so_that_the_answer_is_not_taken_for_its_own(
    cast, case, formal
):
    answered(cast, formal, "2025-02-14")
    unchanged(
        case, lambda: climbed(cast, formal, "Service manager", "2025-02-14"), "answered on this same day"
    )
    climbed(cast, formal, "Service manager", "2025-02-17")
    assert the(case, "DIS-2", owner=cast.tess).met_on == date(2025, 2, 14)


@pytest.mark.parametrize("end", ["resolve", "leave_unresolved", "withdraw"])
def test_a_closed_dispute_is_not_climbed_and_not_answered(cast, case, formal, end):
    how = {
        "leave_unresolved": {},
        "resolve": {"changed_for_child": "Therapy began."},
        "withdraw": {"reason": "Moved."},
    }
    getattr(disputes, end)(formal, by=cast.iris, on=day("2025-02-19"), **how[end])
    unchanged(case, lambda: climbed(cast, formal, "Service manager", "2025-02-20"), "cannot be taken further")
    with pytest.raises(Refusal):
        answered(cast, formal, "2025-02-20")


# --- Answering ----------------------------------------------------------------------------------------------


def test_an_answer_in_time_meets_the_deadline_and_nudges_the_iro(cast, case, formal):
    answered(cast, formal, "2025-02-17")
    assert the(case, "DIS-2").met_on == date(2025, 2, 17)
    assert nudged("answer") == {"iris"}
    assert now(formal).state == "formal"


def test_another_manager_of_the_authority_may_answer(cast, case, formal):
    answered(cast, formal, "2025-02-14", by=cast.hal)
    assert the(case, "DIS-2").met_on == date(2025, 2, 14)


def test_the_iro_writes_down_an_answer_given_by_word_of_mouth(cast, case, formal):
    disputes.answer(
        formal,
        by=cast.iris,
        on=day("2025-02-13"),
        text="No.",
        accepts="no",
        given_by="Tess Team, by telephone",
    )
    [event] = told(case, "dispute_answered")
    assert (event.recorded_by, event.particulars["name"]) == (cast.iris, "Tess Team, by telephone")


@pytest.mark.parametrize("who", ["sol", "lena", "gwen", "cass", "lex", "stranger"])
def test_nobody_else_answers(cast, case, formal, who):
    with pytest.raises(NotYours):
        answered(cast, formal, "2025-02-14", by=getattr(cast, who))
    assert not told(case, "dispute_answered").exists()


def test_an_empty_answer_answers_nothing(cast, case, formal):
    assert (
        unchanged(case, lambda: answered(cast, formal, "2025-02-14", text=" "), "Write the answer").field
        == "text"
    )
    unclear = lambda: answered(cast, formal, "2025-02-14", accepts="")  # noqa: E731
    assert unchanged(case, unclear, "accepts what is asked").field == "accepts"


def test_an_answer_before_the_dispute_was_raised_is_refused(cast, case, formal):
    unchanged(case, lambda: answered(cast, formal, "2025-02-07"), "before Dispute 1 was raised")


# --- What goes with it --------------------------------------------------------------------------------------


def test_complaints_and_advocacy_explained_stand_on_the_chronology(cast, case, formal):
    disputes.explain_complaints(
        formal, by=cast.iris, on=day("2025-02-11"), told="Amber and her mother, at home."
    )
    [event] = told(case, "complaints_and_advocacy")
    assert event.details == {"dispute": "Dispute 1", "told": "Amber and her mother, at home."}


def test_a_step_above_team_manager_stands_while_its_endorsement_is_awaited(cast, case, formal):
    dispute = climbed(cast, formal, "Service manager", "2025-02-18")
    assert nudged("endorse") == {"mona"}
    assert [step.rung for step in disputefile.steps_of(dispute) if step.awaits_endorsement] == [
        "Service manager"
    ]
    climbed(cast, dispute, "Head of service", "2025-02-26")
    assert now(dispute).rung == "Head of service"


def test_the_team_managers_step_needs_no_endorsement_nor_one_the_iro_manager_takes(cast, case, formal):
    assert not disputefile.steps_of(formal)[0].needs_endorsement
    disputes.escalate(formal, to=rung(cast, "Service manager"), by=cast.mona, on=day("2025-02-18"))
    assert not disputefile.steps_of(formal)[1].needs_endorsement


def test_the_iro_manager_may_endorse_afterwards(cast, case, formal):
    dispute = climbed(cast, formal, "Service manager", "2025-02-18")
    disputes.endorse(dispute, by=cast.mona, on=day("2025-02-27"), endorsed=True, view="Right to climb.")
    assert not any(step.awaits_endorsement for step in disputefile.steps_of(dispute))
    twice = {"by": cast.mona, "on": day("2025-02-27"), "endorsed": False, "view": "No."}
    unchanged(
        case, lambda: disputes.endorse(dispute, **twice), "No step of this dispute awaits an endorsement"
    )


def test_when_the_two_disagree_the_head_of_service_mediates(cast, case, formal):
    dispute = climbed(cast, formal, "Service manager", "2025-02-18")
    disputes.endorse(dispute, by=cast.mona, on=day("2025-02-19"), endorsed=False, view="Too soon.")
    assert nudged("mediate") == {"hal"}
    assert now(dispute).rung == "Service manager"
    disputes.mediate(dispute, by=cast.hal, on=day("2025-02-20"), outcome="The step stands.")
    assert not any(step.awaits_mediation for step in disputefile.steps_of(dispute))
    assert told(case, "mediation").get().details["outcome"] == "The step stands."


def test_nobody_mediates_where_nobody_disagreed(cast, case, formal):
    dispute = climbed(cast, formal, "Service manager", "2025-02-18")
    mediating = lambda: disputes.mediate(dispute, by=cast.hal, on=day("2025-02-20"), outcome="?")  # noqa: E731
    unchanged(case, mediating, "Nothing is to be mediated")


@pytest.mark.parametrize("who", ["iris", "tess", "hal", "gwen", "stranger"])
def test_only_the_iro_manager_endorses(cast, case, formal, who):
    dispute = climbed(cast, formal, "Service manager", "2025-02-18")
    with pytest.raises(NotYours):
        disputes.endorse(dispute, by=getattr(cast, who), on=day("2025-02-19"), endorsed=True, view="Yes")


@pytest.mark.parametrize("who", ["iris", "mona", "serena", "dora", "stranger"])
def test_only_the_head_of_service_mediates(cast, case, formal, who):
    with pytest.raises(NotYours):
        disputes.mediate(formal, by=getattr(cast, who), on=day("2025-02-19"), outcome="Peace")


# --- Ending -------------------------------------------------------------------------------------------------


def test_resolved_it_says_what_changed_for_the_child(cast, case, formal):
    dispute = disputes.resolve(formal, by=cast.iris, on=day("2025-02-24"), changed_for_child="Therapy began.")
    assert (dispute.state, dispute.ended_on, dispute.changed_for_child) == (
        "resolved",
        date(2025, 2, 24),
        "Therapy began.",
    )
    assert the(case, "DIS-1").met_on == date(2025, 2, 24)
    assert "Therapy began." in told(case, "dispute_resolved").get().note


def test_it_is_not_resolved_without_saying_what_changed(cast, case, formal):
    nothing = lambda: disputes.resolve(formal, by=cast.iris, on=day("2025-02-24"), changed_for_child=" ")  # noqa: E731
    assert unchanged(case, nothing, "Say what changed for the child").field == "changed_for_child"


def test_withdrawn_with_a_reason_nothing_more_is_owed(cast, case, formal):
    disputes.withdraw(formal, by=cast.iris, on=day("2025-02-12"), reason="She moved home.")
    assert now(formal).state == "withdrawn"
    assert the(case, "DIS-1").state == the(case, "DIS-2").state == "not_required"
    no_reason = lambda: disputes.withdraw(formal, by=cast.iris, on=day("2025-02-12"), reason="")  # noqa: E731
    unchanged(case, no_reason, "Say why you withdraw it")


def test_unresolved_in_proceedings_the_guardian_is_told_and_a_separate_report_considered(cast, case, formal):
    disputes.leave_unresolved(formal, by=cast.iris, on=day("2025-02-26"))
    assert {the(case, duty).due_on for duty in ("IRH-12", "IRH-13")} == {date(2025, 2, 27)}
    assert nudged("guardian") == set()
    disputes.tell_guardian(formal, by=cast.iris, on=day("2025-02-26"))
    disputes.decide_separate_report(
        formal, by=cast.iris, on=day("2025-02-27"), decision="Yes: the court must know."
    )
    assert {the(case, duty).state for duty in ("IRH-12", "IRH-13")} == {"met"}


def test_unresolved_before_proceedings_the_cafcass_manager_is_considered(cast):
    case = a_case(cast, entering="entered_pre_proceedings")
    dispute = raised(cast, case, formal=True)
    disputes.leave_unresolved(dispute, by=cast.iris, on=day("2025-02-26"))
    disputes.decide_cafcass_notification(
        dispute, by=cast.iris, on=day("2025-02-27"), decision="Told by telephone."
    )
    assert the(case, "PRE-4").met_on == date(2025, 2, 27)


def test_what_follows_an_unresolved_end_waits_for_it(cast, case, formal):
    unchanged(
        case,
        lambda: disputes.tell_guardian(formal, by=cast.iris, on=day("2025-02-26")),
        "has not ended unresolved",
    )


def test_an_unresolved_dispute_may_be_resolved_after_all(cast, case, formal):
    disputes.leave_unresolved(formal, by=cast.iris, on=day("2025-02-26"))
    dispute = disputes.resolve(formal, by=cast.iris, on=day("2025-02-28"), changed_for_child="Therapy began.")
    assert (dispute.state, dispute.ended_on) == ("resolved", date(2025, 2, 28))


def test_la_legal_tells_the_court_before_the_hearing(cast, case, formal):
    happened(case, "hearing_listed", "2025-02-12", hearing="cmh", date="2025-03-04")
    disputes.tell_court(formal, by=cast.lena, on=day("2025-02-20"))
    assert the(case, "IRH-8").met_on == date(2025, 2, 20)
    with pytest.raises(NotYours):
        disputes.tell_court(formal, by=cast.tess, on=day("2025-02-20"))


# --- Corrections and the gauge ------------------------------------------------------------------------------


def test_a_step_struck_out_takes_the_dispute_back_down(cast, case, formal):
    dispute = climbed(cast, formal, "Service manager", "2025-02-18")
    correct(told(case, "dispute_escalated").get(), by=cast.iris, reason="Not sent")
    assert (now(dispute).rung, now(dispute).addressed_to) == ("Team manager", cast.tess)
    assert not Deadline.objects.filter(case=case, owner=cast.serena).exists()


def test_a_resolution_struck_out_opens_it_again(cast, case, formal):
    disputes.resolve(formal, by=cast.iris, on=day("2025-02-24"), changed_for_child="Therapy began.")
    correct(told(case, "dispute_resolved").get(), by=cast.iris, reason="It did not")
    assert (now(formal).state, now(formal).ended_on) == ("formal", None)
    assert climbed(cast, formal, "Service manager", "2025-02-26").rung == "Service manager"


def test_a_dispute_struck_out_altogether_takes_nothing_more(cast, case, formal):
    correct(told(case, "dispute_raised").get(), by=cast.iris, reason="Wrong case")
    unchanged(
        case, lambda: climbed(cast, formal, "Service manager", "2025-02-20"), "struck out of the chronology"
    )


def test_a_manager_cannot_strike_a_dispute_out(cast, case, formal):
    with pytest.raises(NotYours):
        correct(told(case, "dispute_raised").get(), by=cast.tess, reason="Unfair")


def test_the_gauge_counts_working_days_as_one_counts_them_by_hand(cast, it_is):
    """Formal on Thursday 10 April 2025; Good Friday is the 18th, Easter Monday the 21st, and 5 May a bank holiday.

    After the 10th: 11, 14, 15, 16, 17, 22, 23, 24, 25 April (9), 28, 29, 30 April, 1, 2 May (14), 6, 7, 8, 9 (18).
    """
    it_is("2025-05-09")
    case = a_case(cast)
    dispute = raised(cast, case, "2025-04-10", formal=True)
    answered(cast, dispute, "2025-04-17")
    climbed(cast, dispute, "Service manager", "2025-04-22")
    dispute = now(dispute)
    whole = disputefile.gauge(dispute, today=date(2025, 5, 9))
    assert (whole.used, whole.left, whole.over, whole.due_on) == (18, 2, 0, date(2025, 5, 13))
    assert whole.words == "18 of 20 working days used, 2 left"
    steps = disputefile.steps_of(dispute)
    first, second = disputefile.gauges(dispute, steps, today=date(2025, 5, 9))
    assert (first.used, first.words) == (5, "5 of 5 working days used")
    assert (second.used, second.over, second.due_on) == (12, 7, date(2025, 4, 29))
    assert second.words == "12 of 5 working days used, 7 over"


def test_the_gauge_stands_still_when_the_dispute_has_ended(cast, case, formal):
    disputes.resolve(formal, by=cast.iris, on=day("2025-02-14"), changed_for_child="Therapy began.")
    gauge = disputefile.gauge(now(formal), today=date(2025, 3, 3))
    assert (gauge.used, gauge.words) == (4, "4 of 20 working days used")


# --- A good-practice alert ----------------------------------------------------------------------------------


def test_a_good_practice_alert_opens_no_duty_and_may_be_answered(cast, case):
    before = Deadline.objects.filter(case=case).count()
    praise = {**WORDS, "concern": "Sol found her a school in a week.", "impact": "", "sought": ""}
    alert = disputes.raise_dispute(
        case, by=cast.iris, on=day("2025-02-10"), children=[cast.amber], kind="good_practice", **praise
    )
    assert (alert.ref, alert.is_running) == ("Good practice 1", False)
    assert Deadline.objects.filter(case=case).count() == before
    assert nudged("step") == {"tess"}
    disputes.answer(alert, by=cast.tess, on=day("2025-02-11"), text="Thank you.")
    assert told(case, "good_practice_answered").get().note == "Thank you."
    unchanged(
        case, lambda: disputes.make_formal(alert, by=cast.iris, on=day("2025-02-12")), "good-practice alert"
    )


def test_a_case_with_a_dispute_is_stored_as_it_would_be_rebuilt(cast, case, formal):
    from cases import projection
    from referrals import following

    climbed(cast, formal, "Service manager", "2025-02-18")
    appoint(cast.ivor, PersonRole.IRO, children=[cast.amber], on=day("2025-02-19"), by=cast.mona)
    projection.project_case(Case.objects.get(pk=case.pk), today=date(2025, 3, 3))
    assert following.wrongly_stored(Case.objects.get(pk=case.pk)) == []


# --- A looked-after child in no case ------------------------------------------------------------------------


def looked_after(cast):
    happened(cast.coral, "became_looked_after", "2025-01-06", legal_status="C2 full care order")
    appoint(cast.iris, PersonRole.IRO, children=[cast.coral], on=day("2025-01-08"), by=cast.mona)
    appoint(cast.tess, PersonRole.TEAM_MANAGER, children=[cast.coral], on=day("2025-01-08"), by=cast.tess)


def without_case(cast, **how):
    how = {**WORDS, "by": cast.iris, "on": day("2025-02-10"), "formal": True, **how}
    return disputes.raise_without_case([cast.coral], **how)


def test_a_dispute_is_the_first_fact_of_a_case_that_has_not_started(cast):
    looked_after(cast)
    dispute = without_case(cast, cafcass_office=cast.cafcass)
    case = dispute.case
    assert (case.stage, case.cafcass_office) == (Case.objects.get(pk=case.pk).stage, cast.cafcass)
    assert case.get_stage_display() == "Not started"
    assert list(case.children.all()) == [cast.coral]
    assert the(case, "DIS-2").owner == cast.tess
    happened(case, "proceedings_issued", "2025-02-20")
    assert Case.objects.get(pk=case.pk).stage == "pre_cmh"


def test_the_cafcass_office_is_that_of_the_latest_case_else_it_is_asked(cast):
    looked_after(cast)
    with pytest.raises(Refusal) as refusal:
        without_case(cast)
    assert refusal.value.field == "cafcass_office"
    assert not Case.objects.exists()
    before = opened(cast, cast.coral, on="2024-03-01", entering="entered_pre_proceedings")
    happened(before, "diverted_from_proceedings", "2024-05-01", reason="She is safe at home.")
    assert without_case(cast).case.cafcass_office == cast.cafcass


def test_pressed_twice_it_opens_one_case(cast):
    looked_after(cast)
    once = {"cafcass_office": cast.cafcass, "submission": "8f14e45f-ceea-467f-9f0e-0d7b0c4a5f44"}
    assert without_case(cast, **once) == without_case(cast, **once)
    assert Case.objects.count() == 1


def test_a_child_in_an_open_case_has_the_dispute_there(cast):
    a_case(cast, cast.coral)
    with pytest.raises(Refusal, match="still open"):
        without_case(cast, cafcass_office=cast.cafcass)


def test_a_refused_dispute_opens_no_case(cast):
    looked_after(cast)
    with pytest.raises(Refusal):
        without_case(cast, cafcass_office=cast.cafcass, impact="")
    assert not Case.objects.exists()
