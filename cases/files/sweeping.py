"""Bytes no row names: what was written down for a row that was rolled back, or by a worker that was killed.

A record that is disposed of takes its files with it, by their rows; without a row nothing would ever take these. They
are first put aside, and go when no row has named them for a week: a database that was restored too old can still be
put right, and what its rows name by then is put back.
"""

import logging
import time
from datetime import timedelta

from cases.files import store
from cases.models import StoredFile

logger = logging.getLogger(__name__)
# Longer than a file ever waits for its row.
FRESH = timedelta(days=1)
AGE = timedelta(days=7)


def sweep():
    """Put aside what is not named, put back what is, remove what was aside for a week; the number removed.

    Where the database shows no row at all, nothing: it is then more likely that rows are out of sight.
    """
    if not StoredFile.objects.exists():
        return 0
    now = time.time()
    for name in named(store.aside()):
        store.put_back(name)
    unnamed = [
        name for names in store.older_than(now - FRESH.total_seconds()) for name in set(names) - named(names)
    ]
    for name in unnamed:
        store.put_aside(name)
    gone = store.remove_aside(before=now - AGE.total_seconds())
    if unnamed or gone:
        logger.warning("Files that no row names: %s put aside, %s removed after a week.", len(unnamed), gone)
    return gone


def named(names):
    return set(StoredFile.objects.filter(stored_as__in=names).values_list("stored_as", flat=True))
