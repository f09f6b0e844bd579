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


def aged(*names, by=sweeping.AGE + timedelta(hours=1)):
    then = time.time() - by.total_seconds()
    for name in names:
        os.utime(store.path(name), (then, then))


def test_what_no_row_names_goes_after_a_week_and_everything_else_stays(case, cast, caplog):
    file = with_file(case, by=cast.lena)
    left, fresh = (store.keep([b"Amber is well."])[0] for _ in range(2))
    aged(file.stored_as, left)
    aged(fresh, by=sweeping.AGE - timedelta(hours=1))
    with caplog.at_level(logging.WARNING):
        tasks.sweep_files()
    assert kept() == {file.stored_as, fresh}
    assert "that no row names: 1" in caplog.text
    assert left not in caplog.text
    assert sweeping.sweep() == 0


def test_the_bytes_of_an_act_that_was_rolled_back_go(case, cast, monkeypatch):
    standing = with_file(case, by=cast.lena)
    monkeypatch.setattr(writing.Doing, "touched", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        receiving.add(case, [upload("second.pdf")], by=cast.lena, event=case.events.earliest("pk"))
    [left] = kept() - {standing.stored_as}
    aged(left)
    sweeping.sweep()
    assert kept() == {standing.stored_as}


def test_where_no_row_is_in_sight_nothing_goes():
    aged(store.keep([b"Amber is well."])[0])
    assert not StoredFile.objects.exists()
    assert sweeping.sweep() == 0
    assert kept()


def test_a_store_that_is_not_there_yet_and_a_strangers_file_in_it_are_left_alone(case, cast):
    assert sweeping.sweep() == 0
    file = with_file(case, by=cast.lena)
    note = store.path(file.stored_as).with_name("README")
    note.write_text("not ours")
    os.utime(note, (0, 0))
    sweeping.sweep()
    assert note.exists()
