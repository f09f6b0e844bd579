"""What is locked is compared with advisories from a file; without one it is said aloud that nothing was."""

import json
import subprocess
import sys
from zipfile import ZipFile

import pytest
from django.conf import settings

AUDIT = settings.BASE_DIR / "setup" / "audit.py"


def run(**given):
    return subprocess.run(
        [sys.executable, AUDIT], env=given, capture_output=True, text=True, check=False, timeout=60
    )  # fmt: skip


def advisory(name="django", ecosystem="PyPI", **affected):
    about = {"package": {"ecosystem": ecosystem, "name": name}, **affected}
    return {"id": "INVENTED-1", "summary": "An invented hole.", "affected": [about]}


def range_of(*events, kind="ECOSYSTEM"):
    return {"ranges": [{"type": kind, "events": [dict([event]) for event in events]}]}


@pytest.fixture
def given(tmp_path):
    """A folder with one advisory in it."""

    def write(content):
        (tmp_path / "INVENTED-1.json").write_text(json.dumps(content))
        return run(ADVISORIES=str(tmp_path))

    return write


def test_without_advisories_it_says_aloud_that_nothing_was_audited():
    done = run()
    assert done.returncode == 0
    assert "DEPENDENCIES WERE NOT AUDITED" in done.stdout


@pytest.mark.parametrize(
    "affected",
    [
        range_of(("introduced", "0")),
        range_of(("introduced", "0"), ("fixed", "99")),
        range_of(("introduced", "1.0"), ("fixed", "2.0"), ("introduced", "3.0"), ("last_affected", "99")),
    ],
)
def test_a_locked_package_that_is_affected_ends_with_one_and_is_named(given, affected):
    done = given(advisory(**affected))
    assert done.returncode == 1
    assert "INVENTED-1: django 5." in done.stdout
    assert "requirements.txt" in done.stdout


@pytest.mark.parametrize(
    "affected",
    [
        range_of(("introduced", "0"), ("fixed", "1.0")),
        range_of(("introduced", "99")),
        range_of(("introduced", "0"), ("last_affected", "1.0")),
        range_of(("introduced", "0"), kind="GIT"),
        {"versions": ["1.0"]},
    ],
)
def test_an_advisory_about_another_version_is_no_hit(given, affected):
    done = given(advisory(**affected))
    assert done.returncode == 0, done.stdout
    assert "none is affected" in done.stdout


def test_names_are_compared_as_packages_are_named_and_npm_is_looked_at_too(given):
    assert "INVENTED-1" in given(advisory("Django_FSM.2", **range_of(("introduced", "0")))).stdout
    front = given(advisory("govuk-frontend", "npm", **range_of(("introduced", "0"), kind="SEMVER")))
    assert "package-lock.json" in front.stdout
    assert given(advisory("govuk-frontend", "PyPI", **range_of(("introduced", "0")))).returncode == 0


def test_a_withdrawn_advisory_counts_no_more(given, tmp_path):
    (tmp_path / "INVENTED-2.json").write_text(json.dumps(advisory("nothing-of-ours", versions=["1"])))
    assert (
        given(advisory(**range_of(("introduced", "0"))) | {"withdrawn": "2026-01-01T00:00:00Z"}).returncode
        == 0
    )


def test_a_zip_is_read_like_a_folder_and_what_cannot_be_read_is_no_audit(tmp_path):
    packed = tmp_path / "all.zip"
    with ZipFile(packed, "w") as made:
        made.writestr("INVENTED-1.json", json.dumps(advisory(**range_of(("introduced", "0")))))
    assert run(ADVISORIES=str(packed)).returncode == 1
    packed.write_bytes(b"not a zip")
    assert "cannot be read" in run(ADVISORIES=str(packed)).stdout
    empty = tmp_path / "empty"
    empty.mkdir()
    done = run(ADVISORIES=str(empty))
    assert (done.returncode, "no audit" in done.stdout) == (1, True)
