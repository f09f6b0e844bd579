"""Whatever a page of a case or a referral offers somebody is there when they open it."""

from contextlib import nullcontext
from types import SimpleNamespace

import pytest

from tests.access import quickly
from tests.cast import assemble
from tests.referrals.pages import links
from tests.referrals.steps import allocated, decided, referred
from tests.told import fresh, told_once


@pytest.fixture(scope="module")
def told(django_db_setup, django_db_blocker):
    with told_once(django_db_blocker, _tell, on="2025-03-14") as story:
        yield story


def _tell():
    """Amber is referred, Blake’s referral is with Gareth, and Hugo has decided on Coral’s."""
    cast = assemble()
    return SimpleNamespace(
        cast=cast,
        referrals=(
            referred(cast, cast.amber, on="2025-03-03"),
            allocated(cast, cast.blake, on="2025-03-03"),
            decided(cast, cast.coral, on="2025-03-03", decided_on="2025-03-14", officer=cast.hugo),
        ),
    )


@pytest.fixture
def story(told, db, it_is):
    it_is("2025-03-14")
    return fresh(told)


@pytest.fixture
def cast(story):
    return story.cast


@pytest.fixture(scope="module")
def drawn():
    """The addresses that were opened and drawn for somebody."""
    return set()


@pytest.fixture
def _quickly():
    with quickly.doors_left_out(), quickly.reach_remembered(), quickly.no_pdf_drawn(), quickly.no_news():
        yield


@pytest.mark.usefixtures("_quickly")
@pytest.mark.parametrize(
    "who", ["lex", "leah", "hugo", "gareth", "cass", "gwen", "iris", "mona", "lena", "sol"]
)
def test_every_act_that_is_offered_can_be_opened(cast, story, browse, drawn, who):
    """Whatever the state: no page offers an act that answers "not there"."""
    person, opened = browse(getattr(cast, who)), set()
    cases = [f"/cases/{referral.case.key}/" for referral in story.referrals]
    referrals = [f"/referrals/{referral.key}/" for referral in story.referrals]
    for page in (*cases, *referrals, "/", "/referrals/"):
        answer = person.get(page, follow=True)
        offered = links(answer) if answer.status_code == 200 else set()
        for link in _to_open({link for link in offered if link.startswith("/")} - opened, drawn):
            with quickly.pages_not_drawn() if link in drawn else nullcontext():
                assert person.get(link, follow=True).status_code == 200, (who, page, link)
            opened.add(link)
            drawn.add(link)


def _to_open(offered, drawn):
    """All of it; but where a date comes from is asked once a page, when somebody has read the others already."""
    reasons = sorted(link for link in offered if link.endswith("/why/"))
    return sorted(offered - {link for link in reasons[1:] if link in drawn})
