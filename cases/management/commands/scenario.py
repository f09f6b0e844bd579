"""Play a scenario file against the rules alone: no database, no permissions."""

import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from protocol.scenario import play_file


class Command(BaseCommand):
    help = (
        "Play a scenario and say what is owed. Exit 0 played, 1 different from what it expects, 2 malformed."
    )
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--as-of", metavar="YYYY-MM-DD", help="judge on this day instead of the file's")
        parser.add_argument("--json", action="store_true", help="print one JSON object")
        parser.add_argument("--check", action="store_true", help="compare with the file's expectations")

    def handle(self, *args: Any, **options: Any) -> None:
        exit_code = play_file(
            options["file"],
            as_of=options["as_of"],
            as_json=options["json"],
            check=options["check"],
            say=self.stdout.write,
            complain=self.stderr.write,
        )
        if exit_code:
            sys.exit(exit_code)
