"""The PDFs of letters that have gone: made once from the frozen page, found for ever.

Nothing here runs inside the transaction that sends a letter. The row that is missing, not the message that
asks for it, says what remains to be made; two workers at once make the same bytes and keep one.
"""

import logging
from hashlib import sha256

from celery import current_app
from django.utils import timezone

from letters.models import GONE, Letter, Paper
from letters.pdf import as_pdf

logger = logging.getLogger(__name__)
BATCH = 50


def ask_for(ids):
    """Ask a worker now. Should the broker be away, the clock finds the letters within its next tick."""
    try:
        current_app.send_task("letters.tasks.make_papers", [ids], retry=False)
    except Exception:
        logger.warning("The broker is away; the clock will print letters %s.", ids)


def unprinted():
    return Letter.objects.filter(state__in=GONE, paper=None).order_by("pk")


def batches_unprinted():
    ids = list(unprinted().values_list("pk", flat=True))
    return [ids[at : at + BATCH] for at in range(0, len(ids), BATCH)]


def make(ids):
    """Print those of the batch that nobody has printed; return how many. One that fails leaves the others be."""
    return sum(_made(letter) for letter in unprinted().filter(pk__in=ids))


def _made(letter):
    try:
        _print(letter)
    except Exception:
        logger.exception("Letter %s could not be printed; the clock will try again.", letter.key)
        return False
    return True


def _print(letter):
    pdf = as_pdf(letter.page)
    Paper.objects.bulk_create(
        [
            Paper(
                letter=letter,
                authority_id=letter.authority_id,
                pdf=pdf,
                sha256=sha256(pdf).hexdigest(),
                made_at=timezone.now(),
            )
        ],
        ignore_conflicts=True,
    )


def paper_of(letter):
    """The PDF of a letter that has gone, printed here if no worker has come to it yet."""
    paper = Paper.objects.filter(letter=letter).first()
    if paper is None:
        _print(letter)
        paper = Paper.objects.get(letter=letter)
    return paper
