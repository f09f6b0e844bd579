"""A real Celery worker in a process of its own, on this run's PostgreSQL and Redis, that can be killed."""

import os
import signal
import subprocess
import sys
import time

import pytest
from django.conf import settings
from django.db import connection

from config.celery import app

PATIENCE = 60


def until(holds, what):
    """Wait for a condition, and say which one never came about."""
    deadline = time.monotonic() + PATIENCE
    while not (found := holds()):
        assert time.monotonic() < deadline, f"{what}: not within {PATIENCE} seconds"
        time.sleep(0.05)  # between two looks at the condition
    return found


class Worker:
    """`celery worker` with one process inside, on the tests' own database; its e-mails become files."""

    def __init__(self, outbox, log, runs_first=""):
        folder = log.parent
        (folder / "sitecustomize.py").write_text(runs_first)
        name, user = connection.settings_dict["NAME"], connection.settings_dict["USER"]
        host = connection.settings_dict["HOST"].replace("/", "%2F")
        environment = os.environ | {
            "DATABASE_URL": f"postgresql://{user}@{host}/{name}",
            "VAR_DIR": str(outbox.parent),
            "PYTHONPATH": f"{folder}:{settings.BASE_DIR}",
        }
        self.log = log
        command = [sys.executable, "-m", "celery", "-A", "config", "worker", "--pool", "solo", "--loglevel", "INFO",
                   "--without-gossip", "--without-mingle", "--without-heartbeat"]  # fmt: skip
        with log.open("ab") as said:
            self.process = subprocess.Popen(
                command, cwd=settings.BASE_DIR, env=environment, stdout=said, stderr=said
            )

    def said(self):
        return self.log.read_text(errors="replace")

    def is_ready(self):
        assert self.process.poll() is None, self.said()
        return "ready." in self.said()

    def kill(self):
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def stop(self):
        if self.process.poll() is None:
            self.kill()


@pytest.fixture
def outbox(tmp_path):
    """Where the worker's e-mails lie, one file each."""
    folder = tmp_path / "var" / "outbox"
    folder.mkdir(parents=True)
    return folder


@pytest.fixture
def start_worker(outbox, tmp_path):
    """Starts a worker and waits until it listens; all of them are gone when the test ends."""
    started = []

    def start(runs_first=""):
        folder = tmp_path / f"worker{len(started)}"
        folder.mkdir()
        worker = Worker(outbox, folder / "log", runs_first)
        started.append(worker)
        until(worker.is_ready, "the worker is ready")
        return worker

    yield start
    for worker in started:
        worker.stop()


@pytest.fixture
def broker():
    """This run's own Redis, empty before and after."""
    import redis

    address = app.conf.broker_url
    path, _, number = address.removeprefix("redis+socket://").partition("?virtual_host=")
    store = redis.Redis(unix_socket_path=path, db=int(number)) if number else redis.Redis.from_url(address)
    store.flushdb()
    yield store
    store.flushdb()
