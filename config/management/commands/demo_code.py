from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from config.demonstration import codes


class Command(BaseCommand):
    help = "The code that the authenticator apps of the demonstration's people show now. Each counts once."

    def handle(self, **options):
        if settings.IS_PRODUCTION:
            raise CommandError("The people of the demonstration cannot sign in in production.")
        self.stdout.write(f"{codes.code_now()}   ({codes.seconds_left()} seconds left)")
