"""What the Protocol asks, duty by duty, each with its clause."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from protocol.scenario import duties_json, duties_text


class Command(BaseCommand):
    help = "List every duty of the Protocol with its sentence and its clause."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="print a JSON list")

    def handle(self, *args: Any, **options: Any) -> None:
        as_json = options["json"]
        self.stdout.write(json.dumps(duties_json(), indent=1) if as_json else duties_text())
