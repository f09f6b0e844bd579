"""Every address of the product, opened by somebody it is for: the audit trail keeps each look at a child's record once."""

from django.test import Client
from django.urls import resolve

from accounts import urls as doors
from accounts.audit.models import AuditEntry
from accounts.models import User
from tests.journeys import stories
from tests.journeys.test_every_page import addresses

# Pages on which no child is named.
ABOUT_NO_CHILD = {route.name for route in doors.urlpatterns} | {
    "health", "protocol", "protocol_duty", "agreements", "agreement", "agreement_new", "agreement_review", "child_new",
    "board_clock", "view_save", "wordings", "wording_edit", "ladder", "referral_checklist",
    "answers", "answer_file", "foi", "foi_new", "foi_request", "feed", "exports", "export", "export_case", "quality",
    "conformance", "conformance_path", "annual", "annual_report", "annual_section", "inspection", "inbox_settings",
    "undeliverable",
}  # fmt: skip
# The advice line keeps a trail of its own, and nothing of it may be read off this one (PN 3.2).
OF_THE_ADVICE_LINE = {
    "advice", "advice_new", "advice_note", "rota", "rota_fill", "rota_day", "referral_advice", "referral_advice_find",
    "referral_advice_hold_back",
}  # fmt: skip


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
    assert opened >= OF_THE_ADVICE_LINE


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
