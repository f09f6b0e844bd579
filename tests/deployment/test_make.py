"""`make run` for the second time must start in seconds: a step is skipped while its inputs are unchanged.

The real setup/prepare runs in a copy of the project; python3, pip, npm and apt-get only write down that they
were called.
"""

import os
import shutil
import subprocess

import pytest
from django.conf import settings

INPUTS = ["setup/prepare", "requirements.txt", "requirements-dev.txt", "package.json", "package-lock.json"]

# Enough of a Python: it is recent, makes a virtual environment that holds itself, and notes every install.
PYTHON = """#!/bin/sh
case "$*" in
  "-m venv .venv")
    echo "venv" >>"$CALLS"
    mkdir -p .venv/bin .venv/packages
    cp "$0" .venv/bin/python
    echo "#!$PWD/.venv/bin/python" >.venv/bin/pip ;;
  "-m pip install"*) echo "pip ${*##* }" >>"$CALLS" ;;
  *purelib*) echo "$PWD/.venv/packages" ;;
esac
"""
NPM = """#!/bin/sh
echo "npm $1" >>"$CALLS"
mkdir -p node_modules static/build
"""
NOTHING = '#!/bin/sh\necho "$(basename "$0")" >>"$CALLS"\n'


@pytest.fixture
def project(tmp_path):
    return Project(tmp_path)


class Project:
    def __init__(self, folder):
        self.folder = folder / "project"
        for path in INPUTS:
            (self.folder / path).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(settings.BASE_DIR / path, self.folder / path)
        (self.folder / "static/src").mkdir(parents=True)
        (self.folder / "static/src/app.scss").write_text("")
        (self.folder / "static/build.mjs").write_text("")
        commands = folder / "commands"
        commands.mkdir()
        self.calls = folder / "calls"
        stubs = {"python3": PYTHON, "npm": NPM, "node": NOTHING, "apt-get": NOTHING, "apt-cache": NOTHING}
        for name, text in stubs.items():
            (commands / name).write_text(text)
            (commands / name).chmod(0o755)
        self.environment = {
            "PATH": f"{commands}:{os.environ['PATH']}",
            "PYTHON": str(commands / "python3"),
            "CALLS": str(self.calls),
        }

    def prepare(self, purpose):
        """What `setup/prepare` called, apart from apt."""
        self.calls.write_text("")
        done = subprocess.run(
            [self.folder / "setup/prepare", purpose],
            env=self.environment, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        return [line for line in self.calls.read_text().splitlines() if not line.startswith("apt")]

    def change(self, path):
        with (self.folder / path).open("a") as file:
            file.write("\n")


def test_the_first_time_does_everything_and_the_second_nothing(project):
    assert project.prepare("run") == ["venv", "pip requirements.txt", "npm ci", "npm run"]
    assert project.prepare("run") == []


def test_only_what_changed_is_done_again(project):
    project.prepare("run")
    project.change("static/src/app.scss")
    assert project.prepare("run") == ["npm run"]
    project.change("requirements.txt")
    assert project.prepare("run") == ["pip requirements.txt"]
    project.change("package-lock.json")
    assert project.prepare("run") == ["npm ci", "npm run"]


def test_whoever_can_test_can_run(project):
    assert "pip requirements-dev.txt" in project.prepare("test")
    assert project.prepare("run") == []
    assert project.prepare("test") == []


def test_whoever_can_run_needs_the_development_packages_to_test(project):
    project.prepare("run")
    assert project.prepare("test") == ["pip requirements-dev.txt"]


def test_a_project_that_was_moved_gets_a_virtual_environment_of_its_own(project):
    project.prepare("run")
    project.folder = project.folder.rename(project.folder.with_name("moved"))
    assert project.prepare("run")[:2] == ["venv", "pip requirements.txt"]
