"""The stories by themselves: whatever day it is, the Protocol can play them and they stand where they say."""

from collections import Counter
from datetime import date

import pytest

from accounts.roles import PersonRole
from config.demonstration.days import StoryDays
from config.demonstration.people import email_of
from config.demonstration.stories import every_story, table
from protocol.deadlines import Child, Fact, play
from protocol.fields import FieldType
from protocol.happenings import SPECIFICATIONS, Happening
from protocol.vocabulary import Stage, Subject

# Sundays, Christmas, Easter Monday, a leap day, both sides of the clock changes, and beyond the published holidays.
DAYS = [
    "2026-11-22", "2026-12-25", "2026-12-28", "2027-01-01", "2027-03-26", "2027-03-28", "2027-04-05",
    "2027-05-31", "2027-08-30", "2027-10-31", "2027-12-27", "2028-02-29", "2028-04-17", "2029-01-02",
]  # fmt: skip
STORIES = every_story()


def played(story, today):
    """What the rules alone make of a story."""
    days = StoryDays(today, story.started)
    family = {written["name"].split()[0]: written for written in story.family}
    born = {name: days.day(w["born"]) if "born" in w else date(2005, 1, 1) for name, w in family.items()}
    facts, named = [], {}
    if "enters" in story.cast:
        facts.append(Fact(Happening(story.cast["enters"]), days.day(0)))
    for told in story.facts_by(days.last):
        if told.what == "correct":
            wrong = [fact for fact in facts if fact in named[told.how["fact"]]]
            facts = [fact for fact in facts if fact not in wrong]
            facts += [right(fact, dict(told.how["instead"]), days) for fact in wrong if "instead" in told.how]
        if told.what not in list(Happening):
            continue
        new = [as_fact(told, name, born, days) for name in children_of(told) or [None]]
        if told.what == Happening.APPENDIX_1_ACKNOWLEDGED:  # answering the letter is naming the IRO
            new.append(Fact(Happening.IRO_NAMED_TO_CAFCASS, days.day(told.at)))
        named[told.how.get("id")] = new
        facts += new
    return days, facts, play([Child(name, day) for name, day in born.items()], facts)


def children_of(told):
    child = told.how.get("child", [])
    return [child] if isinstance(child, str) else child


def as_fact(told, name, born, days):
    says = details(told.what, told.says, days)
    if told.what == Happening.CHILD_ADDED:
        says["born"] = born[name]
    child = name if SPECIFICATIONS[Happening(told.what)].child.value != "no" else None
    return Fact(Happening(told.what), days.day(told.at), child, says)


def right(wrong, instead, days):
    on = days.day(instead.pop("at"))
    return Fact(
        wrong.happening, on, wrong.child, {**wrong.details, **details(wrong.happening, instead, days)}
    )


def details(what, says, days):
    fields = SPECIFICATIONS[Happening(what)]
    return {name: value_of(fields.field(name), value, days) for name, value in says.items()}


def value_of(field, value, days):
    if field.type is FieldType.DATE:
        return days.day(value)
    if field.type is FieldType.PAPERS:
        return [{**paper, "promised_on": days.day(paper["promised_on"])} for paper in value]
    return days.day(value).isoformat() if field.refers_to is Subject.REVIEW else value


@pytest.mark.parametrize("today", [date.fromisoformat(day) for day in DAYS], ids=str)
def test_every_story_can_be_played_and_stands_where_it_says_it_does(today):
    for story in STORIES:
        _, facts, outcome = played(story, today)
        stage = outcome.stage.value if outcome.stage else "no_case"
        assert (story.name, stage) == (story.name, story.stage)
        assert all(fact.on < today for fact in facts), story.name


@pytest.mark.parametrize("today", [date(2026, 12, 28), date(2028, 2, 29)], ids=str)
def test_what_is_late_in_working_days_is_late_whatever_day_it_is(today):
    """Only counts in weeks and months may come out differently, near the edge."""

    def late(day):
        return {
            (story.name, deadline.duty.id)
            for story in STORIES
            for deadline in played(story, day)[2].deadlines
            if deadline.status(day).value in ("overdue", "met_late")
            and deadline.duty.id not in ("IRH-16", "GOV-2")
        }

    in_weeks_or_months = {"REV-2", "REV-3", "REF-12", "REF-16", "REF-17", "REF-21"}
    ordinary = {found for found in late(date(2026, 7, 15)) if found[1] not in in_weeks_or_months}
    assert {found for found in late(today) if found[1] not in in_weeks_or_months} == ordinary


def test_there_are_at_least_eight_cases_in_every_stage_some_late_and_some_not():
    today = date(2026, 11, 22)
    stages = Counter(story.stage for story in STORIES)
    assert all(stages[stage.value] >= 8 for stage in Stage if stage is not Stage.CLOSED)
    assert stages[Stage.CLOSED.value] >= 5
    for stage in Stage:
        late = [
            any(deadline.status(today).value == "overdue" for deadline in played(story, today)[2].deadlines)
            for story in STORIES
            if story.stage == stage.value
        ]
        assert not all(late)
        assert any(late) or stage is Stage.CLOSED


def test_no_two_children_and_no_two_people_have_the_same_name():
    children = [written["name"] for story in STORIES for written in story.family]
    people = [person["name"] for person in table("people.toml")["person"]]
    assert max(Counter(children).values()) == max(Counter(map(email_of, people)).values()) == 1


def test_somebody_on_the_system_has_every_role():
    written = table("people.toml")
    away = {agency["id"] for agency in written["organisation"] if not agency.get("is_on_system", True)}
    assert {person["role"] for person in written["person"] if person["at"] not in away} == set(
        PersonRole.values
    )


def test_every_name_is_marked_as_invented_and_every_number_is_one_kept_for_drama():
    for agency in table("people.toml")["organisation"]:
        assert agency["name"].endswith("(invented)")
        assert agency["telephone"].startswith("01632 960")
        assert agency["email"].endswith("example.org")


def test_every_variation_that_a_way_through_the_protocol_can_take_is_there():
    told = {fact.what for story in STORIES for fact in story.facts_by(story.started)}
    assert {
        "child_added", "child_left", "hearing_moved", "hearing_vacated", "extension_granted", "correct",
        "dispute_escalated", "dispute_resolved", "dispute_unresolved", "placed_for_adoption", "authority_to_place",
        "handover_meeting_held", "oversight_agreed", "matter_closed", "diverted_from_proceedings",
        "proceedings_withdrawn", "case_transferred", "case_closed", "care_plan_view_given", "risk_identified",
    } <= told  # fmt: skip
