"""The only code that knows WeasyPrint, and it imports it only when a letter is to be made.

One font configuration and one parsed stylesheet serve every letter of a process: parsing them costs more
than a letter does. The PDF is tagged; nothing is fetched from anywhere.
"""

import logging
from functools import cache
from threading import Lock

from django.conf import settings

STYLESHEET = settings.BASE_DIR / "static" / "src" / "letters" / "letter.css"
LANGUAGE = "en-GB"
_ONE_AT_A_TIME = Lock()


class Unprintable(ValueError):
    """This page is not a letter: nobody could have it read out, or it reaches for something outside itself."""


def as_pdf(html, *, also=None):
    """The frozen page as an A4 PDF, tagged, its fonts in it. The same page gives the same bytes.

    `also` is a stylesheet of ours for what is more than a letter.
    """
    weasyprint, fonts, stylesheet, fetcher = _press()
    page = weasyprint.HTML(string=html, url_fetcher=fetcher)
    _check(page.etree_element)
    try:
        # One letter at a time in a process: the font configuration they share promises nothing to threads.
        with _ONE_AT_A_TIME:
            return page.write_pdf(
                stylesheets=[stylesheet, *([_sheet(also)] if also else [])],
                font_config=fonts,
                pdf_variant="pdf/ua-1",
                finisher=_scope_of_headers,
            )
    except weasyprint.urls.FatalURLFetchingError as refused:
        raise Unprintable("A letter fetches nothing from anywhere.") from refused


@cache
def _press():
    # What it warns of quotes the letter: a log tells nothing of what is in one.
    for name in ("weasyprint", "weasyprint.progress"):
        logging.getLogger(name).setLevel(logging.CRITICAL)
    import weasyprint

    class Refuses(weasyprint.urls.URLFetcher):
        """A letter has no pictures and no links to load: an address in one is a mistake or an attack."""

        def fetch(self, url, headers=None):
            raise weasyprint.urls.FatalURLFetchingError(f"A letter may not fetch anything: {url}")

    fonts = weasyprint.text.fonts.FontConfiguration()
    refuses = Refuses(fail_on_errors=True)
    return weasyprint, fonts, _parsed(weasyprint, STYLESHEET, fonts, refuses), refuses


@cache
def _sheet(path):
    weasyprint, fonts, _, refuses = _press()
    return _parsed(weasyprint, path, fonts, refuses)


def _parsed(weasyprint, path, fonts, refuses):
    return weasyprint.CSS(string=path.read_text(encoding="utf-8"), font_config=fonts, url_fetcher=refuses)


def _check(root):
    """WeasyPrint takes a page without a language or a title and says nothing; a reader's software would."""
    language, title = root.get("lang"), root.findtext("head/title")
    if language != LANGUAGE or not (title or "").strip():
        raise Unprintable("A letter says its language and has a title.")


def _scope_of_headers(document, pdf):
    """Say which way each table header reads: WeasyPrint tags it without saying."""
    import pydyf

    for element in pdf.objects:
        if isinstance(element, dict) and element.get("S") == "/TH":
            element["A"] = pydyf.Dictionary({"O": "/Table", "Scope": "/Column"})
