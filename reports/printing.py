"""A report on paper: the press of letters, with a stylesheet of its own."""

from django.conf import settings
from django.template.loader import render_to_string

from letters.pdf import as_pdf

STYLESHEET = settings.BASE_DIR / "static" / "src" / "reports" / "report.css"


def printed(template, told):
    """A template that extends `reports/paper.html`, as an accessible PDF."""
    return as_pdf(render_to_string(template, told), also=STYLESHEET)
