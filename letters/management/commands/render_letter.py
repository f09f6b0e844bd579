from pathlib import Path

from django.core.management.base import BaseCommand

from letters.contents import CONTENTS
from letters.kinds import LetterKind
from letters.pdf import as_pdf
from letters.press import page
from letters.wording import national


class Command(BaseCommand):
    requires_system_checks = []
    help = "Render a letter from sample data, in the national wording: render_letter appendix_2 letter.pdf"

    def add_arguments(self, parser):
        parser.add_argument("kind", choices=LetterKind.values)
        parser.add_argument("out", type=Path)

    def handle(self, *, kind, out, **options):
        pdf = as_pdf(page(CONTENTS[LetterKind(kind)].sample(), national(kind)))
        out.write_bytes(pdf)
        self.stdout.write(f"{LetterKind(kind).label}: {out}, {len(pdf):,} bytes")
