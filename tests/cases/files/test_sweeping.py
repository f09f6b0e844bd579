"""Bytes whose row was rolled back, or whose worker was killed, go after a week; what a row names stays."""

import logging
import os
import time
from datetime import timedelta

import pytest
from django.conf import settings

from accounts.audit import writing
from cases import tasks
from cases.files import receiving, store, sweeping
from cases.models import StoredFile
from tests.cases.files.steps import upload, with_file

pytestmark = [pytest.mark.usefixtures("today"), pytest.mark.django_db]


def kept():
    return {path.parent.name + path.name for path in settings.FILES_DIR.rglob("*") if path.is_file()}


def ago(name, days, *, aside=False):
    """Written down, or put aside, so many days ago."""
    then = time.time() - timedelta(days=days).total_seconds()
    os.utime(settings.FILES_DIR / store.ASIDE / name if aside else store.path(name), (then, then))


def test_what_no_row_names_is_put_aside_and_goes_after_a_week_and_everything_else_stays(case, cast, caplog):
    file = with_file(case, by=cast.lena)
    left, fresh = (store.keep([b"Amber is well."])[0] for _ in range(2))
    ago(file.stored_as, 30)
    ago(left, 30)
    with caplog.at_level(logging.WARNING):
        tasks.sweep_files()
    assert store.aside() == [left], "Written down a month ago, and aside since today"
    assert store.path(file.stored_as).exists()
    assert store.path(fresh).exists()
    ago(left, 6, aside=True)
    assert sweeping.sweep() == 0
    ago(left, 8, aside=True)
    assert sweeping.sweep() == 1
    assert kept() == {file.stored_as, fresh}
    assert left not in caplog.text


def test_what_a_row_names_again_is_put_back(case, cast):
    """A database restored too old, and then put right."""
    first, second = with_file(case, by=cast.lena), with_file(case, by=cast.lena, name="second.pdf")
    ago(second.stored_as, 3)
    StoredFile.objects.filter(pk=second.pk).update(stored_as=store.new_name())
    sweeping.sweep()
    assert not store.path(second.stored_as).exists()
    StoredFile.objects.filter(pk=second.pk).update(stored_as=second.stored_as)
    sweeping.sweep()
    assert kept() == {first.stored_as, second.stored_as}
    assert not store.aside()


def test_the_bytes_of_an_act_that_was_rolled_back_go(case, cast, monkeypatch):
    standing = with_file(case, by=cast.lena)
    monkeypatch.setattr(writing.Doing, "touched", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        receiving.add(case, [upload("second.pdf")], by=cast.lena, event=case.events.earliest("pk"))
    [left] = kept() - {standing.stored_as}
    ago(left, 2)
    sweeping.sweep()
    assert store.aside() == [left]


def test_where_no_row_is_in_sight_nothing_is_touched():
    name = store.keep([b"Amber is well."])[0]
    ago(name, 30)
    assert not StoredFile.objects.exists()
    assert sweeping.sweep() == 0
    assert store.path(name).exists()


def test_a_store_that_is_not_there_yet_and_a_strangers_file_in_it_are_left_alone(case, cast):
    assert sweeping.sweep() == 0
    file = with_file(case, by=cast.lena)
    note = store.path(file.stored_as).with_name("README")
    note.write_text("not ours")
    os.utime(note, (0, 0))
    sweeping.sweep()
    assert note.exists()
