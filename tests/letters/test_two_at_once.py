"""Two workers, two people, one letter: only a real database can show it."""

from datetime import date

import pytest

from letters import actions, clock, papers
from letters.kinds import LetterKind
from letters.models import Letter, Paper
from tests.at_once import at_once
from tests.referrals import steps as referral_steps

pytestmark = [pytest.mark.needs_postgres, pytest.mark.django_db(transaction=True)]
TODAY = date(2025, 12, 10)


@pytest.fixture
def _told(request, transactional_db, _today):
    """What really is committed is told each test anew."""
    story = {}
    for chapter in request.param:
        story = chapter.told_after(story)
    return story


def test_the_clock_running_on_several_machines_begins_each_letter_once(cast, concluded):
    at_once(clock.begin_owed)
    assert sorted(Letter.objects.values_list("kind", flat=True)) == ["appendix_1", "appendix_2"]


def test_the_clock_running_on_several_machines_begins_one_delay_letter(cast):
    referral_steps.allocated(cast, on="2025-11-28")
    at_once(clock.begin_owed)
    assert list(Letter.objects.values_list("kind", flat=True)) == ["delay_letter"]


def test_a_send_button_pressed_several_times_at_once_sends_once(cast, concluded, handover):
    answers = at_once(lambda: actions.send(handover, on=TODAY, by=cast.gwen))
    assert sum(isinstance(answer, Letter) for answer in answers) == 1
    assert all("It is sent once" in answer for answer in answers if isinstance(answer, str))
    assert concluded.events.filter(happening="appendix_2_sent").count() == 1


def test_several_people_naming_the_iro_at_once_acknowledge_once(cast, case, write):
    letter = actions.send(write(case, LetterKind.APPENDIX_1, by=cast.gwen), on=TODAY, by=cast.gwen)
    answers = at_once(lambda: actions.acknowledge(letter, on=TODAY, by=cast.mona, iro=cast.iris))
    assert sum(isinstance(answer, Letter) for answer in answers) == 1
    assert case.events.filter(happening="appendix_1_acknowledged").count() == 1


def test_several_printers_keep_one_paper(cast, handover):
    sent = actions.send(handover, on=TODAY, by=cast.gwen)
    at_once(lambda: papers.make([sent.pk]))
    assert Paper.objects.count() == 1
