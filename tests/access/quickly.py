"""What the doors, the templates and the PDFs cost is left out of tens of thousands of questions about who may come in.

Sessions ride in the cookie, a person is fetched once, and a page is named instead of drawn. That the doors hold, and
that two refusals are the same to the byte, is asked elsewhere, of the whole.
"""

import copy
import logging
from contextlib import ExitStack, contextmanager
from importlib import import_module
from unittest import mock

from django.db import connection
from django.template.backends.django import Template
from django.test import override_settings
from django.utils.safestring import SafeString

from accounts.backends import PersonBackend
from cases.access import reach

DRAWN_IN = (
    "letters.pdf", "letters.papers", "letters.blank_form", "reports.records.packs", "reports.records.certificates",
    "reports.printing",
)  # fmt: skip
NEWS_OF = ("request", "security.TooManyFieldsSent", "security.RequestDataTooBig", "security.csrf")


@contextmanager
def doors_left_out():
    """Whoever an answer changes is changed in a copy, as the database is when the answer is undone."""
    fetch, known = PersonBackend.get_user, {}

    def get_user(backend, user_id):
        if user_id not in known:
            known[user_id] = fetch(backend, user_id)
        return copy.deepcopy(known[user_id])

    with (
        override_settings(SESSION_ENGINE="django.contrib.sessions.backends.signed_cookies"),
        mock.patch.object(PersonBackend, "get_user", get_user),
    ):
        yield


@contextmanager
def reach_remembered():
    """What a person reaches is asked of the database once: nothing here changes it for good, and time stands still."""
    known, ask = {}, reach._subquery

    def once(sql, user):
        if (sql, user.pk) not in known:
            asked = ask(sql, user)
            with connection.cursor() as cursor:
                cursor.execute(asked.sql, asked.params)
                known[sql, user.pk] = [key for (key,) in cursor.fetchall()]
        return known[sql, user.pk]

    with mock.patch.object(reach, "_subquery", once):
        yield


@contextmanager
def pages_not_drawn():
    """Each answer is the name of its page."""
    with mock.patch.object(Template, "render", _named):
        yield


def _named(page, *_):
    return SafeString(f"<{page.template.name}>")


@contextmanager
def no_pdf_drawn():
    with ExitStack() as patched:
        # All are imported first: one that is imported later would take the stand-in for good.
        for module in [import_module(name) for name in DRAWN_IN]:
            patched.enter_context(mock.patch.object(module, "as_pdf", return_value=b"%PDF-1.7 not drawn"))
        yield


@contextmanager
def no_news():
    """A thousand refusals are no news, and nobody looks at what the templates were given."""
    with ExitStack() as patched:
        for name in NEWS_OF:
            log = logging.getLogger(f"django.{name}")
            patched.enter_context(mock.patch.object(log, "disabled", True))
        patched.enter_context(mock.patch("django.test.client.store_rendered_templates", _forget))
        yield


def _forget(*_, **__):
    """No stand-in of `mock`'s: it would remember every page's context."""
