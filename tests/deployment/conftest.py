"""The deployment as docker-compose reads it, a database with its walls up, and a Redis of whatever policy."""

import shutil
import signal
import subprocess
import time

import pytest
import yaml
from django.conf import settings
from django.db import connection

from config.walls.raising import raise_walls
from tests.programs import docker_compose


@pytest.fixture(scope="session")
def deployment(tmp_path_factory):
    """docker-compose.yml as docker-compose itself understands it, with .env.example filled in."""
    folder = tmp_path_factory.mktemp("deployment")
    shutil.copy(settings.BASE_DIR / "docker-compose.yml", folder)
    example = (settings.BASE_DIR / ".env.example").read_text()
    (folder / ".env").write_text(example.replace("=\n", "=FILLED-IN\n"))
    shown = subprocess.run(
        [*docker_compose(), "config"],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        env={"PATH": "/usr/local/bin:/usr/bin:/bin"},
    )
    assert shown.returncode == 0, shown.stderr
    return yaml.safe_load(shown.stdout)


@pytest.fixture(scope="session")
def walled(django_db_setup, django_db_blocker):
    """The address of a migrated database with its walls up, for each role: what a deployed service signs in to.

    Whoever asks for it is marked `django_db`: on its own, it would find no migrated database to copy.
    """
    import psycopg2

    at = connection.settings_dict
    name = f"{at['NAME']}_walled"
    how = {"host": at["HOST"], "user": at["USER"]}
    with django_db_blocker.unblock():
        connection.close()  # a database is copied while nobody uses it
    keeper = psycopg2.connect(**how, dbname="postgres")
    keeper.autocommit = True
    with keeper.cursor() as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE "{at["NAME"]}"')
    owner = psycopg2.connect(**how, dbname=name)
    with owner, owner.cursor() as cursor:
        raise_walls(cursor, web="protocol_web", work="protocol_work")
    owner.close()
    yield lambda role: f"postgresql://{role}@{at['HOST'].replace('/', '%2F')}/{name}"
    with keeper.cursor() as cursor:
        cursor.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
    keeper.close()


@pytest.fixture
def redis_with(tmp_path):
    """The address of a Redis of its own that throws away what the policy says."""
    started = []

    def start(policy):
        socket = tmp_path / "redis.sock"
        command = [shutil.which("redis-server"), "--port", "0", "--unixsocket", socket, "--save", ""]
        started.append(subprocess.Popen([*command, "--maxmemory-policy", policy], stdout=subprocess.DEVNULL))
        until = time.monotonic() + 20
        while not socket.exists() and time.monotonic() < until:
            time.sleep(0.05)  # between two looks at whether its socket is there
        return f"redis+socket://{socket}?virtual_host=0"

    yield start
    for process in started:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=20)
