from django.core.management.base import BaseCommand, CommandError

from accounts import second_factor
from accounts.models import User


class Command(BaseCommand):
    help = (
        "For an administrator who has lost the second factor and has no colleague who could reset it: ends the "
        "password, the second factor and every session, and e-mails a link to begin again."
    )

    def add_arguments(self, parser):
        parser.add_argument("email")

    def handle(self, *, email, **options):
        person = User.objects.filter(email__iexact=email).first()
        if person is None:
            raise CommandError("Nobody has this e-mail address.")
        second_factor.reset(person, by=None)
        self.stdout.write(f"An e-mail to {person.email} tells how to begin again.")
