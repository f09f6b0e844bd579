"""What is stored follows from the facts alone: it can be made again, and one place writes it."""

import itertools
import re
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction

from cases import breaches
from cases.actions import correct
from cases.appointments import appoint
from cases.models import Case, CaseChild, Deadline, Notice, PeriodOfCare
from tests.cases.steps import TODAY, again, as_stored, day, days, happened, opened, owed, the
from tests.chapters import chapter

pytestmark = pytest.mark.usefixtures("today")


@chapter(on=TODAY)
def a_long_story(cast):
    """Two children from pre-proceedings to the guardian's withdrawal, typed day by day, with its mishaps."""
    with days() as it_is:
        return told_day_by_day(cast, it_is)


def told_day_by_day(cast, it_is):
    it_is("2024-09-02")
    case = opened(cast, cast.amber, cast.blake, on="2024-09-02", entering="entered_pre_proceedings")
    for at, happening, details in (
        ("2024-09-09", "became_looked_after", {"legal_status": "V2 section 20"}),
        ("2024-09-16", "proceedings_issued", {}),
        ("2024-09-17", "hearing_listed", {"hearing": "cmh", "date": "2024-10-04"}),
        ("2024-09-18", "guardian_allocated", {}),
        ("2024-09-30", "appendix_1_sent", {}),
        ("2024-10-07", "hearing_moved", {"hearing": "cmh", "date": "2024-10-11"}),
        ("2024-10-08", "review_held", {"review": "R1", "significant_issues": True}),
        ("2024-10-11", "hearing_held", {"hearing": "cmh"}),
        ("2024-10-14", "document_received", {"document": "Report", "kind": "Expert report"}),
        ("2024-10-30", "document_sent_to_iro", {"document": "Report"}),
        ("2024-11-04", "dispute_raised", {"dispute": "Dispute 1", "formal": True, "days": 5}),
        ("2024-11-18", "dispute_unresolved", {"dispute": "Dispute 1"}),
        ("2024-12-02", "filing_date_set", {"of": "la_final_evidence", "date": "2025-01-13"}),
        ("2025-01-06", "final_evidence_with_iro", {}),
        ("2025-02-03", "proceedings_concluded", {"outcome": "care_order", "meeting_required": True}),
        ("2025-02-10", "appendix_2_sent", {}),
    ):
        it_is(at)
        happened(case, happening, at, **details)
    it_is("2025-02-12")
    appoint(cast.iris, "iro", children=[cast.amber, cast.blake], on=day("2024-09-12"), by=cast.mona)
    sent = case.events.get(happening="document_sent_to_iro")
    correct(sent, by=cast.lena, reason="Sent at once", replacement={"on": day("2024-10-15")})
    it_is("2025-02-17")
    happened(case, "guardian_withdrew", "2025-02-17")
    breaches.settle(today=it_is("2025-03-03").date())
    return case


def check():
    said = StringIO()
    try:
        call_command("rebuild_deadlines", "--check", stdout=said)
    except SystemExit as ended:
        return ended.code, said.getvalue()
    return 0, said.getvalue()


def test_a_long_story_rebuilt_is_what_is_stored(a_long_story):
    exit_code, said = check()
    assert exit_code == 0, said
    compared = int(re.match(r"Compared (\d+) deadlines: 0 differences.", said)[1])
    assert compared == Deadline.objects.count() > 30


def test_rebuilding_for_real_changes_nothing(a_long_story):
    before = as_stored(a_long_story)
    ids = set(Deadline.objects.values_list("pk", flat=True))
    call_command("rebuild_deadlines", stdout=StringIO())
    assert as_stored(a_long_story) == before
    assert set(Deadline.objects.values_list("pk", flat=True)) == ids


TAMPERING = (
    ("UPDATE cases_deadline SET due_on = '2030-01-01' WHERE duty = 'END-7'", "differs at END-7"),
    ("UPDATE cases_deadline SET state = 'met' WHERE duty = 'END-4'", "differs at END-4"),
    ("DELETE FROM cases_deadline WHERE duty = 'END-7'", "lacks END-7"),
    ("UPDATE cases_deadline SET key = 'another' WHERE duty = 'END-7'", "should not have END-7"),
    ("UPDATE cases_case SET stage = 'closed'", "stage is closed"),
    ("UPDATE cases_case SET issued_on = NULL", "issued on None"),
    ("UPDATE cases_periodofcare SET ended_on = '2025-01-01'", "periods of care differ"),
    ("UPDATE cases_casechild SET left_on = '2025-01-01'", "left on 2025-01-01"),
)


def test_whatever_is_tampered_with_the_check_says_so_and_fails(a_long_story):
    Notice.objects.all().delete()
    for tampering, seen in TAMPERING:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(tampering)
            assert cursor.rowcount, tampering
            exit_code, said = check()
            transaction.set_rollback(True)
        assert exit_code == 1, tampering
        assert seen in said
    assert check()[0] == 0


def test_what_was_tampered_with_is_put_right_by_rebuilding(a_long_story):
    before = as_stored(a_long_story)
    Deadline.objects.filter(case=a_long_story).update(due_on=None, state="open")
    PeriodOfCare.objects.all().delete()
    CaseChild.objects.update(left_on="2025-01-01")
    call_command("rebuild_deadlines", stdout=StringIO())
    assert check()[0] == 0
    assert as_stored(a_long_story) == before


@chapter(on=TODAY)
def case(cast):
    return opened(cast, on="2025-02-03")


def test_a_correction_can_move_the_stage_back(cast, case):
    [held] = happened(case, "hearing_held", "2025-02-11", hearing="cmh", by=cast.lena)
    assert again(case).stage == "up_to_irh"
    correct(held, by=cast.lena, reason="It was adjourned before it began")
    assert again(case).stage == "pre_cmh"


def test_the_day_of_issue_follows_its_correction(cast, case):
    issued = case.events.get(happening="proceedings_issued")
    correct(issued, by=cast.lena, reason="A day later", replacement={"on": day("2025-02-04")})
    assert again(case).issued_on == day("2025-02-04")


# --- The order of typing does not matter ----------------------------------------------------------------

FACTS = (
    ("2025-02-05", "guardian_allocated", {}),
    ("2025-02-06", "hearing_listed", {"hearing": "cmh", "date": "2025-02-20"}),
    ("2025-02-12", "contact", {"between": "guardian_iro", "purpose": "first_contact"}),
    ("2025-02-13", "iro_allocated", {}),
    ("2025-02-24", "appendix_1_sent", {}),
)


def test_in_whatever_order_facts_are_typed_what_is_stored_is_equal(cast, it_is):
    """On one evening: every order of the three that hang together, each undone before the next."""
    it_is("2025-02-25")
    case = opened(cast, on="2025-02-03")
    stored = set()
    for order in itertools.permutations(FACTS[:3]):
        with transaction.atomic():
            for on, happening, details in order:
                happened(again(case), happening, on, **details)
            stored.add(str(as_stored(case)))
            transaction.set_rollback(True)
    assert len(stored) == 1


def test_typed_day_by_day_or_all_at_the_end_the_stored_rows_are_equal(cast, it_is):
    """Only who was nudged differs: misses that our knowledge has since undone are struck through."""
    by_day = opened(cast, cast.amber, on=it_is("2025-02-03").date())
    for on, happening, details in FACTS:
        breaches.settle(today=it_is(on).date())
        happened(by_day, happening, on, **details)
    it_is("2025-02-25")
    at_once = opened(cast, cast.blake, on="2025-02-03")
    for on, happening, details in reversed(FACTS):
        happened(at_once, happening, on, **details)
    breaches.settle(today=day("2025-02-25"))
    assert str(as_stored(at_once)).replace("Blake", "Amber") == str(as_stored(by_day))


# --- One writer -----------------------------------------------------------------------------------------

WRITES_A_STAGE = re.compile(r"\.update\([^)]*\bstage\s*=|\.stage\s*=(?!=)|setattr\([^,]+,\s*[\"']stage[\"']")
MAY_WRITE = {"cases/projection.py", "cases/models/stage.py"}


def test_no_other_code_writes_a_stage():
    rooms = ("accounts", "cases", "config", "fixtures", "letters", "referrals", "reports")
    files = [
        p
        for room in rooms
        for p in Path(settings.BASE_DIR, room).rglob("*.py")
        if "migrations" not in p.parts
    ]
    assert len(files) > 60
    writing = {str(p.relative_to(settings.BASE_DIR)) for p in files if WRITES_A_STAGE.search(p.read_text())}
    assert writing <= MAY_WRITE


@pytest.mark.parametrize(
    "line", ["case.stage = 'closed'", "x.update(a=1, stage='closed')", "setattr(case, 'stage', 1)"]
)
def test_the_search_for_other_writers_would_find_one(line):
    assert WRITES_A_STAGE.search(line)


def test_a_stage_cannot_be_assigned(case):
    with pytest.raises(AttributeError, match="Direct stage modification"):
        case.stage = "closed"


def test_the_database_knows_no_other_stages(case):
    with pytest.raises(IntegrityError), transaction.atomic():
        Case.objects.update(stage="somewhere else")


def test_rebuilding_tells_nobody_that_somebody_recorded_something(case):
    """A form filled in while deadlines are rebuilt is no more stale than it was."""
    version = again(case).version
    call_command("rebuild_deadlines", stdout=StringIO())
    assert again(case).version == version


def test_siblings_rows_name_their_own_child(cast):
    case = opened(cast, cast.amber, cast.blake, on="2025-02-03")
    happened(case, "iro_allocated", "2025-02-05", children=[cast.blake])
    assert the(case, "CMH-2", child=cast.blake).state == "met"
    assert list(owed(case, "CMH-3").values_list("child__name", flat=True)) == ["Blake Example"]
