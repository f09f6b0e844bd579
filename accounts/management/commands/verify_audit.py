from itertools import islice
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from accounts.audit.models import AuditEntry, AuditSeal
from accounts.audit.verify import findings

# A trail rewritten from the first link on has as many findings as links; this many tell as much.
MOST = 1000
SHOWN = 20


class Command(BaseCommand):
    help = "Check the audit trail: its chain, its anchors outside the database, its triggers. Fails if it was tampered with."

    def add_arguments(self, parser):
        parser.add_argument(
            "--anchors", type=Path, help="a copy of seals.txt kept elsewhere, instead of the service’s own"
        )

    def handle(self, *, anchors, **options):
        found = list(islice(findings(anchors), MOST))
        if not found:
            return self._say_it_is_whole()
        broken = min((f for f in found if f.position is not None), key=lambda f: f.position, default=None)
        first = f"Link {broken.position} is the first that is broken: {broken.sentence}." if broken else ""
        others = [f"- {finding.sentence}." for finding in found if finding is not broken]
        more = [f"- and {len(others) - SHOWN} more."] if len(others) > SHOWN else []
        raise CommandError(
            "\n".join(filter(None, ["The audit trail is not whole.", first, *others[:SHOWN], *more]))
        )

    def _say_it_is_whole(self):
        last = AuditSeal.objects.order_by("-position").first()
        entries, sealed = AuditEntry.objects.count(), last.position if last else 0
        self.stdout.write(f"The audit trail is whole: {entries} entries, {sealed} of them sealed.")
        if last:
            self.stdout.write(f"Link {last.position}: {last.hash}")
