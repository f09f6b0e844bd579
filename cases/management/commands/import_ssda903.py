import json
from datetime import date

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from accounts.models import Organisation
from accounts.roles import OrganisationKind
from cases.imports import files, report
from cases.imports.findings import Findings
from cases.imports.load import Loading
from cases.imports.understanding import understood
from cases.imports.values import Unreadable, day
from cases.imports.words import Unusable

SHOWN = 5


class Command(BaseCommand):
    help = (
        "Import an authority's statutory return (SSDA903): its children, periods of care, legal statuses and "
        "reviews. Run twice it changes nothing; next year's return updates. Exit 0 with findings, 2 when there is "
        "nothing to import."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "directory", metavar="DIR", help="The return: a directory of CSV files, or one XML file."
        )
        parser.add_argument("--authority", required=True, metavar="NAME", help="Whose return it is.")
        parser.add_argument(
            "--dry-run", action="store_true", help="Say what would happen, and write nothing."
        )
        parser.add_argument("--json", action="store_true", help="Print the counts only, as JSON.")
        parser.add_argument(
            "--year-end", metavar="DATE", help="31 March of the return, if the data do not tell."
        )
        parser.add_argument(
            "--show", type=int, default=SHOWN, metavar="N", help="Findings listed of each kind; 0: all."
        )

    def handle(self, *, directory, authority, dry_run, year_end, show, **options):
        authority = self._authority(authority)
        year_end = self._year_end(year_end)
        findings, today = Findings(), timezone.localdate()
        self._progress(f"Reading {directory}")
        try:
            parsed = files.read(directory, findings)
        except (Unusable, OSError) as fault:
            raise CommandError(str(fault), returncode=2) from fault
        returned = understood(parsed, findings, today=today, year_end=year_end)
        loading = Loading(authority, returned, findings, today, is_rehearsal=dry_run)
        for done in loading.run():
            self._progress(
                f"{'Rehearsed' if dry_run else 'Imported'} {done:,} of {len(returned.children):,} children"
            )
        self._say(loading, as_json=options["json"], show=show or None)

    def _authority(self, name):
        authorities = Organisation.objects.filter(kind=OrganisationKind.AUTHORITY)
        found = authorities.filter(name__iexact=name.strip()).first()
        if found:
            return found
        known = ", ".join(f"“{one}”" for one in authorities) or "none yet"
        raise CommandError(
            f"No authority here is called “{name}” (known: {known}): give one of those names, or add it first with "
            f"python manage.py add_organisation {OrganisationKind.AUTHORITY.value} '{name}' "
            "--administrator NAME --email ADDRESS.",
            returncode=2,
        )

    def _year_end(self, written):
        try:
            year_end = day(written)
        except Unreadable:
            year_end = date.min
        if year_end and (year_end.month, year_end.day) != (3, 31):
            raise CommandError(
                f"--year-end {written} is no 31 March: write it as 31/03/2025. A return runs from April to March.",
                returncode=2,
            )
        return year_end

    def _progress(self, line):
        self.stderr.write(line, style_func=str)

    def _say(self, loading, *, as_json, show):
        counted = report.counts(loading.returned, loading.loaded, loading.findings)
        if as_json:
            self.stdout.write(json.dumps(counted))
        else:
            lines = report.summary(
                loading.returned, loading.loaded, counted, is_rehearsal=loading.is_rehearsal
            )
            for line in [*lines, *report.lists(loading.findings, show=show)]:
                self.stdout.write(line)
        if loading.findings.found and not loading.is_rehearsal:
            path = report.write_file(loading.findings, loading.authority, loading.returned)
            (self.stderr if as_json else self.stdout).write(f"Every finding is in {path}")
