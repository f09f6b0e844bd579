"""What an entry of the audit trail says, and that it goes with what it witnesses: nothing happens without one."""

from contextlib import suppress

import pytest
from django.db import DatabaseError, transaction

from accounts import audit
from accounts.audit import chain, journal
from accounts.audit.models import AuditEntry
from accounts.models import User
from cases.children import change
from tests.accounts.audit.steps import undone

pytestmark = pytest.mark.django_db


def test_an_entry_says_who_as_what_from_where_what_and_about_which_records(cast, iris):
    audit.changed(iris, "thing.done", ("child", "AAA"), ("case", "BBB"), why="asked")
    entry = AuditEntry.objects.get()
    assert (entry.who, entry.name, entry.role) == (cast.iris, "Iris Reviewer", "iro")
    assert (entry.organisation, entry.organisation_name) == (cast.northmoor, "Northmoor Council (invented)")
    assert (entry.address, entry.request_id) == ("198.51.100.7", "0123456789abcdef")
    assert (entry.act, entry.verb, entry.why) == ("changed", "thing.done", "asked")
    assert set(entry.records.values_list("kind", "key")) == {("child", "AAA"), ("case", "BBB")}


def test_the_role_and_the_organisation_stay_those_of_that_day(cast, iris):
    audit.changed(iris, "thing.done", ("child", "AAA"))
    User.objects.filter(pk=cast.iris.pk).update(role="iro_manager", name="Iris Promoted")
    entry = AuditEntry.objects.get()
    assert (entry.name, entry.role) == ("Iris Reviewer", "iro")


def test_the_clock_is_nobody_from_nowhere():
    audit.changed(None, "thing.done", ("child", "AAA"))
    entry = AuditEntry.objects.get()
    assert (entry.who, entry.name, entry.role, entry.address) == (None, "", "", None)


def test_a_verb_made_of_verbs_leaves_one_entry_in_the_outermost_ones_words(iris):
    with audit.act(iris, "outer") as act:
        audit.changed(None, "inner", ("child", "AAA"))
        audit.changed(iris, "inner", ("child", "BBB"))
        act.touched(("case", "CCC"))
    entry = AuditEntry.objects.get()
    assert (entry.verb, entry.name) == ("outer", "Iris Reviewer")
    assert set(entry.records.values_list("key", flat=True)) == {"AAA", "BBB", "CCC"}


def test_an_act_that_changed_nothing_leaves_no_entry_nor_does_one_that_failed(iris):
    with audit.act(iris, "pressed twice"):
        pass
    with suppress(RuntimeError), audit.act(iris, "failed") as act:
        act.touched(("child", "AAA"))
        raise RuntimeError
    audit.changed(iris, "afterwards", ("child", "AAA"))
    assert AuditEntry.objects.get().verb == "afterwards"


def test_of_a_reason_that_is_too_long_for_an_entry_its_beginning_is_kept(cast):
    """PostgreSQL would refuse the entry, and with it what was done for that reason."""
    audit.changed(cast.iris, "thing.done", ("child", "AAA"), why="because " * 60)
    [why] = AuditEntry.objects.filter(verb="thing.done").values_list("why", flat=True)
    assert len(why) == 200
    assert why.endswith("…")


# --- In the same transaction ----------------------------------------------------------------------------


def test_an_entry_goes_with_what_it_witnesses_when_that_is_taken_back(iris):
    with undone():
        audit.changed(iris, "thing.done", ("child", "AAA"))
    assert not AuditEntry.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_without_a_transaction_nothing_is_written(iris):
    with pytest.raises(transaction.TransactionManagementError):
        audit.changed(iris, "thing.done", ("child", "AAA"))
    assert not AuditEntry.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_what_is_committed_is_noted_outside_at_once_and_what_is_not_is_not(iris):
    with undone():
        audit.changed(iris, "taken back", ("child", "AAA"))
    with transaction.atomic():
        audit.changed(iris, "thing.done", ("child", "AAA"))
    assert list(journal.noted()) == [(entry.pk, entry.mark) for entry in AuditEntry.objects.all()]


# --- A change without an entry is no change -------------------------------------------------------------


def test_when_the_entry_cannot_be_written_nothing_is(cast, monkeypatch):
    def full(*_):
        raise DatabaseError("disk full")

    monkeypatch.setattr(chain, "mark_of", full)
    with pytest.raises(DatabaseError, match="disk full"):
        change(cast.amber, name="Another Name", born=cast.amber.born, sex="F", by=cast.lena)
    cast.amber.refresh_from_db()
    assert cast.amber.name == "Amber Example"
