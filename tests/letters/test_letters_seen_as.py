"""A letter as somebody else would see it, before it goes."""

from django.urls import reverse

from letters.seen_by import letter as letter_seen_by
from tests.letters import referral_steps
from tests.rows import stored


def test_a_letter_is_seen_as_each_would_see_it_once_it_has_gone(cast, handover, browse, new):
    client, check = browse(cast.gwen), reverse("letter_check", args=[handover.case.key, handover.key])
    before = stored(but=("AuditEntry", "AuditRecord"))
    opens = {"guardian": True, "la_legal": True, "social_worker": True, "cafcass_legal": False}
    for part in opens:
        seen = letter_seen_by(handover, part, by=cast.gwen)
        assert seen.opens is opens[part], part
        assert ("Care orders were made" in str(seen.sheet)) is opens[part]
        assert bool(seen.entries) is opens[part]
    new()
    page = client.get(check, {"see_as": "cafcass_legal"})
    assert "Cafcass Legal would see" in page.content.decode()
    assert "could not open this letter" in page.content.decode()
    [(entry, records)] = new()
    assert (entry.act, entry.verb) == ("read", "letter_check")
    assert {("seen_as", "cafcass_legal"), ("letter", handover.key), ("child", cast.blake.key)} <= records
    assert not client.get(check, {"see_as": "director"}).context["seen"]
    assert stored(but=("AuditEntry", "AuditRecord")) == before


def test_a_draft_of_a_referrals_letter_is_seen_in_the_copy_each_would_have(cast, delay_begun):
    letter = referral_steps.to_everybody(delay_begun, by=cast.gareth)
    before = stored(but=("AuditEntry", "AuditRecord"))
    opens = {"guardian": False, "la_legal": False, "social_worker": True, "cafcass_legal": True}
    for part in opens:
        seen = letter_seen_by(letter, part, by=cast.gareth)
        assert seen.opens is opens[part], part
        if part == "social_worker":
            assert seen.viewer.person == cast.sol
            assert "Sol Worker" in str(seen.sheet)
    assert stored(but=("AuditEntry", "AuditRecord")) == before
