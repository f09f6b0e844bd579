from django.core.management.base import BaseCommand

from referrals import advice_trail
from referrals.models import AdviceTrace


class Command(BaseCommand):
    help = "Prove that the advice line's audit is whole; name the first place where it is not."

    def handle(self, **options):
        if broken := advice_trail.verify():
            self.stdout.write(broken)
            raise SystemExit(1)
        self.stdout.write(f"All {AdviceTrace.objects.count()} entries hold.")
