"""The tests' own PostgreSQL and Redis: on sockets in a temporary folder, for one run alone."""

import getpass
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path

import pytest


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
