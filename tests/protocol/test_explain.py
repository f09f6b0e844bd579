"""Every date answers "why?"."""

from __future__ import annotations

from datetime import date

from protocol.agreement import Agreement
from protocol.explain import explain
from protocol.vocabulary import Force
from tests.protocol.casts import fact, of_duty, played, the

ISSUED = fact("proceedings_issued", "2026-04-02")


def test_a_working_day_count_names_its_event_its_rule_its_clause_and_each_skipped_day():
    reasons = explain(the(played(ISSUED), "CMH-2"))
    assert reasons.fact == "Proceedings issued on Thursday 2 April 2026."
    assert reasons.rule == "Within 5 working days of the issue of proceedings."
    assert reasons.citations == ("EV Care Proceedings",)
    assert reasons.force is Force.GOOD_PRACTICE
    assert [name for _, name in reasons.skipped] == [
        "Good Friday",
        "Saturday",
        "Sunday",
        "Easter Monday",
        "Saturday",
        "Sunday",
    ]


def test_a_limit_of_our_own_says_so():
    assert any("our own target" in note for note in explain(the(played(ISSUED), "CMH-1")).notes)


def test_the_26_weeks_mention_that_the_courts_show_a_day_more():
    deadline = the(played(ISSUED), "IRH-16")
    assert deadline.due_on == date(2026, 9, 30)
    [note] = explain(deadline).notes
    assert "courts' own system shows Thursday 1 October 2026" in note


def test_an_extended_date_is_given_and_not_counted():
    extended = fact("extension_granted", "2026-08-03", new_date=date(2026, 11, 25), reason="expert")
    reasons = explain(the(played(ISSUED, extended), "IRH-16"))
    assert reasons.rule == "The court's extended date."
    assert reasons.skipped == ()


def test_a_breach_left_by_a_moved_hearing_explains_itself():
    facts = (
        ISSUED,
        fact("guardian_allocated", "2026-04-02"),
        fact("hearing_listed", "2026-04-07", hearing="cmh", date=date(2026, 4, 20)),
        fact("hearing_moved", "2026-04-21", hearing="cmh", date=date(2026, 4, 28)),
    )
    breach, present = of_duty(played(*facts), "CMH-7")
    assert "stays on record" in explain(breach).notes[1]
    assert explain(present).fact == "Hearing moved on Tuesday 21 April 2026, giving Tuesday 28 April 2026."


def test_a_tightened_limit_is_told_with_its_own_number():
    agreed = Agreement(date(2026, 1, 1), tighter={"CMH-2": 3})
    reasons = explain(the(played(ISSUED, agreements=[agreed]), "CMH-2"))
    assert reasons.rule == "Within 3 working days of the issue of proceedings."
    assert any("local agreement" in note for note in reasons.notes)


def test_a_date_past_the_published_bank_holidays_is_provisional():
    deadline = the(played(fact("proceedings_issued", "2028-12-28")), "CMH-2")
    assert deadline.provisional
    assert any("Provisional" in note for note in explain(deadline).notes)


def test_what_awaits_a_date_says_what_it_waits_for():
    reasons = explain(the(played(ISSUED, fact("guardian_allocated", "2026-04-07")), "CMH-7"))
    assert reasons.fact == "Hangs on the CMH, not listed yet."
    assert reasons.rule == "Before the CMH."
