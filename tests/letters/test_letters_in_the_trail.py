"""Every act on a letter and every copy that is opened leaves one entry in the audit trail, in the words of the act."""

from datetime import date

import pytest
from django.db import DatabaseError
from django.urls import reverse
from django.utils import timezone

from accounts.audit.models import AuditEntry, AuditRecord
from letters import actions, agreed_wording, distribution, referral_drafting, wording
from letters.kinds import LetterKind
from letters.models import Letter
from tests.letters import referral_steps
from tests.letters.chapters import FULL_HANDOVER


@pytest.fixture
def one(new):
    """The one entry since this was last asked, which must say this verb of this person."""
    new()

    def asked(verb, by):
        [(entry, records)] = new()
        assert (entry.act, entry.verb, entry.who) == ("changed", verb, by)
        return records

    return asked


def test_every_verb_of_a_letter_leaves_one_entry_whatever_it_is_made_of(cast, concluded, new, one):
    letter = actions.draft(concluded, LetterKind.APPENDIX_2, by=cast.gwen)
    of_it = {
        ("letter", letter.key), ("case", concluded.key), ("child", cast.amber.key), ("child", cast.blake.key),
    }  # fmt: skip
    assert one("letter.drafted", cast.gwen) == of_it
    actions.draft(concluded, LetterKind.APPENDIX_2, by=cast.gwen)
    assert not new(), "It was begun already: nothing was done."
    answers = {**FULL_HANDOVER, "matters": []}
    letter = actions.edit(letter, answers, by=cast.gwen, seen_version=letter.version)
    assert one("letter.edited", cast.gwen) == of_it
    for _ in range(2):
        letter = actions.approve(letter, by=cast.gwen, seen_version=letter.version)
    assert one("letter.approved", cast.gwen) == of_it
    letter = actions.send(letter, on=date(2025, 12, 10), by=cast.gwen)
    assert one("letter.sent", cast.gwen) > of_it
    actions.score(letter, 5, by=cast.iris)
    assert one("letter.scored", cast.iris) == of_it


def test_naming_the_iro_is_one_entry_with_the_allocation_in_it(cast, case, write, new, one):
    letter = write(case, LetterKind.APPENDIX_1, by=cast.gwen)
    letter = actions.send(letter, on=date(2025, 12, 9), by=cast.gwen)
    new()
    actions.acknowledge(letter, on=date(2025, 12, 10), by=cast.mona, iro=cast.iris)
    assert one("letter.acknowledged", cast.mona) >= {("letter", letter.key), ("person", str(cast.iris.pk))}


def test_a_letter_the_clock_begins_is_nobodys(cast, concluded, one):
    actions.draft(concluded, LetterKind.APPENDIX_2, by=None)
    assert ("case", concluded.key) in one("letter.drafted", None)


def test_every_verb_of_a_referrals_letter_leaves_one_entry(cast, referral, one):
    letter = referral_drafting.draft(referral, LetterKind.DELAY_LETTER, by=cast.gareth)
    of_it = {("letter", letter.key), ("case", referral.case.key), ("child", cast.amber.key)}
    of_it |= {("referral", referral.key)}
    assert one("letter.drafted", cast.gareth) == of_it
    words = referral_steps.WORDS[LetterKind.DELAY_LETTER]
    letter = actions.edit(letter, words, by=cast.gareth, seen_version=letter.version)
    one("letter.edited", cast.gareth)
    letter = referral_steps.to_everybody(letter, by=cast.gareth)
    assert one("letter.recipients_chosen", cast.gareth) == of_it
    letter = actions.approve(letter, by=cast.gareth, seen_version=letter.version)
    one("letter.approved", cast.gareth)
    for _ in range(2):
        letter = actions.agree(letter, by=cast.cass)
    assert one("letter.agreed", cast.cass) == of_it
    letter = actions.send(letter, on=timezone.localdate(), by=cast.gareth)
    assert one("letter.sent", cast.gareth) > of_it
    to_the_child = letter.recipients.get(party="child")
    said = {"on": timezone.localdate(), "how": "by_hand", "proof": "Handed over at home"}
    distribution.record_proof(to_the_child, by=cast.gareth, **said)
    assert one("letter.proof_recorded", cast.gareth) == of_it


def test_agreeing_words_for_letters_leaves_an_entry_about_the_organisation(cast, one):
    text = wording.national(LetterKind.APPENDIX_2)
    made = agreed_wording.replace_wording(
        cast.cafcass, LetterKind.APPENDIX_2, text, by=cast.cass, seen_number=0
    )
    assert one("wording.agreed", cast.cass) == {
        ("organisation", str(cast.cafcass.pk)), ("wording", str(made.pk)),
    }  # fmt: skip


def test_what_a_letter_says_stands_nowhere_in_the_trail(handover_sent):
    said = [str(vars(row)) for table in (AuditEntry, AuditRecord) for row in table.objects.all()]
    assert not [line for line in said if "grandmother" in line or "Amber" in line]


def test_when_the_entry_cannot_be_kept_the_letter_is_not_sent(cast, handover, monkeypatch):
    monkeypatch.setattr(AuditRecord.objects, "bulk_create", _full)
    with pytest.raises(DatabaseError, match="disk full"):
        actions.send(handover, on=date(2025, 12, 10), by=cast.gwen)
    assert Letter.objects.get(pk=handover.pk).state == "approved"


def _full(*_):
    raise DatabaseError("disk full")


# --- Pages ----------------------------------------------------------------------------------------------


def test_a_form_that_is_opened_is_read_and_one_that_is_saved_is_an_edit(cast, handover, browse, new):
    address = reverse("letter_check", args=[handover.case.key, handover.key])
    client, _ = browse(cast.gwen), new()
    assert client.get(address).status_code == 200
    [(entry, records)] = new()
    assert (entry.act, entry.verb) == ("read", "letter_check")
    assert records >= {("letter", handover.key), ("child", cast.blake.key)}
    sent = client.post(
        reverse("letter_send", args=[handover.case.key, handover.key]),
        {"on_day": 10, "on_month": 12, "on_year": 2025},
    )
    assert sent.status_code == 302
    [(entry, _)] = new()
    assert (entry.act, entry.verb) == ("changed", "letter.sent")


def test_the_list_of_a_cases_letters_names_every_letter_in_it(cast, handover, browse, new):
    client, _ = browse(cast.gwen), new()
    client.get(reverse("case_letters", args=[handover.case.key]))
    [(_, records)] = new()
    assert ("letter", handover.key) in records


def test_every_copy_that_is_opened_leaves_one_entry(cast, referral, delay_sent, browse, new):
    letter = delay_sent
    client, _ = browse(cast.gareth), new()
    at = [referral.key, letter.key]
    copy = letter.recipients.get(party="child").pk
    for address in (reverse("referral_letter_pdf", args=at), reverse("recipient_pdf", args=[*at, copy])):
        assert client.get(address).status_code == 200
        [(entry, records)] = new()
        assert entry.act == "read"
        assert records == {
            ("letter", letter.key), ("referral", referral.key), ("case", referral.case.key), ("child", cast.amber.key),
        }  # fmt: skip


def test_a_letter_that_is_not_ones_own_leaves_no_entry(cast, handover, browse, new):
    client, _ = browse(cast.stranger), new()
    assert client.get(reverse("letter", args=[handover.case.key, handover.key])).status_code == 404
    assert not new()
