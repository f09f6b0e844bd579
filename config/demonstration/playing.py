"""Living through the stories, a day at a time: what people did, and what the clock does at midnight."""

from collections import defaultdict
from datetime import timedelta
from functools import partial

from django.db import transaction
from django.utils import timezone

from cases import agreements, breaches
from cases.models import Case, Child, Notice
from cases.refusal import Refusal
from config.demonstration import advice_line, people, privacy
from config.demonstration.days import MIDNIGHT, StoryDays, as_if, at, office_hours
from config.demonstration.family import Family
from config.demonstration.stories import Unreadable, every_story, table

DAY = timedelta(days=1)


def play(phrase):
    """Play the whole demonstration into the database, or nothing of it; return how many cases and children.

    The reminders of those days are owed to nobody today: none is left behind to be sent.
    """
    today = timezone.localdate()
    with transaction.atomic():
        everybody = people.assemble(phrase)
        _live_through(_diary(today, everybody), today, everybody.authorities)
        Notice.objects.filter(recipient__in=everybody.by_name.values()).delete()
    mine = {"authority__in": everybody.authorities}
    return Case.objects.filter(**mine).count(), Child.objects.filter(**mine).count()


def _live_through(diary, today, authorities):
    for day in _days(min(diary), today):
        with as_if(at(day, MIDNIGHT)):
            _strike_midnight(day, authorities)
        for nth, (what, act) in enumerate(diary.get(day, [])):
            with as_if(office_hours(day, nth)):
                _do(what, act)
    _strike_midnight(today, authorities)


def _days(first, today):
    return (first + n * DAY for n in range((today - first).days))


def _strike_midnight(day, authorities):
    for authority in authorities:
        breaches.settle(today=day, stream={"authority_id": authority.pk})


def _do(what, act):
    try:
        act()
    except Refusal as refusal:
        raise Unreadable(f"{what}: {refusal}") from refusal


def _diary(today, everybody):
    """What there is to do on each day, in order, and where to look when it cannot be done."""
    diary = defaultdict(list)
    known = {}
    for written in table("people.toml").get("agreement", []):
        days = StoryDays(today, written["started"])
        diary[days.day(0)].append(("The local agreement", partial(_sign, written, days.day(0), everybody)))
        for number in written.get("reviewed", []):
            review = partial(_review, written, days.day(number), everybody)
            diary[days.day(number)].append(("The review of the local agreement", review))
    for day, what, act in advice_line.diary(today, everybody):
        diary[day].append((what, act))
    for number, story in enumerate(every_story()):
        family = Family(story, StoryDays(today, story.started), everybody, known, number)
        for day, what, act in family.diary():
            diary[day].append((what, act))
    for day, what, act in privacy.diary(today, everybody):
        diary[day].append((what, act))
    return diary


def _sign(written, day, everybody):
    terms = agreements.Terms(
        everybody.agencies[written["authority"]],
        everybody.agencies[written["office"]],
        day,
        day,
        signed_for_cafcass=everybody.by_name[written["signed_for_cafcass"]].name,
        signed_for_authority=everybody.by_name[written["signed_for_authority"]].name,
        variations=tuple(written["variations"]),
        tighter=written["tighter"],
    )
    agreements.sign(terms, by=everybody.by_name[written["by"]])


def _review(written, day, everybody):
    signed = everybody.agencies[written["authority"]].agreements.get(
        cafcass_office=everybody.agencies[written["office"]]
    )
    agreements.review(signed, on=day, by=everybody.by_name[written["by"]])
