"""The commands that docker-compose.yml and the Dockerfile give, run as they stand on this machine: production
settings, PostgreSQL, Redis, three processes. Only then are their health checks to be believed."""

import http.client
import json
import os
import re
import shlex
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.conf import settings

pytestmark = [
    pytest.mark.needs_postgres, pytest.mark.needs_redis, pytest.mark.needs_compose, pytest.mark.django_db,
]  # fmt: skip

DOCKERFILE = (settings.BASE_DIR / "Dockerfile").read_text()


def in_image(instruction):
    """The command of the last CMD, or of HEALTHCHECK … CMD."""
    return json.loads(re.findall(rf"^{instruction}\b.*?(\[.*\])$", DOCKERFILE, re.M)[-1])


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


@pytest.fixture
def host(tmp_path, deployment, walled):
    """This machine in the part of the container host, with a database whose walls are up."""
    environment = {
        **os.environ,
        **deployment["services"]["web"]["environment"],
        "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
        "HOSTNAME": socket.gethostname(),
        "SECRET_KEY": "a-key-for-these-processes-alone-0123456789-abcdefghijklmnopqrstuvwxyz",
        "DATABASE_URL": walled("protocol_work"),
        "CELERY_BROKER_URL": settings.CELERY_BROKER_URL,
        "REDIS_CACHE_URL": settings.REDIS_CACHE_URL,
        "VAR_DIR": str(tmp_path / "var"),
        "STATIC_ROOT": str(tmp_path / "staticfiles"),
        "PORT": str(free_port()),
        "TICK_SECONDS": "1",
    }
    host = Host(tmp_path, environment, web=walled("protocol_web"))
    yield host
    host.stop()


class Host:
    def __init__(self, folder, environment, *, web):
        self.folder, self.environment, self.web, self.running = folder, environment, web, {}

    def start(self, name, command):
        with self.log(name).open("wb") as log:
            self.running[name] = subprocess.Popen(
                command,
                cwd=settings.BASE_DIR,
                env=self.environment | ({"DATABASE_URL": self.web} if name == "web" else {}),
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def log(self, name):
        return self.folder / f"{name}.log"

    def says(self, name):
        return self.log(name).read_text(errors="replace")

    def run(self, command):
        return subprocess.run(
            command, cwd=settings.BASE_DIR, env=self.environment, capture_output=True, text=True, check=False
        )

    def becomes_well(self, name, check, seconds=60):
        until = time.monotonic() + seconds
        while time.monotonic() < until and self.running[name].poll() is None:
            if self.run(check).returncode == 0:
                return True
            time.sleep(0.5)  # each look starts a process of its own
        pytest.fail(f"{name} never became well:\n{self.says(name)[-3000:]}")

    def comes_to_say(self, name, pattern, seconds=20):
        until = time.monotonic() + seconds
        while time.monotonic() < until and not re.search(pattern, self.says(name)):
            time.sleep(0.1)  # between two looks at what it says
        return re.search(pattern, self.says(name))

    def stop(self):
        for process in self.running.values():
            if process.poll() is None:
                process.send_signal(signal.SIGTERM)
        for process in self.running.values():
            try:
                process.wait(timeout=20)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()


def asks(host, page, *, came_from):
    web = http.client.HTTPConnection("127.0.0.1", int(host.environment["PORT"]), timeout=30)
    name = host.environment["ALLOWED_HOSTS"].split(",")[0]
    headers = {"Host": name, "X-Forwarded-Proto": "https", "Referer": f"https://{name}{came_from}"}
    web.request("GET", page, headers=headers)
    return web.getresponse()


def health_check(service):
    kind, line = service["healthcheck"]["test"]
    assert kind == "CMD-SHELL"
    return ["sh", "-c", line.replace("$$", "$")]


def test_the_worker_and_beat_of_the_deployment_start_answer_and_tick(host, deployment):
    for name in ("worker", "beat"):
        service = deployment["services"][name]
        assert host.run(health_check(service)).returncode != 0, "well before it was started"
        host.start(name, service["command"])
    for name in ("worker", "beat"):
        assert host.becomes_well(name, health_check(deployment["services"][name]))
    assert host.comes_to_say("worker", r"Task cases\.tasks\.tick\[\S+\] succeeded")


def test_the_web_of_the_image_starts_and_serves_what_was_collected(host):
    collected = host.run([sys.executable, "manage.py", "collectstatic", "--noinput"])
    assert collected.returncode == 0, collected.stderr
    check = in_image("HEALTHCHECK")
    assert host.run(check).returncode != 0, "well before it was started"
    command = shlex.join(in_image("CMD")).replace("0.0.0.0:8000", f"127.0.0.1:{host.environment['PORT']}")
    host.start("web", shlex.split(command))
    assert host.becomes_well("web", check)
    answer = asks(
        host, "/set-password/MQ/a-key-in-an-address/", came_from="/calendar/a-key-in-an-address.ics"
    )
    assert answer.status == 200
    assert host.comes_to_say("web", answer.headers["X-Request-ID"])
    assert "a-key-in-an-address" not in host.says("web")
