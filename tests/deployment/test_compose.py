"""The promises of docker-compose.yml, read from what docker-compose makes of it."""

import re
import subprocess

import pytest
from django.conf import settings

from tests.programs import docker_compose

pytestmark = pytest.mark.needs_compose

SECRETS = (
    "SECRET_KEY", "DATABASE_PASSWORD", "DATABASE_WEB_PASSWORD", "DATABASE_WORK_PASSWORD", "DATABASE_ADMIN_PASSWORD",
)  # fmt: skip
OURS = {"web", "worker", "beat", "migrate"}


def option(command, name):
    return command[command.index(name) + 1]


def test_the_queue_survives_a_restart_and_is_never_evicted(deployment):
    redis = deployment["services"]["redis"]
    assert option(redis["command"], "--appendonly") == "yes"
    assert option(redis["command"], "--maxmemory-policy") == "noeviction"
    assert redis["volumes"] == ["redis:/data:rw"]


def test_there_is_exactly_one_beat_and_it_cannot_be_scaled(deployment):
    commands = {name: service.get("command", []) for name, service in deployment["services"].items()}
    beats = [
        name for name, words in commands.items() if "beat" in words or "-B" in words or "--beat" in words
    ]
    assert beats == ["beat"]
    assert deployment["services"]["beat"]["container_name"]
    assert "scale" not in deployment["services"]["beat"]


def test_everything_comes_back_after_a_crash_but_the_migration_runs_once(deployment):
    policies = {name: service["restart"] for name, service in deployment["services"].items()}
    assert policies.pop("migrate") == "no"
    assert set(policies.values()) == {"unless-stopped"}


def test_nothing_of_ours_starts_before_the_database_answers_and_is_migrated(deployment):
    for name in OURS - {"migrate"}:
        waits_for = deployment["services"][name]["depends_on"]
        assert waits_for["database"]["condition"] == "service_healthy"
        assert waits_for["migrate"]["condition"] == "service_completed_successfully"


def test_every_lasting_service_is_watched(deployment):
    watched = {name for name, service in deployment["services"].items() if "healthcheck" in service}
    assert watched >= {"worker", "beat", "database", "redis"}
    assert "HEALTHCHECK" in (settings.BASE_DIR / "Dockerfile").read_text()  # the web's, in the image


def test_only_the_web_has_a_port_and_only_this_machine_reaches_it(deployment):
    ports = {name: service["ports"] for name, service in deployment["services"].items() if "ports" in service}
    assert ports == {"web": ["127.0.0.1:8000:8000/tcp"]}


def test_the_database_and_the_files_outlive_their_containers(deployment):
    assert "database:/var/lib/postgresql/data:rw" in deployment["services"]["database"]["volumes"]
    for name in OURS:
        assert "files:/var/lib/protocol:rw" in deployment["services"][name]["volumes"]


def test_each_process_signs_in_to_the_database_as_the_role_it_needs_and_none_as_superuser(deployment):
    roles = {"web": "protocol_web", "worker": "protocol_work", "beat": "protocol_work", "migrate": "protocol"}
    for name, role in roles.items():
        environment = deployment["services"][name]["environment"]
        assert environment["ENVIRONMENT"] == "production"
        assert environment["DATABASE_URL"].startswith(f"postgresql://{role}:")
        assert "DATABASE_ADMIN_PASSWORD" not in environment
    made = re.findall(
        r"CREATE ROLE (\w+) (.*)", (settings.BASE_DIR / "setup/database/create_roles.sh").read_text()
    )
    assert {name for name, _ in made} == set(roles.values())
    assert all("NOSUPERUSER" in how and "NOBYPASSRLS" in how for _, how in made)


def test_the_walls_are_raised_after_every_migration(deployment):
    assert "migrate --noinput && python manage.py raise_walls" in " ".join(
        deployment["services"]["migrate"]["command"]
    )


def test_no_secret_stands_in_a_file_and_a_missing_one_stops_the_start(tmp_path):
    text = (settings.BASE_DIR / "docker-compose.yml").read_text()
    example = (settings.BASE_DIR / ".env.example").read_text()
    for name in SECRETS:
        assert re.search(rf"^{name}=$", example, re.M), f"{name} has a value in .env.example"
        assert all(use.startswith(":?") for use in re.findall(rf"\$\{{{name}\b([^}}]*)", text))

    (tmp_path / "docker-compose.yml").write_text(text)
    (tmp_path / ".env").write_text(example)
    shown = subprocess.run(
        [*docker_compose(), "config"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
        env={"PATH": "/usr/bin"},
    )
    assert shown.returncode != 0
    assert "set it in .env" in shown.stderr
