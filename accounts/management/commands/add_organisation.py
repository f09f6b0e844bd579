from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from accounts import audit
from accounts.invitations import password_link
from accounts.models import Organisation, User
from accounts.roles import OrganisationKind, PersonRole


class Command(BaseCommand):
    help = "Add an organisation with its first administrator, and print the link to choose a password."

    def add_arguments(self, parser):
        parser.add_argument("kind", choices=OrganisationKind.values)
        parser.add_argument("name")
        parser.add_argument(
            "--administrator", metavar="NAME", help="Left out for an agency not on the system."
        )
        parser.add_argument("--email")

    def handle(self, *, kind, name, administrator, email, **options):
        if bool(administrator) != bool(email):
            raise CommandError(
                "Give both --administrator and --email, or neither for an agency not on the system."
            )
        if Organisation.objects.filter(name=name).exists():
            raise CommandError(f"{name} is already there.")
        with transaction.atomic():
            organisation = Organisation.objects.create(kind=kind, name=name, is_on_system=bool(administrator))
            audit.changed(None, "organisation.added", ("organisation", organisation.pk))
            self.stdout.write(f"Added {name}.")
            if administrator:
                person = User.objects.create_user(
                    email, name=administrator, organisation=organisation, role=PersonRole.ADMINISTRATOR
                )
                audit.changed(None, "person.added", ("person", person.pk))
                self.stdout.write(f"{administrator} chooses a password at {password_link(person)}")
