"""Every address of the product, opened by somebody it is for, and looked at as every page is."""

import pytest
from django.test import Client

from accounts.models import User
from tests.journeys import stories
from tests.journeys.addresses import addresses

pytestmark = pytest.mark.needs_browser
# Forms that differ from one another; all others are made of the same parts.
HAPPENINGS = (
    "contact", "review_held", "review_arranged", "hearing_listed", "child_added", "document_received",
    "proceedings_concluded", "handover_meeting_held", "extension_granted",
)  # fmt: skip
FORMS = (
    "/cases/new/", "/children/new/", "/agreements/new/", "/cases/{case}/record/review_held/",
    "/cases/{case}/appoint/iro/", "/cases/{case}/events/{event}/correct/", "/matters/{matter}/close/",
)  # fmt: skip


def test_every_page_is_without_a_fault(cast, calendar, at_a_browser):
    """The story is long, and told once: what only looks comes first, as the addresses need more to be told."""
    story = stories.tell(cast, calendar)
    people = Readers(cast, at_a_browser)
    then_what_is_different_about_a_form_is_looked_at_too(people, story)
    then_a_form_sent_empty_says_what_is_wrong(people.at_hand(cast.mona), story)
    then_what_is_not_there_is_said_in_words(people.at_hand(cast.stranger), story)
    nobodys = [address for address in addresses(cast, story) if not people.visit(address)]
    assert not nobodys, f"Nobody could open {nobodys}: is a part of the address not an example that exists?"


def then_what_is_different_about_a_form_is_looked_at_too(people, story):
    for happening in HAPPENINGS:
        assert people.visit(f"/cases/{story.case.key}/record/{happening}/"), happening
    assert people.visit(f"/cases/{story.corals.key}/what-if/?happening=hearing_moved")
    assert people.visit(f"/cases/{story.case.key}/chronology/?as=list")


def then_a_form_sent_empty_says_what_is_wrong(mona, story):
    hers = story.case.events.filter(happening="review_record_sent_to_guardian").get()
    examples = {"case": story.case.key, "event": hers.pk, "matter": story.matter.pk}
    for form in FORMS:
        mona.opens(form.format(**examples))
        button = mona.page.locator("main form[method=post]:not([role=search]) button[type=submit]").first
        with mona.page.expect_navigation():
            button.click()
        mona.looks()
        mona.is_told_of_a_problem("There is a problem")


def then_what_is_not_there_is_said_in_words(stranger, story):
    stranger.is_refused(f"/cases/{story.case.key}/")
    stranger.reads("Page not found")
    stranger.opens("/").reads("You owe nothing")
    stranger.opens("/cases/").reads("You have no cases yet.")


class Readers:
    """Finds somebody an address is for, and sends them there: nobody in particular, or whoever read the page before."""

    def __init__(self, cast, at_a_browser):
        named = ("iris", "gwen", "mona", "cass", "lena", "lex")
        self.known = [*(getattr(cast, name) for name in named), User.objects.get(role="administrator")]
        self.at_a_browser, self.seated = at_a_browser, {}
        self.asking = {user: self._signed_in(user) for user in [None, *self.known]}

    def visit(self, address):
        for user in [None, *self.known]:
            if self._answers(user, address):
                self.at_hand(user).opens(address)
                self.known.sort(key=lambda known: known != user)
                return True
        return False

    def _signed_in(self, user):
        client = Client()
        if user:
            client.force_login(user)
        return client

    def _answers(self, user, address):
        follow = "set-password" in address
        return self.asking[user].get(address, follow=follow).status_code == 200

    def at_hand(self, user):
        if user not in self.seated:
            person = self.at_a_browser(user)
            self.seated[user] = person.is_signed_in() if user else person
        return self.seated[user]
