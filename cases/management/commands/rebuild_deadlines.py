from django.core.management.base import BaseCommand

from cases import rebuild


class Command(BaseCommand):
    help = "Play every chronology again and store what follows; with --check only prove that nothing differs."

    def add_arguments(self, parser):
        parser.add_argument("--check", action="store_true", help="Compare, print and change nothing.")

    def handle(self, *, check, **options):
        if not check:
            self.stdout.write(f"Rebuilt {rebuild.rebuild()} chronologies.")
            return
        compared, differences = rebuild.check()
        for difference in differences:
            self.stdout.write(difference)
        self.stdout.write(f"Compared {compared} deadlines: {len(differences)} differences.")
        if differences:
            raise SystemExit(1)
