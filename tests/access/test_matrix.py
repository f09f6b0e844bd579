"""Every address × every role × every relation × method, held against what is published (`config/permissions`).

Pairwise: every address meets every role, every page every relation, and at least one who is let in and one who is not,
in turn with GET and with POST. `TEST_IN_FULL=1` asks everything of everybody, in both authorities, with every method.
"""

import sys
from collections import Counter
from itertools import count

import pytest

from accounts.roles import PersonRole
from accounts.urls import directory_urlpatterns
from cases.models import Case
from config.management.commands.permissions import PLACE, written
from config.permissions import OF_A_DIRECTORY, PAGES, WRITTEN
from config.permissions.page import Page
from config.permissions.relations import EVERY_STANDING, NOT_SIGNED_IN, Relation, Standing
from tests.access import examples, filling, quickly, routes
from tests.access.asking import OTHER_METHODS, judged
from tests.access.kept import not_kept
from tests.in_full import IN_FULL
from tests.rows import stored

pytestmark = [pytest.mark.django_db]
METHODS = ("GET", "POST", "HEAD")


# --- What is published says of everything ------------------------------------------------------------------------


def unlisted(names, pages):
    return sorted(set(names) - {page.name for page in pages})


def test_every_address_is_published_and_nothing_else_is():
    names = [name for name, _ in routes.every()]
    assert not unlisted(names, PAGES.values())
    assert {page.name for page in PAGES.values()} <= set(names)
    assert all(names), "An address without a name cannot be published"


def test_the_addresses_of_a_directory_are_published_too():
    names = {pattern.name for pattern in directory_urlpatterns}
    assert {page.name for page in WRITTEN[OF_A_DIRECTORY]} == names


def test_every_role_has_its_relations():
    assert {standing.role for standing in EVERY_STANDING} == set(PersonRole)


def test_every_page_has_an_example(story):
    missing = list(examples.without(story, PAGES.values()))
    assert not missing, "\n".join(missing)


def test_every_standing_is_asked(story):
    asked = list(_questions(story, PAGES.values()))
    unreached = set(EVERY_STANDING) - {standing for _, standing, *_ in asked}
    assert not unreached


def test_the_written_page_is_the_published_one():
    assert PLACE.read_text() == written(), "Run `python manage.py permissions`"


def test_the_same_words_name_the_same_people():
    named = {}
    for page in PAGES.values():
        for group in (page.reads, page.writes):
            if group:
                assert named.setdefault(group.words, group.standings) == group.standings, group.words


# --- The matrix --------------------------------------------------------------------------------------------------


def _reached(story, page):
    """Whoever can ask for this page, by standing (and by organisation, where that counts): who, and where."""
    found, asked = list(examples.every(story, [page])), {}
    for example in found:
        for seat in story.seats:
            standing = Standing(seat.person.role, examples.relation(seat, example))
            again = (standing, seat.person.organisation.kind if page.only_in else "")
            asked.setdefault(again, []).append((seat, example))
    return found[:1], asked


def _questions(story, pages):
    """(page, standing, seat or None, example, methods): pairwise, or everything."""
    turn, pages = count(), list(pages)
    alike = {page.name: [other.key for other in pages if other.name == page.name] for page in pages}
    for number, page in enumerate(pages):
        first, reached = _reached(story, page)
        for example in first:
            yield (
                page,
                NOT_SIGNED_IN,
                None,
                example,
                METHODS if IN_FULL else [METHODS[next(turn) % len(METHODS)]],
            )
        for again in reached if IN_FULL or not reached else _some(page, reached, number, alike[page.name]):
            for seat, example in _places(reached[again], next(turn)):
                methods = METHODS if IN_FULL or page.only_in else [METHODS[next(turn) % len(METHODS)]]
                yield page, again[0], seat, example, methods


def _places(places, turn):
    """One place where somebody of a standing meets the page; in full one on each side of a case, in either world."""
    if not IN_FULL:
        return [places[turn % len(places)]]
    kinds = {}
    for place in places[turn % 2 :] + places[: turn % 2]:
        kinds.setdefault(place[1].kind, place)
    return list(kinds.values())


def _some(page, reached, number, alike):
    """Each role and each relation once for an address, in turn on the pages it has; and for each page at least one
    who is let in and one who is not. Few pages are about a restricted case: everybody is asked there."""
    mine, chosen = alike.index(page.key), []
    is_for_all = page.only_in or page.about == "restricted"
    for place, role in enumerate(PersonRole):
        if (place + mine) % len(alike) == 0 or is_for_all:
            of_role = [again for again in reached if again[0].role == role]
            chosen += of_role if is_for_all else [of_role[(number + place) % len(of_role)]]
    shifted = [*list(reached)[number % len(reached) :], *list(reached)[: number % len(reached)]]
    for again in shifted:
        relation = again[0].relation
        is_new = relation not in {one.relation for one, _ in chosen}
        is_its_turn = list(Relation).index(relation) % len(alike) == mine
        answers = {_opens(page, *one) for one in chosen}
        if (is_new and is_its_turn) or _opens(page, *again) not in answers:
            chosen.append(again)
    return chosen


def _opens(page, standing, kind=""):
    return any(page.may(method, standing, kind) for method in METHODS)


def _asked(story, askers, pages, counted):
    """The faults of these pages, a line each."""
    for page, standing, seat, example, methods in _questions(story, pages):
        asker = askers[seat.person.pk if seat else None]
        kind = seat.person.organisation.kind if seat else ""
        for method in methods:
            expected = page.may(method, standing, kind)
            counted[method] += 1
            counted[{True: "let in", False: "refused", None: "not taken"}[expected]] += 1
            answer = asker.ask(method, example.address(seat), keeps=expected is False)
            counted["entries in the trail"] += answer.entries
            wrong = judged(asker, answer, expected, _opens(page, standing, kind))
            if wrong := wrong or (expected and not_kept(page, answer)):
                who = f"{standing.role or 'nobody'}, {standing.relation}"
                yield f"{method} {page.name} ({page.about}) by {who} [{example.world} {example.kind}]: {wrong}"


def _tell(what, counted):
    """The counts, for whoever runs it with `-s`."""
    figures = ", ".join(f"{number} {name}" for name, number in sorted(counted.items()))
    sys.stdout.write(f"\n{what}, {len(EVERY_STANDING) + 1} standings: {figures}\n")


def test_who_may_is_let_in_and_nobody_else(story, askers):
    before, counted = stored(), Counter()
    with quickly.pages_not_drawn(), quickly.reach_remembered():
        faults = list(_asked(story, askers, PAGES.values(), counted))
    _tell(f"{len(PAGES)} pages of {len(set(routes.every()))} addresses", counted)
    assert not faults, "\n".join([f"{len(faults)} faults", *faults])
    assert stored() == before, "Somebody who was refused has changed something"


def test_no_address_takes_another_method(story, askers):
    """In full by everybody; else each method for each address, in turn by somebody and by nobody."""
    of_each_name = {page.name: page for page in PAGES.values()}
    somebody, counted = [askers[story.seats[0].person.pk], askers[None]], Counter()
    for place, page in enumerate(of_each_name.values()):
        example = next(examples.every(story, [page]), None)
        for turn, method in enumerate(OTHER_METHODS if example else ()):
            for asker in askers.values() if IN_FULL else [somebody[(place + turn) % 2]]:
                assert asker.ask(method, example.url).status == 405, (page.key, method)
                counted[method] += 1
    _tell(f"{len(of_each_name)} addresses by another method", counted)


# --- A planted fault turns each check red ------------------------------------------------------------------------


def _faults_of(story, askers, *names):
    return list(_asked(story, askers, [page for page in PAGES.values() if page.name in names], Counter()))


def test_a_query_that_forgets_whose_cases_they_are_is_found(story, askers, monkeypatch):
    assert not _faults_of(story, askers, "case")
    monkeypatch.setattr(Case.objects.all().__class__, "visible_to", lambda cases, user: cases)
    assert any("LEAK 200" in fault for fault in _faults_of(story, askers, "case"))


def test_a_page_that_forgets_to_ask_for_the_role_is_found(story, askers, monkeypatch):
    monkeypatch.setattr("accounts.views.people._check", lambda request: None)
    assert any("LEAK" in fault for fault in _faults_of(story, askers, "organisation", "person_new"))


def test_somebody_wrongly_refused_is_found(story, askers, monkeypatch):
    monkeypatch.setattr(Case.objects.all().__class__, "visible_to", lambda cases, user: cases.none())
    assert any("WRONG REFUSAL" in fault for fault in _faults_of(story, askers, "chronology"))


def test_an_address_nobody_published_is_found():
    assert unlisted(["case", "secret"], PAGES.values()) == ["secret"]
    assert unlisted(["case"], [Page("cases", "", None)]) == ["case"]


def test_a_page_without_an_example_is_named(story):
    page = Page("case", "a kind nobody told of", PAGES["case", ""].reads)
    nameless = Page("dispute", "", PAGES["case", ""].reads)
    with pytest.MonkeyPatch.context() as patched:
        patched.delitem(filling.FILL, "dispute_key")
        [missing] = examples.without(story, [page, nameless])
    assert "<dispute_key>" in missing


def test_a_look_that_leaves_no_entry_is_found(story, askers, monkeypatch):
    monkeypatch.setattr("cases.views.page.audit.read", lambda *_, **__: None)
    assert any("0 ENTRIES for a look at a child" in fault for fault in _faults_of(story, askers, "hearings"))


def test_a_refusal_that_differs_is_found(story, askers):
    page = PAGES["people", ""]
    example = next(examples.every(story, [page]))
    stranger = askers[story.southmere.cast.iris.pk]
    answer = stranger.ask("GET", example.url)
    answer.text += "It is there, but not yours."
    assert judged(stranger, answer, False, False) == "TELLS that there is something: another 404"


def test_a_refusal_that_writes_is_found(story, askers):
    stranger = askers[story.southmere.cast.iris.pk]
    answer = stranger.ask("GET", "/there-is-no-such-page/")
    answer.wrote.append(("INSERT INTO cases_event", ()))
    assert judged(stranger, answer, False, False).startswith("CHANGED SOMETHING")
