"""Proceedings about two siblings and the referral of one, each told as far as a test asks for it."""

from functools import cache

import pytest

from letters import papers, pdf
from tests.cases.conftest import browse, new
from tests.letters import chapters

__all__ = ["browse", "new"]

TODAY = "2025-12-10 10:00:00+00:00"


@pytest.fixture(autouse=True)
def _today(time_machine, settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    time_machine.move_to(TODAY, tick=False)


def pytest_generate_tests(metafunc):
    """Tests of a file that ask for the same chapters come together, and are told them once."""
    if "told" in metafunc.fixturenames:
        asked = chapters.asked_for(metafunc.fixturenames)
        metafunc.parametrize("told", [asked], indirect=True, ids=[pytest.HIDDEN_PARAM])


@pytest.fixture(scope="module")
def telling(django_db_setup, django_db_blocker):
    telling = chapters.Telling(django_db_blocker)
    yield telling
    telling.take_back()


@pytest.fixture(scope="module")
def told(telling, request):
    return telling.story_of(request.param)


@pytest.fixture
def story(told, db):
    return chapters.fresh(told)


@pytest.fixture
def cast(story):
    return story["cast"]


@pytest.fixture
def case(cast, story):
    """Issued for Amber and Blake on 2 June 2025; Gwen is their guardian from 4 June. No IRO yet."""
    return story["case"]


@pytest.fixture
def with_iro(case):
    """Iris is their IRO from 9 June 2025."""
    return case


@pytest.fixture
def appendix_1_sent(case, story):
    """Gwen's letter to the IRO service, sent on 10 December 2025."""
    return story["appendix_1_sent"]


@pytest.fixture
def concluded(with_iro):
    """The court made its final decision on 4 December 2025."""
    return with_iro


@pytest.fixture
def handover_begun(concluded, story):
    """Gwen's handover, with nothing written in it yet."""
    return story["handover_begun"]


@pytest.fixture
def handover(concluded, story):
    """Gwen's full handover, approved."""
    return story["handover"]


@pytest.fixture
def handover_sent(handover, story):
    """Sent on 10 December 2025."""
    return story["handover_sent"]


@pytest.fixture
def dara(case, story):
    """A child of another case of Gwen's, whose IRO is Ivor; nobody of Northmoor but they knows her."""
    return story["dara"]


@pytest.fixture
def referral(cast, story):
    """Iris referred Amber on 1 December 2025; Gareth is the officer. Sol is the social worker, Tess his manager."""
    return story["referral"]


@pytest.fixture
def delay_begun(referral, story):
    """A delay letter of Gareth's, with nothing written in it yet."""
    return story["delay_begun"]


@pytest.fixture
def delay_ready(delay_begun, story):
    """Written, to everybody, approved and agreed."""
    return story["delay_ready"]


@pytest.fixture
def delay_sent(delay_ready, story):
    """Sent to everybody on 10 December 2025, to Amber by hand."""
    return story["delay_sent"]


@pytest.fixture
def as_(client):
    def signed_in(person):
        client.force_login(person)
        return client

    return signed_in


@pytest.fixture(scope="module")
def drawn():
    return cache(pdf.as_pdf)


@pytest.fixture
def drawn_once(drawn, monkeypatch):
    """A page that a test of this file has drawn is not drawn for another: the same page gives the same bytes."""
    monkeypatch.setattr(pdf, "as_pdf", drawn)
    monkeypatch.setattr(papers, "as_pdf", drawn)


@pytest.fixture
def write():
    return chapters.written
