"""A story told once for a whole file: each test of it begins where the story ends, and what it did is undone.

For tests that undo themselves (`db`); one that really commits (`transactional_db`) would wipe the story away and
belongs in a file of its own.
"""

from contextlib import contextmanager
from copy import deepcopy
from datetime import datetime
from zoneinfo import ZoneInfo

import time_machine
from django.db import transaction
from django.test import override_settings

LONDON = ZoneInfo("Europe/London")


@contextmanager
def told_once(blocker, tell, *, on, at="12:00"):
    """What `tell` gives, told on a day that stands still; all of it is gone at the end.

    `blocker` is pytest-django's `django_db_blocker`. Give each test `fresh(story)`, so that none finds objects
    that another one has changed.
    """
    moment = datetime.fromisoformat(f"{on}T{at}").replace(tzinfo=LONDON)
    quick = override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"])
    with blocker.unblock(), transaction.atomic():
        with quick, time_machine.travel(moment, tick=False):
            story = tell()
        yield story
        transaction.set_rollback(True)


def fresh(story):
    """The story's objects as they were when it ended."""
    return deepcopy(story)
