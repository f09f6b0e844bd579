import os

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection


class Command(BaseCommand):
    help = "Starts web, worker and beat together in this process, on the in-memory broker."

    def add_arguments(self, parser):
        parser.add_argument(
            "--host", default="127.0.0.1", help="where to listen (default: this machine only)"
        )
        parser.add_argument("--port", type=int, default=int(os.environ.get("PORT", "8000")))

    def handle(self, *, host, port, **options):
        if settings.CELERY_BROKER_URL != "memory://":
            raise CommandError(
                "CELERY_BROKER_URL names a real broker, and the embedded mode has its own. "
                "Unset it, or start the three processes: "
                "gunicorn config.wsgi, celery -A config worker, celery -A config beat."
            )
        if settings.IS_PRODUCTION:
            raise CommandError(
                "The embedded mode is for trying the product. In production start the three processes."
            )

        from config.embedded import Embedded

        try:
            embedded = Embedded(host, port)
        except LookupError as problem:
            raise CommandError(problem) from problem
        except OSError as problem:
            raise CommandError(
                f"Cannot listen on port {port}: {problem.strerror}. Try another: PORT=8001 make run"
            ) from problem
        if not embedded.run(when_ready=lambda: self._announce(embedded)):
            raise CommandError("A part of the service died: see the log above.")
        self.stdout.write("Stopped.")

    def _announce(self, embedded):
        self.stdout.write(
            self.style.SUCCESS(f"\nThe Protocol is at {embedded.address}   (Ctrl-C stops it)\n")
        )
        if connection.vendor == "sqlite":
            self.stdout.write(
                "On SQLite the first wall stands alone: row-level security is PostgreSQL’s (raise_walls)."
            )
        self.stdout.flush()
