"""`manage.py run_embedded`, started for real: one process that serves, ticks, works, and stops when told."""

import http.client
import os
import queue
import re
import shutil
import signal
import subprocess
import sys
import threading
import time

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

# What the started process runs first: it fakes nothing, it only says which tasks ran.
SAY_WHICH_TASKS_RAN = """
from celery.signals import task_success
@task_success.connect(weak=False)
def _say(sender, **_):
    print("RAN", sender.name, flush=True)
"""

LET_BEAT_DIE = """
from celery.beat import Scheduler
def tick(self, *_, **__):
    raise RuntimeError("beat is broken")
Scheduler.tick = tick
"""


MANAGE = [sys.executable, "-u", "manage.py"]


def by_itself(var, **more):
    """How a process is started that has found nothing but its folder."""
    found = {"DATABASE_URL", "CELERY_BROKER_URL", "REDIS_CACHE_URL", "DJANGO_ALLOW_ASYNC_UNSAFE"}
    environment = {name: value for name, value in os.environ.items() if name not in found}
    return {"cwd": settings.BASE_DIR, "env": environment | {"VAR_DIR": str(var)} | more, "text": True}


@pytest.fixture(scope="module")
def migrated(tmp_path_factory):
    """A folder with a database in it, which each service that is started gets a copy of."""
    var = tmp_path_factory.mktemp("migrated") / "var"
    done = subprocess.run([*MANAGE, "migrate"], **by_itself(var), capture_output=True, check=False)
    assert done.returncode == 0, done.stderr
    return var


class Running:
    """The embedded service in a process of its own, and what it has printed so far."""

    def __init__(self, folder, runs_first):
        (folder / "sitecustomize.py").write_text(runs_first)
        self.process = subprocess.Popen(
            [*MANAGE, "run_embedded", "--port", "0"],
            **by_itself(folder / "var", TICK_SECONDS="2", PYTHONPATH=str(folder)),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
        self.lines, self.said = queue.Queue(), []
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self):
        for line in self.process.stdout:
            self.lines.put(line)
        self.lines.put(None)

    def wait_for(self, pattern, seconds=30):
        until = time.monotonic() + seconds
        while (left := until - time.monotonic()) > 0:
            try:
                line = self.lines.get(timeout=left)
            except queue.Empty:
                break
            if line is None:
                break
            self.said.append(line)
            if found := re.search(pattern, line):
                return found
        pytest.fail(f"{pattern!r} was not said:\n{''.join(self.said)}")

    def exit_code(self):
        return self.process.wait(timeout=20)


@pytest.fixture
def start(tmp_path, migrated):
    started = []
    shutil.copytree(migrated, tmp_path / "var")

    def start(runs_first):
        started.append(Running(tmp_path, runs_first))
        return started[-1]

    yield start
    for running in started:
        running.process.kill()
        running.process.wait()


def test_one_process_serves_works_ticks_and_stops_when_told(start):
    running = start(SAY_WHICH_TASKS_RAN)
    address = running.wait_for(r"is at http://(\S+)")[1]
    running.wait_for("On SQLite the first wall stands alone")
    web = http.client.HTTPConnection(address, timeout=10)
    web.request("GET", "/health")
    assert web.getresponse().status == 200

    # Once at the start, to catch up, and then again when beat rings.
    for _ in range(2):
        running.wait_for(r"RAN cases\.tasks\.tick")

    running.process.send_signal(signal.SIGTERM)
    running.wait_for("Stopped", seconds=20)
    assert running.exit_code() == 0
    assert not [line for line in running.said if "Traceback" in line or "ERROR" in line]


def test_when_one_part_dies_the_whole_stops_and_says_which(start):
    running = start(LET_BEAT_DIE)
    running.wait_for("The beat has died")
    assert running.exit_code() != 0


def test_with_a_real_broker_it_refuses_and_says_what_to_do(settings):
    settings.CELERY_BROKER_URL = "redis://queue/0"
    with pytest.raises(CommandError, match="start the three processes"):
        call_command("run_embedded")


def test_in_production_it_refuses(settings):
    settings.CELERY_BROKER_URL = "memory://"
    settings.IS_PRODUCTION = True
    with pytest.raises(CommandError, match="for trying the product"):
        call_command("run_embedded")


def test_every_alarm_rings_for_a_task_that_exists():
    from config.celery import app

    app.loader.import_default_modules()
    assert {entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()} <= app.tasks.keys()
