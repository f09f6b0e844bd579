import re

from django.core.management.base import BaseCommand, CommandError
from django.db import connection, transaction

from accounts.audit.grants import grants


class Command(BaseCommand):
    help = (
        "Print the grants that let the application's database role add to the audit trail and read it, and nothing "
        "else. With --apply they are made: run it as the owner of the tables, who is not that role."
    )

    def add_arguments(self, parser):
        parser.add_argument("role", help="the role as which the service signs in to PostgreSQL")
        parser.add_argument("--apply", action="store_true")

    def handle(self, *, role, apply, **options):
        if not re.fullmatch(r"[a-z_][a-z0-9_]*", role):
            raise CommandError("The role is a name of small letters, digits and underscores.")
        statements = list(grants(role))
        for statement in statements:
            self.stdout.write(f"{statement};")
        if apply:
            self._apply(role, statements)

    def _apply(self, role, statements):
        if connection.vendor != "postgresql":
            raise CommandError("Only PostgreSQL has roles; on SQLite the triggers stand alone.")
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT current_user")
            if cursor.fetchone()[0] == role:
                raise CommandError(
                    f"{role} owns the tables: an owner can always give itself back what it lost."
                )
            for statement in statements:
                cursor.execute(statement)
