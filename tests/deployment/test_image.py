"""There is no engine here to build the image with, so its recipe is read instead, and its commands are run in
`test_processes.py`."""

import re

import pytest
from django.conf import settings

DOCKERFILE = (settings.BASE_DIR / "Dockerfile").read_text()
FINAL_STAGE = DOCKERFILE.split("\nFROM ")[-1]


def locked(name):
    lines = (settings.BASE_DIR / name).read_text()
    return dict(re.findall(r"^([a-z0-9.-]+)==(\S+)", lines, re.M))


@pytest.mark.parametrize(
    "package",
    ["fonts-liberation2", "libharfbuzz-subset0", "libpango-1.0-0", "libpangoft2-1.0-0", "libpq5"],
)
def test_the_image_has_every_library_that_the_letters_and_the_database_need(package):
    assert re.search(rf"\b{re.escape(package)}(\s|$)", FINAL_STAGE)


def test_set_up_on_a_machine_asks_for_the_same_libraries_as_the_image():
    setup = (settings.BASE_DIR / "setup/prepare").read_text()
    in_image = set(
        re.findall(
            r"\b(?:fonts|lib(?!pq))[a-z0-9.-]+", FINAL_STAGE.split("apt-get install")[1].split("&&")[0]
        )
    )
    assert in_image == set(re.findall(r"wants '?((?:fonts|lib)[a-z0-9.-]+)", setup))


def test_psycopg2_is_compiled_in_the_image_and_binary_elsewhere():
    assert "psycopg2" in locked("requirements-image.txt")
    assert "psycopg2-binary" not in locked("requirements-image.txt")
    assert "psycopg2-binary" in locked("requirements.txt")
    assert "psycopg2" not in locked("requirements.txt")


def test_what_is_tested_what_is_tried_and_what_is_shipped_are_the_same_versions():
    tried, tested, shipped = map(
        locked, ("requirements.txt", "requirements-dev.txt", "requirements-image.txt")
    )
    assert tried.items() <= tested.items()
    assert tried.items() - shipped.items() == {("psycopg2-binary", tried["psycopg2-binary"])}


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt", "requirements-image.txt"])
def test_a_lock_names_no_index_and_has_a_hash_for_everything(name):
    text = (settings.BASE_DIR / name).read_text()
    assert not re.search(
        r"^\s*(--index-url|--extra-index-url|--find-links|--trusted-host|-i |-f )", text, re.M
    )
    entries = re.split(r"\n(?=[a-z0-9])", text)
    assert all("--hash=sha256:" in entry for entry in entries if re.match(r"[a-z0-9.-]+==", entry))


def test_the_service_does_not_run_as_root_and_gets_its_static_files_at_build_time():
    words = FINAL_STAGE.splitlines()
    user = next(number for number, line in enumerate(words) if line.startswith("USER "))
    collect = next(number for number, line in enumerate(words) if "collectstatic" in line)
    assert words[user] != "USER root"
    assert collect < user


def test_no_secret_and_no_database_gets_into_the_image():
    ignored = (settings.BASE_DIR / ".dockerignore").read_text().split()
    assert {".git", ".env", ".venv", "var", "node_modules"} <= set(ignored)
    assert not re.search(r"(ENV|ARG)[^\n]*(SECRET|PASSWORD)", DOCKERFILE)
