"""Every address of the product, opened by somebody it is for: the audit trail keeps each look at a child's record once."""

from django.test import Client
from django.urls import resolve

from accounts.audit.models import AuditEntry
from accounts.models import User
from tests.access.kept import ABOUT_NO_CHILD, OF_THE_ADVICE_LINE
from tests.journeys import stories
from tests.journeys.test_every_page import NOT_PAGES, addresses


def test_every_page_about_a_child_leaves_exactly_one_entry_and_every_other_none(cast, calendar):
    story = stories.tell(cast, calendar)
    wrong, opened = {}, set()
    for address in addresses(cast, story):
        name = resolve(address).url_name
        kept, is_shown = looked_at(cast, address)
        opened |= {name} if is_shown else set()
        if kept != (0 if name in ABOUT_NO_CHILD | OF_THE_ADVICE_LINE else 1):
            wrong[name] = kept
    assert not wrong, "Entries left by a page, by its name"
    assert opened >= OF_THE_ADVICE_LINE - NOT_PAGES


def looked_at(cast, address):
    """How many entries it leaves when somebody opens it; those whom it is not for leave none."""
    named = ("iris", "gwen", "mona", "cass", "lena", "lex")
    for user in (*(getattr(cast, name) for name in named), User.objects.get(role="administrator")):
        before = AuditEntry.objects.count()
        client = Client()
        client.force_login(user)
        is_shown = client.get(address).status_code == 200
        kept = AuditEntry.objects.count() - before
        if is_shown or kept:
            return kept, is_shown
    return 0, False
