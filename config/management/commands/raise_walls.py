from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import connection, transaction

from config.walls.raising import raise_walls


class Command(BaseCommand):
    help = "Put row-level security around every table with a child's record in it (PostgreSQL, as the owner)."

    def handle(self, **options):
        if connection.vendor != "postgresql":
            self.stdout.write("SQLite has no second wall: the first one, in the queries, stands alone.")
            return
        with transaction.atomic(), connection.cursor() as cursor:
            raise_walls(cursor, web=settings.DATABASE_WEB_ROLE, work=settings.DATABASE_WORK_ROLE)
        self.stdout.write("The walls are up.")
