"""The programs of this machine that tests can use, and where they are."""

import glob
import os
import shutil
import subprocess
from pathlib import Path


def postgres_programs() -> Path | None:
    """The folder that holds `initdb` and `postgres`; of several versions, the newest."""
    versions = glob.glob("/usr/lib/postgresql/*/bin/initdb")
    if versions:
        return Path(max(versions, key=lambda path: float(Path(path).parts[-3]))).parent
    found = shutil.which("initdb")
    return Path(found).resolve().parent if found else None


def chromium() -> str | None:
    named = os.environ.get("CHROMIUM")
    # The first is the same browser without a window, at two thirds of the cost.
    names = [
        "chromium-headless-shell",
        "chromium",
        "chromium-browser",
        "google-chrome",
        "google-chrome-stable",
    ]
    return named or next(filter(None, map(shutil.which, names)), None)


def docker_compose() -> list[str] | None:
    if shutil.which("docker-compose"):
        return ["docker-compose"]
    if shutil.which("docker") and succeeds(["docker", "compose", "version"]):
        return ["docker", "compose"]
    return None


def succeeds(command) -> bool:
    return subprocess.run(command, capture_output=True, check=False).returncode == 0
