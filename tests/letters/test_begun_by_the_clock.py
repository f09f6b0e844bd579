"""What the clock begins of the letters that are owed: once, for each child in its time, and for whoever signs it."""

from datetime import date

from accounts.models import Organisation
from cases.actions import record
from cases.appointments import appoint
from letters import actions, clock
from letters.kinds import LetterKind
from letters.models import Letter
from protocol.happenings import Happening
from tests.letters.chapters import CONCLUDED, TODAY

CARE = {"outcome": "care_order"}


def ends(case, cast, child, *, on):
    record(case, Happening.PROCEEDINGS_CONCLUDED, on=on, by=cast.lena, children=[child], details=CARE)


def test_the_clock_begins_what_is_owed_once_however_often_it_runs(cast, concluded):
    assert clock.begin_owed() == 2
    assert clock.begin_owed() == 0
    assert sorted(Letter.objects.values_list("kind", flat=True)) == ["appendix_1", "appendix_2"]
    drafted = Letter.objects.get(kind="appendix_2")
    assert (drafted.created_by, drafted.signatory) == (None, cast.gwen)
    assert set(drafted.children.all()) == {cast.amber, cast.blake}


def test_a_sibling_whose_case_ends_later_has_a_handover_of_their_own(cast, with_iro):
    ends(with_iro, cast, cast.amber, on=CONCLUDED)
    clock.begin_owed()
    ends(with_iro, cast, cast.blake, on=TODAY)
    clock.begin_owed()
    about = {tuple(letter.children.all()) for letter in Letter.objects.filter(kind="appendix_2")}
    assert about == {(cast.amber,), (cast.blake,)}


def test_a_sibling_whose_case_ended_the_same_day_joins_the_draft(cast, with_iro):
    ends(with_iro, cast, cast.amber, on=CONCLUDED)
    clock.begin_owed()
    ends(with_iro, cast, cast.blake, on=CONCLUDED)
    clock.begin_owed()
    assert set(Letter.objects.get(kind="appendix_2").children.all()) == {cast.amber, cast.blake}


def test_nothing_is_begun_for_an_office_that_is_not_on_the_system(cast, concluded):
    Organisation.objects.filter(pk=cast.cafcass.pk).update(is_on_system=False)
    assert clock.begin_owed() == 0


def test_nothing_is_begun_for_a_letter_recorded_as_sent_on_paper(cast, concluded):
    record(concluded, Happening.APPENDIX_1_SENT, on=date(2025, 6, 5), by=cast.gwen)
    record(concluded, Happening.APPENDIX_2_SENT, on=TODAY, by=cast.gwen)
    assert clock.begin_owed() == 0


def test_a_replaced_guardian_does_not_sign_the_draft(cast, case, write):
    actions.draft(case, LetterKind.APPENDIX_1, by=cast.gwen)
    appoint(cast.gareth, "guardian", children=[cast.amber, cast.blake], on=TODAY, by=cast.cass, case=case)
    letter = actions.draft(case, LetterKind.APPENDIX_1, by=cast.cass)
    letter = actions.approve(letter, by=cast.cass, seen_version=letter.version)
    assert "Gareth Guardian" in actions.send(letter, on=TODAY, by=cast.cass).page
