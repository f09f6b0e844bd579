"""Gives the tests a real PostgreSQL and Redis where the machine has the programs, and says what it found.

Loaded with `-p tests.private_servers`, because Django's settings are read before any conftest. The servers are
private: they listen on sockets in a temporary folder, belong to this run alone and stop with it. A variable
that is already set (DATABASE_URL, CELERY_BROKER_URL, REDIS_CACHE_URL, VAR_DIR) wins. Nothing found, or
`--embedded`: the embedded default, SQLite and the in-memory broker, and the report's header names the tests
that are skipped for it. NO_SERVICE_MAY_BE_MISSING=1 turns such skips into an error: CI asks for that.
"""

import atexit
import getpass
import glob
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path

import pytest

NEEDS = {
    "needs_postgres": "what only PostgreSQL can show: row locks, row-level security, two writers at once",
    "needs_redis": "what only a real broker can show: lost workers, redelivery",
    "needs_browser": "what only a real browser can show",
    "needs_compose": "what only docker-compose can show: the deployment as it would be started",
}


# --- What the machine has -------------------------------------------------------------------------------


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


# --- Private servers ------------------------------------------------------------------------------------


class PrivateServices:
    """The servers of one run, in one temporary folder, all gone when `stop` returns."""

    def __init__(self):
        # A socket's path may have 107 characters at most, whatever TMPDIR says.
        parent = tempfile.gettempdir()
        self.folder = Path(tempfile.mkdtemp(prefix="protocol-", dir=parent if len(parent) < 40 else "/tmp"))  # noqa: S108
        self.folder.chmod(0o711)
        self.processes: list[tuple[subprocess.Popen, signal.Signals]] = []
        self.redis_socket: Path | None = None

    def _start(self, name, command, stop_with, **how) -> subprocess.Popen:
        if shutil.which("setpriv"):  # a run that is killed takes its servers with it
            command = ["setpriv", "--pdeathsig", stop_with.name.removeprefix("SIG"), *command]
        log = (self.folder / f"{name}.log").open("wb")
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, **how)
        self.processes.append((process, stop_with))
        return process

    def _wait(self, name, process, is_ready, seconds=30):
        last_word = "no answer"
        until = time.monotonic() + seconds
        while time.monotonic() < until and process.poll() is None:
            try:
                return is_ready()
            except Exception as not_yet:
                last_word = str(not_yet)
                time.sleep(0.05)  # between two looks at whether it answers
        log = (self.folder / f"{name}.log").read_text(errors="replace")[-2000:]
        raise pytest.UsageError(f"The tests' own {name} did not start: {last_word}\n{log}")

    def start_postgres(self, programs: Path) -> str:
        """The address of a new server. Its role is no superuser: those see past row-level security."""
        import psycopg2

        home = self.folder / "postgres"
        home.mkdir(mode=0o700)
        how = {"cwd": home}
        if os.geteuid() == 0:  # PostgreSQL refuses to run as root
            account = unprivileged_account()
            os.chown(home, account.pw_uid, account.pw_gid)
            how |= {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}
            owner = account.pw_name
        else:
            owner = getpass.getuser()
        home.chmod(0o711)
        data = home / "data"
        how_made = ["--auth=trust", "--no-sync", "--encoding=UTF8", "--locale=C", "--username", owner]
        made = subprocess.run(
            [programs / "initdb", "--pgdata", data, *how_made],
            capture_output=True,
            text=True,
            check=False,
            **how,
        )
        if made.returncode:
            raise pytest.UsageError(
                f"The tests' own PostgreSQL could not be made:\n{made.stdout}{made.stderr}"
            )
        settings = {
            "listen_addresses": "",
            "unix_socket_directories": home,
            "unix_socket_permissions": "0777",
            "max_connections": "100",
            "fsync": "off",
            # Nothing here lasts long enough to be tidied; a tidying can deadlock with a wall being raised, and changes plans.
            "autovacuum": "off",
            "synchronous_commit": "off",
            "full_page_writes": "off",
            "timezone": "UTC",
        }
        options = [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
        process = self._start("postgres", [programs / "postgres", "-D", data, *options], signal.SIGINT, **how)

        connection = self._wait(
            "postgres", process, lambda: psycopg2.connect(host=str(home), user=owner, dbname="postgres")
        )
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute("CREATE ROLE protocol LOGIN CREATEDB NOSUPERUSER NOBYPASSRLS")
            # What a deployed service would sign in as: neither a superuser nor the owner of any table.
            cursor.execute("CREATE ROLE application NOLOGIN")
            cursor.execute("GRANT application TO protocol")
            cursor.execute("CREATE DATABASE protocol OWNER protocol")
            for role in ("protocol_web", "protocol_work"):  # `SET ROLE` lets a test be one of them
                cursor.execute(f"CREATE ROLE {role} LOGIN NOSUPERUSER NOBYPASSRLS")
                cursor.execute(f"GRANT {role} TO protocol")
        connection.close()
        return f"postgresql://protocol@{str(home).replace('/', '%2F')}/protocol"

    def start_redis(self, program: str) -> None:
        import redis

        socket = self.folder / "redis.sock"
        command = [program, "--port", "0", "--unixsocket", socket, "--databases", "256", "--dir", self.folder]
        command += ["--save", "", "--appendonly", "no", "--maxmemory-policy", "noeviction"]
        process = self._start("redis", command, signal.SIGTERM)
        self._wait("redis", process, redis.Redis(unix_socket_path=str(socket)).ping)
        self.redis_socket = socket

    def redis_addresses(self, worker: int) -> dict[str, str]:
        """Each xdist worker has its own queue and its own cache: none may eat what another one sent."""
        return {
            "CELERY_BROKER_URL": f"redis+socket://{self.redis_socket}?virtual_host={2 * worker}",
            "REDIS_CACHE_URL": f"unix://{self.redis_socket}?db={2 * worker + 1}",
        }

    def stop(self):
        for process, stop_with in reversed(self.processes):
            if process.poll() is None:
                process.send_signal(stop_with)
        for process, _ in self.processes:
            try:
                process.wait(timeout=10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        self.processes = []
        shutil.rmtree(self.folder, ignore_errors=True)


def unprivileged_account() -> pwd.struct_passwd:
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise pytest.UsageError(
        "PostgreSQL does not run as root, and there is neither a postgres nor a nobody account"
    )


# --- The plugin -----------------------------------------------------------------------------------------

_private: PrivateServices | None = None
_ours: set[str] = set()  # the variables set here, as against those that came with the environment


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
