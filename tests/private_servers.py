"""Gives the tests a real PostgreSQL and Redis where the machine has the programs, and says what it found.

Loaded with `-p tests.private_servers`, because Django's settings are read before any conftest. The servers are
private: they listen on sockets in a temporary folder, belong to this run alone and stop with it. A variable
that is already set (DATABASE_URL, CELERY_BROKER_URL, REDIS_CACHE_URL, VAR_DIR) wins. Nothing found, or
`--embedded`: the embedded default, SQLite and the in-memory broker, and the report's header names the tests
that are skipped for it. NO_SERVICE_MAY_BE_MISSING=1 turns such skips into an error: CI asks for that.
"""

import atexit
import os
import shutil

import pytest

from tests.programs import chromium, docker_compose, postgres_programs
from tests.servers import PrivateServices

NEEDS = {
    "needs_postgres": "what only PostgreSQL can show: row locks, row-level security, two writers at once",
    "needs_redis": "what only a real broker can show: lost workers, redelivery",
    "needs_browser": "what only a real browser can show",
    "needs_compose": "what only docker-compose can show: the deployment as it would be started",
}
_private: PrivateServices | None = None
_ours: set[str] = set()  # the variables set here, as against those that came with the environment


def what_is_missing() -> dict[str, str]:
    """Marker → why its tests cannot run here. Read off the environment, so that every xdist worker agrees."""
    missing = {}
    if not os.environ.get("DATABASE_URL", "").startswith(("postgres:", "postgresql:")):
        missing["needs_postgres"] = "this run is on SQLite"
    if not os.environ.get("CELERY_BROKER_URL", "").startswith("redis"):
        missing["needs_redis"] = "this run is on the in-memory broker"
    if not chromium():
        missing["needs_browser"] = "no Chromium found (nor CHROMIUM set)"
    if not docker_compose():
        missing["needs_compose"] = "no docker-compose found"
    return missing


def _set(name: str, value: object) -> None:
    if name not in os.environ:
        os.environ[name] = str(value)
        _ours.add(name)


def _is_xdist_worker() -> bool:
    return "PYTEST_XDIST_WORKER" in os.environ


def pytest_addoption(parser):
    parser.getgroup("services").addoption(
        "--embedded", action="store_true", help="test the embedded default: SQLite and the in-memory broker"
    )


@pytest.hookimpl(wrapper=True)
def pytest_load_initial_conftests(early_config):
    """A wrapper, so that it runs before pytest-django reads the settings."""
    if not _is_xdist_worker():
        _begin(embedded=early_config.known_args_namespace.embedded)
    return (yield)


def _begin(*, embedded: bool) -> None:
    global _private
    _private = PrivateServices()
    atexit.register(_private.stop)
    _set("VAR_DIR", _private.folder / "var")
    if embedded:
        for name in ("DATABASE_URL", "CELERY_BROKER_URL", "REDIS_CACHE_URL"):
            os.environ.pop(name, None)
        return
    programs = postgres_programs()
    if programs and "DATABASE_URL" not in os.environ:
        _set("DATABASE_URL", _private.start_postgres(programs))
    program = shutil.which("redis-server")
    if program and "CELERY_BROKER_URL" not in os.environ:
        _private.start_redis(program)
        for name, value in _private.redis_addresses(worker=0).items():
            _set(name, value)
    if (missing := what_is_missing()) and os.environ.get("NO_SERVICE_MAY_BE_MISSING") == "1":
        raise pytest.UsageError(f"NO_SERVICE_MAY_BE_MISSING, but: {'; '.join(missing.values())}")


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_setupnodes(specs):
    for number, spec in enumerate(specs, start=1):
        if "VAR_DIR" in _ours:
            spec.env["VAR_DIR"] = f"{os.environ['VAR_DIR']}-{number}"
        if _private and _private.redis_socket:
            spec.env |= {n: v for n, v in _private.redis_addresses(number).items() if n in _ours}


def pytest_configure(config):
    for marker, meaning in NEEDS.items():
        config.addinivalue_line("markers", f"{marker}: {meaning}")
    # Nothing is collected for the tests: WhiteNoise asks the finders, and need not say so for every client.
    config.addinivalue_line("filterwarnings", "ignore:No directory at:UserWarning")


def pytest_report_header():
    database, broker = os.environ.get("DATABASE_URL", ""), os.environ.get("CELERY_BROKER_URL", "")
    missing = what_is_missing()

    def origin(name):
        return "its own for this run" if name in _ours else "from the environment"

    lines = [
        "database: "
        + (
            f"SQLite ({'from the environment' if database else 'the embedded default'})"
            if "needs_postgres" in missing
            else f"PostgreSQL ({origin('DATABASE_URL')})"
        ),
        "broker: "
        + (
            f"in memory ({'from the environment' if broker else 'the embedded default'})"
            if "needs_redis" in missing
            else f"Redis ({origin('CELERY_BROKER_URL')})"
        ),
        f"browser: {chromium() or 'none'}; compose: {' '.join(docker_compose() or ['none'])}",
    ]
    lines += [f"SKIPPED HERE: tests marked {marker}, since {why}" for marker, why in missing.items()]
    return lines


def pytest_collection_modifyitems(items):
    """The one place where a test is skipped for want of a service."""
    missing = what_is_missing()
    for item in items:
        for marker, why in missing.items():
            if item.get_closest_marker(marker):
                item.add_marker(pytest.mark.skip(reason=f"{marker}: {why}"))


def pytest_unconfigure():
    if _private and not _is_xdist_worker():
        _private.stop()
