"""Every form and button of the product, sent by somebody who may: what changes anything leaves one entry, or is not.

The forms are read off the pages as they are drawn and filled as they stand, so that a new one is tried by being there.
Then the trail is made to refuse, by the database itself: nothing is saved, and no page about a child is shown. What
no filled form reaches (a letter sent, a court told) is asked verb by verb beside the verbs.
"""

import sys
from contextlib import contextmanager, suppress

import pytest
from django.db import DatabaseError, connection, transaction

from accounts.audit import writing
from config.permissions import PAGES
from config.permissions.relations import Standing
from tests.access import examples, reading
from tests.access.kept import ABOUT_NO_CHILD, LEAVES_NO_RECORD, OF_THE_ADVICE_LINE, not_kept
from tests.rows import told

pytestmark = [pytest.mark.django_db]
REFUSES = {
    "sqlite": [
        "CREATE TRIGGER full_up BEFORE INSERT ON audit_entry BEGIN SELECT RAISE(ABORT, 'the disk is full'); END"
    ],
    "postgresql": [
        "SET CONSTRAINTS ALL IMMEDIATE",
        "CREATE FUNCTION full_up() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'the disk is full'; END $$",
        "CREATE TRIGGER full_up BEFORE INSERT ON audit_entry EXECUTE FUNCTION full_up()",
    ],
}


@contextmanager
def the_trail_refuses():
    with transaction.atomic(), connection.cursor() as cursor:
        for statement in REFUSES[connection.vendor]:
            cursor.execute(statement)
        yield
        transaction.set_rollback(True)


def somebody(story, example, method):
    """Somebody whom a page is for, of the example's own authority."""
    for seat in story.seats:
        standing = Standing(seat.person.role, examples.relation(seat, example))
        is_theirs = seat.world in (example.world, "both")
        if is_theirs and example.page.may(method, standing, seat.person.organisation.kind):
            return seat
    return None


def sendings(story, askers, pages):
    """Each form and each button with whoever may press it: (page, asker, address, what is sent)."""
    for page in pages:
        example = next((one for one in examples.every(story, [page]) if one.world == "northmoor"), None)
        seat = page.writes and example and somebody(story, example, "POST")
        if not seat:
            continue
        asker, url = askers[seat.person.pk], example.address(seat)
        if page.reads is None:
            yield page, asker, url, {}
            continue
        for form in reading.Page(asker.ask("GET", url).text, url).forms:
            if form.method == "post" and form.action == url:
                yield page, asker, url, form.untouched()


def held_in(tables):
    """Every row of some tables."""
    found = {}
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f'SELECT * FROM "{table}" ORDER BY 1')  # noqa: S608 (tables of our own)
            found[table] = [told(row) for row in cursor.fetchall()]
    return found


def saved_without_an_entry(asker, url, sent, tables):
    """The tables that a request changed although the trail refused; and whether it said that it failed."""
    with the_trail_refuses():
        before = held_in(tables)
        answer = asker.ask("POST", url, sent, keeps=True)
        after = held_in(tables)
    return [table for table in tables if before[table] != after[table]], answer.status


def acts(story, askers, pages):
    """Every act these forms come to, and what is wrong with how it is kept: (page, fault or nothing)."""
    for page, asker, url, sent in sendings(story, askers, pages):
        answer = asker.ask("POST", url, sent)
        if answer.status >= 500:
            yield page, f"{page.key}: {answer.status}"
        if not answer.changed:
            continue
        fault = not_kept(page, answer)
        if answer.entries and not fault:
            saved, status = saved_without_an_entry(asker, url, sent, answer.changed)
            if saved or status != 500:
                fault = f"SAVED WITHOUT AN ENTRY {saved} {status}"
        yield page, fault and f"{page.key}: {fault}"


def test_every_act_leaves_one_entry_or_is_not_done(story, askers):
    done = list(acts(story, askers, PAGES.values()))
    faults = [fault for _, fault in done if fault]
    assert not faults, "\n".join(faults)
    names = {page.name for page, _ in done}
    assert len(names) > 25, names
    never = {page.name for page in PAGES.values() if page.writes} - names
    sys.stdout.write(
        f"\n{len(done)} acts of {len(names)} addresses kept; not reached: {', '.join(sorted(never))}\n"
    )


def looks(story, askers, pages):
    """Pages about a child that are shown although the look at them cannot be kept."""
    for page in pages:
        example = next((one for one in examples.every(story, [page]) if one.world == "northmoor"), None)
        seat = page.reads and example and somebody(story, example, "GET")
        if seat and page.name not in ABOUT_NO_CHILD | OF_THE_ADVICE_LINE | LEAVES_NO_RECORD:
            answer = askers[seat.person.pk].ask("GET", example.address(seat))
            if answer.status == 200:
                yield f"{page.key}: {answer.status} without an entry"


def test_no_record_is_shown_when_the_look_at_it_cannot_be_kept(story, askers):
    with the_trail_refuses():
        shown = list(looks(story, askers, PAGES.values()))
    assert not shown, "\n".join(shown)


# --- A planted fault turns each check red ------------------------------------------------------------------------


def _faults_of(story, askers, *names):
    pages = [page for page in PAGES.values() if page.name in names]
    return [fault for _, fault in acts(story, askers, pages) if fault]


def test_an_act_that_leaves_no_entry_is_found(story, askers, monkeypatch):
    assert not _faults_of(story, askers, "matter_close")
    monkeypatch.setattr(writing, "_write", lambda *_: None)
    assert any("0 ENTRIES" in fault for fault in _faults_of(story, askers, "matter_close"))


def test_an_act_that_leaves_two_is_found(story, askers, monkeypatch):
    write = writing._write
    monkeypatch.setattr(writing, "_write", lambda *entry: [write(*entry), write(*entry)])
    assert any("2 ENTRIES" in fault for fault in _faults_of(story, askers, "matter_close"))


def test_an_entry_in_another_transaction_than_its_act_is_found(story, askers, monkeypatch):
    write = writing._write

    def beside(*entry):
        with suppress(DatabaseError), transaction.atomic():
            write(*entry)

    monkeypatch.setattr(writing, "_write", beside)
    assert any("SAVED WITHOUT AN ENTRY" in fault for fault in _faults_of(story, askers, "matter_close"))
    with the_trail_refuses():
        assert list(looks(story, askers, [PAGES["case", ""]]))
