"""Bytes no row names: what was written down for a row that was rolled back, or by a worker that was killed.

A record that is disposed of takes its files with it, by their rows; without a row nothing would ever take these.
"""

import logging
import time
from datetime import timedelta

from cases.files import store
from cases.models import StoredFile

logger = logging.getLogger(__name__)
# Longer than any file waits for its row, and long enough to put back a database that was restored too old.
AGE = timedelta(days=7)


def sweep():
    """Take away what is older and named by no row; the number of them.

    Where the database shows no row at all, nothing: it is then more likely that rows are out of sight.
    """
    if not StoredFile.objects.exists():
        return 0
    before = time.time() - AGE.total_seconds()
    unnamed = [name for names in store.older_than(before) for name in _unnamed(names)]
    for name in unnamed:
        store.remove(name)
    if unnamed:
        logger.warning("Files taken away that no row names: %s.", len(unnamed))
    return len(unnamed)


def _unnamed(names):
    named = StoredFile.objects.filter(stored_as__in=names).values_list("stored_as", flat=True)
    return set(names).difference(named)
