"""Proceedings about two siblings and the referral of one, each told as far as a test asks for it."""

from functools import cache

import pytest

from letters import papers, pdf
from tests.cases.conftest import browse, new
from tests.letters.chapters import (
    appendix_1_sent,
    case,
    cast,
    concluded,
    dara,
    delay_begun,
    delay_ready,
    delay_sent,
    handover,
    handover_begun,
    handover_sent,
    referral,
    with_iro,
    written,
)

__all__ = [
    "appendix_1_sent", "browse", "case", "cast", "concluded", "dara", "delay_begun", "delay_ready", "delay_sent",
    "handover", "handover_begun", "handover_sent", "new", "referral", "with_iro",
]  # fmt: skip

TODAY = "2025-12-10 10:00:00+00:00"


@pytest.fixture(autouse=True)
def _today(time_machine, settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    time_machine.move_to(TODAY, tick=False)


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
    return written
