"""Web, worker and beat in one process, for trying the product with nothing else installed.

They share the in-memory broker, which only exists within a process: hence threads. The worker runs one task
at a time in its own thread, which suits SQLite's single writer. When any of the three dies, all stop and the
process says so and fails: a page that still answers while nobody watches the deadlines would be a lie.
"""

import logging
import signal
import threading
import warnings

from celery.apps.worker import Worker
from celery.beat import Scheduler, Service
from celery.platforms import SecurityWarning
from celery.worker import state as worker_state
from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler, get_internal_wsgi_application

from config.celery import app

logger = logging.getLogger(__name__)


def say_only_what_matters():
    """On the terminal of someone trying the product: what went wrong, not that a minute has passed."""
    logging.getLogger("celery").setLevel(logging.WARNING)
    logging.getLogger("kombu.connection").setLevel(logging.ERROR)  # "no hostname": there is none, in memory
    warnings.filterwarnings("ignore", category=SecurityWarning)  # root in a container, on its own machine
    warnings.filterwarnings("ignore", message="No directory at")  # nothing is collected: the finders serve


class QuietRequestHandler(WSGIRequestHandler):
    """Reports requests that failed; the rest would drown what the worker has to say."""

    def log_message(self, format, *args):
        if not str(args[1]).startswith(("2", "3")):
            super().log_message(format, *args)


class Embedded:
    def __init__(self, host: str, port: int):
        say_only_what_matters()
        # A task that is rung for but not there must fail now, not every minute in a log.
        app.loader.import_default_modules()
        if strangers := {entry["task"] for entry in app.conf.beat_schedule.values()} - app.tasks.keys():
            raise LookupError(
                f"CELERY_BEAT_SCHEDULE rings for what does not exist: {', '.join(sorted(strangers))}"
            )
        self.web = ThreadedWSGIServer((host, port), QuietRequestHandler)
        self.web.daemon_threads = True
        self.web.set_app(get_internal_wsgi_application())
        self.worker = Worker(
            app=app, hostname="embedded@localhost", pool_cls="solo", quiet=True, redirect_stdouts=False,
            without_gossip=True, without_mingle=True, without_heartbeat=True,
        )  # fmt: skip
        self.beat = Service(app, max_interval=1, scheduler_cls=Scheduler)
        self._stopping = threading.Event()
        self._dead: list[str] = []

    @property
    def address(self) -> str:
        return f"http://localhost:{self.web.server_port}"

    def run(self, when_ready=lambda: None) -> bool:
        """Returns when told to stop (SIGINT, SIGTERM) or when a part has died: true if all ended well."""
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: self._stopping.set())
        threads = [
            self._thread("web", self.web.serve_forever),
            self._thread("worker", self.worker.start),
            self._thread("beat", self.beat.start),
        ]
        self._ring_every_alarm()
        when_ready()
        self._stopping.wait()
        self.web.shutdown()
        self.beat.stop()
        worker_state.should_stop = 0
        for thread in threads:
            thread.join(timeout=10)
        self.web.server_close()
        for name in self._dead:
            logger.error("The %s has died, so everything was stopped", name)
        return not self._dead

    def _thread(self, name, work):
        def run():
            try:
                work()
            except Exception:
                logger.exception("The %s failed", name)
            if not self._stopping.is_set():
                self._dead.append(name)
                self._stopping.set()

        thread = threading.Thread(target=run, name=name, daemon=True)
        thread.start()
        return thread

    @staticmethod
    def _ring_every_alarm():
        """Days may have passed since the last run: catch up now, not after the first interval."""
        for entry in app.conf.beat_schedule.values():
            app.send_task(entry["task"])
