"""Counting is a look-up and playing is linear: ratios, and of the processor's time, since a busy machine is slow at all."""

from __future__ import annotations

import timeit
from datetime import date, timedelta
from time import process_time

from protocol.deadlines import play
from protocol.working_days import ENGLAND
from tests.protocol.casts import ADA, BEN, fact

START = date(2024, 1, 1)


def a_case_of(events: int) -> list:
    """Documents, reviews and contacts, day after day, under way with a guardian."""
    facts = [fact("proceedings_issued", "2024-01-01"), fact("guardian_allocated", "2024-01-01")]
    for n in range((events - 2) // 4):
        day = (START + timedelta(days=n % 600)).isoformat()
        facts += [
            fact("document_received", day, document=f"d{n}", kind="report"),
            fact("document_sent_to_iro", day, document=f"d{n}"),
            fact("contact", day, between="guardian_iro", purpose="other"),
            fact("guardian_apologies_sent", day, review="r"),
        ]
    return facts


def time_to_play(events: int) -> float:
    facts = a_case_of(events)
    return min(timeit.repeat(lambda: play((ADA, BEN), facts), timer=process_time, number=1, repeat=7))


def test_eight_times_the_events_take_no_more_than_about_eight_times_as_long():
    assert time_to_play(3200) < 8 * time_to_play(400) * 1.6


def test_adding_five_hundred_working_days_costs_what_adding_five_does():
    few = min(timeit.repeat(lambda: ENGLAND.add(START, 5), timer=process_time, number=20_000, repeat=9))
    many = min(timeit.repeat(lambda: ENGLAND.add(START, 500), timer=process_time, number=20_000, repeat=9))
    assert many < 2 * few
