"""Every address × every role × every relation × method, held against what is published (`config/permissions`).

Pairwise: every page is asked by every standing once, in turn with GET and with POST, and by every standing it has with
both where it is let in. `TEST_IN_FULL=1` asks everything of everybody, in both authorities, with every method.
"""

import os
from collections import Counter
from itertools import count

import pytest

from accounts.roles import PersonRole
from config.permissions import PAGES
from config.permissions.relations import EVERY_STANDING, NOT_SIGNED_IN, Standing
from tests.access import examples
from tests.access.asking import OTHER_METHODS, Asker, judged, stored

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("permissions")]
IN_FULL = os.environ.get("TEST_IN_FULL") == "1"
METHODS = ("GET", "POST")


@pytest.fixture(autouse=True)
def _no_pdf_is_drawn(monkeypatch):
    """Who may have a PDF is asked here, not how it looks."""
    for module in ("letters.pdf", "letters.papers", "letters.blank_form"):
        monkeypatch.setattr(f"{module}.as_pdf", lambda *_: b"%PDF-1.7 not drawn", raising=False)


@pytest.fixture(scope="module")
def askers(story, django_db_blocker):
    with django_db_blocker.unblock():
        return {None: Asker(None)} | {seat.person.pk: Asker(seat.person) for seat in story.seats}


# --- What is published says of everything ------------------------------------------------------------------------


def unlisted(names, pages):
    return sorted(set(names) - {page.name for page in pages})


def test_every_address_is_published_and_nothing_else_is():
    names = [name for name, _ in examples.routes()]
    assert not unlisted(names, PAGES.values())
    assert {page.name for page in PAGES.values()} <= set(names)
    assert all(names), "An address without a name cannot be published"


def test_every_role_has_its_relations():
    assert {standing.role for standing in EVERY_STANDING} == set(PersonRole)


def test_every_page_and_every_standing_is_asked(story):
    asked = list(_questions(story, PAGES.values()))
    assert {page.key for page, *_ in asked} == set(PAGES)
    unreached = {s for s in EVERY_STANDING} - {standing for _, standing, *_ in asked}
    assert not unreached


# --- The matrix --------------------------------------------------------------------------------------------------


def _questions(story, pages):
    """(page, standing, seat or None, example): one for each page and standing, or all of them."""
    for page in pages:
        found = list(examples.every(story, [page]))
        assert found, f"{page.key}: give `examples` one of its kind"
        yield page, NOT_SIGNED_IN, None, found[0]
        seen = set()
        for example in found:
            for seat in story.seats:
                standing = Standing(seat.person.role, examples.relation(seat, example))
                again = (standing, seat.person.organisation.kind if page.only_in else "")
                if IN_FULL or again not in seen:
                    seen.add(again)
                    yield page, standing, seat, example


def _asked(story, askers, pages, counted):
    """The faults of these pages, a line each."""
    turn = count()
    for page, standing, seat, example in _questions(story, pages):
        asker = askers[seat.person.pk if seat else None]
        kind = seat.person.organisation.kind if seat else ""
        may = {method: page.may(method, standing, kind) for method in METHODS}
        methods = METHODS if IN_FULL or any(may.values()) else [METHODS[next(turn) % 2]]
        for method in methods:
            counted[method] += 1
            counted["let in" if may[method] else "refused"] += 1
            refused = may[method] is False
            answer = asker.ask(method, example.url, keeps=refused)
            if wrong := judged(asker, answer, may[method], method):
                who = f"{standing.role or 'nobody'}, {standing.relation}"
                yield f"{method} {page.name} ({page.about}) by {who} [{example.world} {example.kind}]: {wrong}"


def test_who_may_is_let_in_and_nobody_else(story, askers):
    before, counted = stored(), Counter()
    faults = list(_asked(story, askers, PAGES.values(), counted))
    print(f"\n{len(PAGES)} pages, {len(EVERY_STANDING) + 1} standings, {dict(counted)}")
    assert not faults, "\n".join([f"{len(faults)} faults", *faults])
    assert stored() == before, "Somebody who was refused has changed something"


def test_no_address_takes_another_method(story, askers):
    somebody = [askers[story.seats[0].person.pk], askers[None]]
    for page in PAGES.values():
        example = next(examples.every(story, [page]))
        for method in OTHER_METHODS if IN_FULL else OTHER_METHODS[:1]:
            for asker in somebody:
                assert asker.ask(method, example.url).status == 405, (page.key, method)


def test_what_is_not_yours_answers_as_what_is_not_there(story, askers):
    """The same number of bytes, the same words: whether the number in the address exists or not."""
    for example in examples.every(story, PAGES.values()):
        if example.url == example.elsewhere or example.page.reads is None:
            continue
        for seat in story.seats if IN_FULL else story.seats[:8:3]:
            standing = Standing(seat.person.role, examples.relation(seat, example))
            if example.page.may("GET", standing) is False:
                asker = askers[seat.person.pk]
                there, nowhere = asker.ask("GET", example.url), asker.ask("GET", example.elsewhere)
                assert (there.status, there.text) == (nowhere.status, nowhere.text), (example.url, standing)
