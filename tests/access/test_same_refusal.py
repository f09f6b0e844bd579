"""What is not yours answers as what is not there: the same bytes, and the same questions to the database.

Every kind of address that names something (a case, a child, a dispute, a letter, a note of the advice line, a deadline,
a file …) is asked for twice by somebody to whom it does not belong: as it is, and with a number or key that nothing has.
Time is not measured: where the same is asked of the database in the same order, there is nothing to tell by it.
"""

import logging
import re

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection, reset_queries
from django.shortcuts import get_object_or_404
from django.test.utils import CaptureQueriesContext

from cases.models import Case
from config.permissions import PAGES
from config.permissions.relations import Standing
from tests.access import examples
from tests.access.asking import Asker
from tests.in_full import IN_FULL

pytestmark = [pytest.mark.django_db]
VALUE = re.compile(r"'[^']*'|\b[0-9a-fx]{6,}\b|\b\d+\b|\bNULL\b")


@pytest.fixture(autouse=True)
def _quickly(monkeypatch):
    monkeypatch.setattr(logging.getLogger("django.request"), "disabled", True)
    monkeypatch.setattr("django.test.client.store_rendered_templates", lambda *_, **__: None)


@pytest.fixture(scope="module")
def strangers(story, django_db_blocker):
    """Of the other authority its IRO manager, its lawyer and a social worker; a guardian and a manager of another office."""
    with django_db_blocker.unblock():
        cast = story.southmere.cast
        return [Asker(person) for person in (cast.mona, cast.lena, cast.gwen, cast.sol, cast.cass)]


def _told(asker, method, url):
    """What an answer says and what was asked for it; numbers, keys and texts in the questions aside."""
    reset_queries()  # Django keeps so many, and then none of the new ones.
    with CaptureQueriesContext(connection) as queries:
        answer = asker.ask(method, url)
    asked = [VALUE.sub("?", query["sql"]) for query in queries if "accounts_session" not in query["sql"]]
    assert asked, "Whoever is signed in is looked up at least"
    return (answer.status, answer.text, answer.location), [re.sub(r"\"s[\d_x]+\"", "", sql) for sql in asked]


def _not_theirs(story, strangers, names=()):
    """Each kind of address once, by another stranger each time, or in full by each with each method it takes."""
    pages = [page for page in PAGES.values() if not names or page.name in names]
    for number, page in enumerate(pages):
        for example in examples.every(story, [page]):
            if example.world != "northmoor" or example.url == example.elsewhere:
                continue
            refused = [one for one in strangers if not _may(story, page, example, one)]
            if not refused:
                continue
            if not IN_FULL:
                yield refused[number % len(refused)], _methods(page)[number % len(_methods(page))], example
                break
            yield from ((asker, method, example) for asker in refused for method in _methods(page))


def _methods(page):
    return [method for method, group in (("GET", page.reads), ("POST", page.writes)) if group is not None]


def _may(story, page, example, asker):
    """Whether any seat of this person is let in; the story knows their relation to everything."""
    seats = [seat for seat in story.seats if seat.person == asker.person]
    return any(
        page.may(
            method,
            Standing(seat.person.role, examples.relation(seat, example)),
            seat.person.organisation.kind,
        )
        for seat in seats
        for method in ("GET", "POST")
    )


def _differences(story, strangers, names=()):
    for asker, method, example in _not_theirs(story, strangers, names):
        there, asked_there = _told(asker, method, example.address(None))
        nowhere, asked_nowhere = _told(asker, method, example.elsewhere)
        who = f"{method} {example.page.name} ({example.page.about}) by {asker.person.role}"
        if there != nowhere:
            yield f"{who}: {there[0]} where it is, {nowhere[0]} where it is not, or other words"
        elif asked_there != asked_nowhere:
            more = [sql for sql in asked_there if sql not in asked_nowhere] or asked_there[-1:]
            yield f"{who}: {len(asked_there)} questions where it is, {len(asked_nowhere)} where it is not: {more[0][:160]}"


def test_what_is_not_yours_is_answered_as_what_is_not_there(story, strangers):
    asked = list(_not_theirs(story, strangers))
    named = {example.page.name for _, _, example in asked}
    kinds = {
        "case",
        "child",
        "dispute",
        "referral",
        "letter",
        "advice_note",
        "why",
        "person",
        "agreement",
        "chronology",
    }
    assert kinds <= named
    faults = list(_differences(story, strangers))
    assert not faults, "\n".join([f"{len(faults)} of {len(asked)} differ", *faults])


# --- A planted fault turns the check red -------------------------------------------------------------------------


def test_plant_a_page_that_fetches_first_and_asks_whose_it_is_afterwards_is_found(
    story, strangers, monkeypatch
):
    """The answer is the same, and yet its time would tell: one more question where there is something."""
    monkeypatch.setattr("cases.views.page.get_object_or_404", _fetching_first)
    assert list(_differences(story, strangers, {"case", "chronology"}))


def test_plant_a_refusal_with_words_of_its_own_is_found(story, strangers, monkeypatch):
    monkeypatch.setattr("cases.views.page.get_object_or_404", _refusing_in_words)
    assert any("or other words" in fault for fault in _differences(story, strangers, {"case", "chronology"}))


def _fetching_first(cases, **how):
    case = Case.objects.filter(**how).first()
    if case is not None:
        case.members.count()
    return get_object_or_404(cases, **how)


def _refusing_in_words(cases, **how):
    if Case.objects.filter(**how).exists() and not cases.filter(**how).exists():
        raise PermissionDenied
    return get_object_or_404(cases, **how)
