import logging
import os

from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from config.demonstration import codes, people, playing
from config.demonstration.stories import Unreadable

PHRASE = "seven herons in the fog"


class Command(BaseCommand):
    help = (
        "Play the demonstration: invented agencies, people and families, every fact dated from today. "
        "DEMO_PASSWORD sets the password of its people. Played once; after that it changes nothing."
    )

    def handle(self, **options):
        if settings.IS_PRODUCTION:
            raise CommandError(
                "The demonstration is full of invented people whose password and codes are printed here. "
                "It is not for production: unset ENVIRONMENT=production, or use another database."
            )
        phrase = self._phrase()
        if people.is_there():
            self.stdout.write("The demonstration is already here: nothing was changed.")
        else:
            self._play(phrase)
        self._say_how_to_sign_in(phrase)

    def _phrase(self):
        phrase = os.environ.get("DEMO_PASSWORD", PHRASE)
        try:
            validate_password(phrase)
        except ValidationError as fault:
            raise CommandError(f"DEMO_PASSWORD: {' '.join(fault.messages)}") from fault
        return phrase

    def _play(self, phrase):
        self.stdout.write("Playing the demonstration: some two years, day by day. This takes a moment.")
        self.stdout.flush()
        # It would say that no host is named: there is none, in memory.
        logging.getLogger("kombu.connection").setLevel(logging.ERROR)
        try:
            cases, children = playing.play(phrase)
        except Unreadable as fault:
            raise CommandError(
                f"The demonstration cannot be played, and nothing was saved. {fault}"
            ) from fault
        self.stdout.write(f"{cases} cases, {children} children, and every fact typed on its own day.")

    def _say_how_to_sign_in(self, phrase):
        known = people.one_for_each_role()
        self.stdout.write(f"\nSign in at {settings.SITE_ADDRESS}\n\n")
        rows = [(p.get_role_display(), p.name, p.email, p.organisation.name) for p in known]
        widths = [max(len(row[column]) for row in rows) for column in range(3)]
        for row in rows:
            self.stdout.write("  ".join([*(t.ljust(w) for t, w in zip(row, widths, strict=False)), row[3]]))
        if known[0].check_password(phrase):
            self.stdout.write(f"\nPassword for everyone: {phrase}\n")
        else:
            self.stdout.write("\nThe password is the one in DEMO_PASSWORD when it was first played.\n")
        self.stdout.write(f"{codes.in_words()}\n\n")
