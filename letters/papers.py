"""The PDFs of letters that have gone: made once from the frozen page, found for ever.

Nothing here runs inside the transaction that sends a letter. The row that is missing, not the message that
asks for it, says what remains to be made; two workers at once make the same bytes and keep one.
"""

import logging
from hashlib import sha256

from celery import current_app
from django.utils import timezone

from letters.models import GONE, Letter, Paper, Recipient, RecipientPaper
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
    theirs = unprinted_for_recipients().values_list("letter", flat=True)
    ids = sorted({*unprinted().values_list("pk", flat=True), *theirs})
    return [ids[at : at + BATCH] for at in range(0, len(ids), BATCH)]


def unprinted_for_recipients():
    """The pages frozen for one recipient each of a referral's letter."""
    return Recipient.objects.exclude(page_sha256="").filter(paper=None).order_by("pk")


def make(ids):
    """Print those of the batch that nobody has printed; return how many. One that fails leaves the others be."""
    theirs = unprinted_for_recipients().filter(letter__in=ids).select_related("letter")
    return sum(_made(each) for each in (*unprinted().filter(pk__in=ids), *theirs))


def _made(printed):
    try:
        _print(printed)
    except Exception:
        logger.exception("%s could not be printed; the clock will try again.", printed)
        return False
    return True


def _print(printed):
    """The page of a letter, or that of one of its recipients."""
    kept, whose = (RecipientPaper, "recipient") if isinstance(printed, Recipient) else (Paper, "letter")
    pdf = as_pdf(printed.page)
    kept.objects.bulk_create(
        [
            kept(
                **{whose: printed},
                authority_id=printed.authority_id,
                pdf=pdf,
                sha256=sha256(pdf).hexdigest(),
                made_at=timezone.now(),
            )
        ],
        ignore_conflicts=True,
    )


def paper_of(letter):
    """The PDF of a letter that has gone, printed here if no worker has come to it yet."""
    return Paper.objects.filter(letter=letter).first() or _printed(letter, Paper, letter=letter)


def paper_for(recipient):
    """The PDF that one recipient was sent."""
    mine = {"recipient": recipient}
    return RecipientPaper.objects.filter(**mine).first() or _printed(recipient, RecipientPaper, **mine)


def _printed(printed, kept, **whose):
    _print(printed)
    return kept.objects.get(**whose)
