"""Whatever a page of a case or a referral offers somebody is there when they open it."""

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


@pytest.fixture
def _quickly():
    with quickly.doors_left_out(), quickly.no_pdf_drawn():
        yield


@pytest.mark.usefixtures("_quickly")
@pytest.mark.parametrize(
    "who", ["lex", "leah", "hugo", "gareth", "cass", "gwen", "iris", "mona", "lena", "sol"]
)
def test_every_act_that_is_offered_can_be_opened(cast, story, browse, who):
    """Whatever the state: no page offers an act that answers "not there"."""
    person, opened = browse(getattr(cast, who)), set()
    cases = [f"/cases/{referral.case.key}/" for referral in story.referrals]
    for page in (
        *cases,
        *(f"/referrals/{referral.key}/" for referral in story.referrals),
        "/",
        "/referrals/",
    ):
        answer = person.get(page, follow=True)
        offered = links(answer) if answer.status_code == 200 else set()
        for link in {link for link in offered if link.startswith("/")} - opened:
            assert person.get(link, follow=True).status_code == 200, (who, page, link)
            opened.add(link)
