"""A record goes by two people's word, all of it, and leaves a certificate that names no child."""

from io import BytesIO

import pikepdf
import pytest
from django.apps import apps
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.audit.models import AuditEntry, AuditRecord
from accounts.models import KeptWork
from cases import notices, rebuild
from cases.models import Case, CaseChild, Child, Deadline, Event, Miss, Notice
from cases.refusal import NotYours, Refusal
from letters import papers
from letters.models import Letter, Paper
from protocol.faults import Malformed
from referrals import advice_trail
from referrals.models import AdviceNote, AdviceTrace, Dispute, Referral, Withholding
from reports.files import asking
from reports.models import AnswerFile, Feed, FeedEntry
from reports.records import certificates, disposal, holds
from reports.records.belongings import belongings
from reports.records.models import Certificate, Disposal, Hold
from reports.tasks import dispose
from tests.reports.records.disposing import BECAUSE, gone, keys_of, left_of, naming

pytestmark = pytest.mark.django_db


# --- Two people ---------------------------------------------------------------------------------------------------


def test_whoever_proposed_does_not_agree_and_nothing_goes(long_after, cast):
    disposal.propose(cast.amber, by=cast.mona, reason=BECAUSE)
    with pytest.raises(NotYours, match="somebody else"):
        disposal.agree(cast.amber, by=cast.mona)
    assert not disposal.agreed().exists()
    waiting = disposal.waiting(cast.amber)
    with pytest.raises(IntegrityError), transaction.atomic():
        Disposal.objects.filter(pk=waiting.pk).update(agreed_by=cast.mona)


def test_only_those_who_keep_the_authoritys_own_records_take_part(long_after, cast):
    for somebody in (cast.stranger, cast.iris, cast.gwen, cast.sol, cast.lex):
        with pytest.raises(NotYours):
            disposal.propose(cast.amber, by=somebody, reason=BECAUSE)
    disposal.propose(cast.amber, by=cast.mona, reason=BECAUSE)
    with pytest.raises(NotYours):
        disposal.agree(cast.amber, by=cast.stranger)


def test_a_button_pressed_twice_proposes_once_and_disposes_once(long_after, cast):
    first = disposal.propose(cast.amber, by=cast.mona, reason=BECAUSE)
    assert disposal.propose(cast.amber, by=cast.hal, reason="Again.") == first
    disposal.agree(cast.amber, by=cast.lena)
    disposal.agree(cast.amber, by=cast.hal)
    dispose([first.pk])
    dispose([first.pk])
    assert Certificate.objects.filter(disposal=first).count() == 1
    assert Disposal.objects.get(pk=first.pk).agreed_by == cast.lena


def test_a_record_is_not_proposed_before_its_time_nor_while_something_goes_on(world, cast):
    with pytest.raises(Refusal, match="is looked after"):
        disposal.propose(cast.amber, by=cast.mona, reason=BECAUSE)
    with pytest.raises(Refusal, match="kept until"):
        disposal.propose(world.alone, by=cast.mona, reason=BECAUSE)


def test_the_reason_names_nobody(long_after, cast):
    with pytest.raises(Refusal, match="name out") as refused:
        disposal.propose(cast.amber, by=cast.mona, reason="Amber asked for it.")
    assert refused.value.field == "reason"


def test_what_is_declined_stays(long_after, cast):
    disposal.propose(cast.amber, by=cast.mona, reason=BECAUSE)
    disposal.decline(cast.amber, by=cast.lena, reason="The museum asked to see it first.")
    assert disposal.waiting(cast.amber) is None
    with pytest.raises(Refusal, match="Nobody has proposed"):
        disposal.agree(cast.amber, by=cast.lena)


# --- Holds --------------------------------------------------------------------------------------------------------


def test_a_hold_stops_a_disposal_at_every_step(long_after, cast):
    hold = {"ground": Hold.Ground.LITIGATION, "reason": "A claim against the council."}
    holds.place(cast.amber, by=cast.lena, **hold)
    with pytest.raises(Refusal, match="Lena Legal placed a hold"):
        disposal.propose(cast.amber, by=cast.mona, reason=BECAUSE)
    holds.lift(cast.amber, by=cast.lena, reason="The claim is settled.")
    disposal.propose(cast.amber, by=cast.mona, reason=BECAUSE)
    holds.place(cast.amber, by=cast.lena, **hold)
    with pytest.raises(Refusal, match="hold"):
        disposal.agree(cast.amber, by=cast.hal)
    holds.lift(cast.amber, by=cast.lena, reason="It was another child’s.")
    agreed = disposal.agree(cast.amber, by=cast.hal)
    holds.place(cast.amber, by=cast.lena, **hold)
    dispose([agreed.pk])
    assert Child.objects.filter(pk=cast.amber.pk).exists()
    assert "placed a hold" in Disposal.objects.get(pk=agreed.pk).reason_declined


# --- What goes and what stays -------------------------------------------------------------------------------------


def test_a_childs_own_parts_go_and_the_case_of_a_brother_stays(long_after, cast):
    case, audited = long_after.main.case, AuditEntry.objects.count()
    blakes = {
        model: set(model.objects.filter(child=cast.blake).values_list("pk", flat=True))
        for model in (Event, Deadline, Miss)
    }
    gone(cast.amber, cast)
    assert not Child.objects.filter(pk=cast.amber.pk).exists()
    assert list(CaseChild.objects.filter(case=case).values_list("child", flat=True)) == [cast.blake.pk]
    assert not Dispute.objects.filter(case=case).exists(), "It was about Amber alone"
    assert not Event.objects.filter(case=case, happening__startswith="dispute_").exists()
    assert Referral.objects.get(case=case).pk == long_after.main.draft.pk
    assert not Letter.objects.filter(case=case, referral__isnull=False).exists()
    assert Letter.objects.filter(pk=long_after.main.letters["sent"].pk).exists(), "It was about both"
    for model, before in blakes.items():
        assert before <= set(model.objects.filter(child=cast.blake).values_list("pk", flat=True)), model
    assert rebuild.check()[1] == []
    assert AuditEntry.objects.count() == audited + 3, "proposed, agreed, carried out"


def test_with_the_last_child_the_case_goes_and_nothing_is_left_anywhere(long_after, cast):
    case, action = long_after.main.case, f"/cases/{long_after.main.case.key}/record/contact/"
    KeptWork.objects.create(
        person=cast.iris, page="/", action=action, sealed="", kept_at=timezone.now()
    )  # fmt: skip
    asking.ask("case_dump", by=cast.mona, title=f"Case {case.key}, whole", purpose="Meeting", case=case.key)
    feed = Feed.objects.create(
        person=cast.ivor, made_as="iro", organisation=cast.northmoor, token_hash="x", made_at=timezone.now()
    )
    FeedEntry.objects.create(
        feed=feed, about=f"hearing:{case.key}:cmh::1", digest="x", changed_at=timezone.now()
    )
    keys = keys_of(cast.amber)
    gone(cast.amber, cast)
    keys |= keys_of(cast.blake)
    gone(cast.blake, cast)
    assert case.key in keys
    assert not Case.objects.filter(pk=case.pk).exists()
    assert not KeptWork.objects.filter(action=action).exists()
    assert not AnswerFile.objects.exists()
    assert not FeedEntry.objects.exists()
    assert left_of(case, [cast.amber.pk, cast.blake.pk]) == {}
    assert not naming(keys), "Somewhere a key of what has gone still stands"


def test_other_children_lose_nothing(long_after, cast):
    def others():
        kept = [long_after.quiet.case]
        return {
            model._meta.label: set(model._base_manager.filter(case__in=kept).values_list("pk", flat=True))
            for model in apps.get_models()
            if any(column.name == "case" for column in model._meta.concrete_fields)
        }

    before = others()
    gone(cast.amber, cast)
    gone(cast.blake, cast)
    assert others() == before


def test_a_record_that_another_childs_cannot_be_read_without_stays_whole(long_after, cast, monkeypatch):
    def refuses(case, **_):
        raise Malformed("It makes no sense.")

    monkeypatch.setattr("cases.projection.project_case", refuses)
    before = Event.objects.count()
    undone = gone(cast.amber, cast)
    assert Event.objects.count() == before
    assert "cannot be read without this one" in undone.reason_declined
    assert undone.child == cast.amber


def test_the_advice_lines_notes_stay_and_the_certificate_is_silent_about_them(long_after, cast):
    note, referral = long_after.note, long_after.main.referral
    Withholding.objects.create(
        note=note, referral=referral, reason="Of another child.", at=timezone.now(), by=cast.lex
    )
    done = gone(cast.amber, cast)
    assert AdviceNote.objects.filter(pk=note.pk).exists()
    assert not Withholding.objects.exists()
    assert AdviceTrace.objects.latest("position").what == "parted from a referral"
    assert advice_trail.verify() == ""
    assert not [
        kind
        for kind, _ in done.certificate.contents["rows"]
        if "with" in kind.lower() or "advice" in kind.lower()
    ]


def test_the_audit_trail_is_never_touched(long_after, cast):
    kept = set(AuditRecord.objects.values_list("entry", "kind", "key"))
    gone(cast.amber, cast)
    assert kept <= set(AuditRecord.objects.values_list("entry", "kind", "key"))
    latest = AuditEntry.objects.latest("pk")
    assert (latest.verb, latest.name) == ("disposal.carried_out", "Lena Legal")
    assert ("child", cast.amber.key) in set(latest.records.values_list("kind", "key"))


# --- The certificate ----------------------------------------------------------------------------------------------


def test_the_certificate_counts_what_went_and_names_no_child(long_after, cast, browse):
    papers.make([long_after.main.referral_letters["sent"].pk])
    went = belongings(cast.amber)
    done = gone(cast.amber, cast)
    rows = dict(done.certificate.contents["rows"])
    assert rows["Events"] == len(went.of(Event))
    assert rows["PDFs of letters"] == len(went.of(Paper)) > 0
    assert done.child is None
    assert "Example" not in str(done.certificate.contents)
    assert certificates.is_whole(done.certificate)
    page = browse(cast.mona).get(f"/records/certificates/{done.key}/").content.decode()
    assert "Mona Manager, IRO manager" in page
    assert "Lena Legal, LA legal" in page
    assert "Amber" not in page
    paper = browse(cast.hal).get(f"/records/certificates/{done.key}/pdf/").content
    with pikepdf.open(BytesIO(paper)) as pdf:
        assert len(pdf.pages) >= 1


def test_a_certificate_that_was_changed_says_so(long_after, cast, browse):
    done = gone(cast.amber, cast)
    contents = done.certificate.contents | {"agreed_by": "Somebody Else"}
    Certificate.objects.update(contents=contents)
    page = browse(cast.mona).get(f"/records/certificates/{done.key}/").content.decode()
    assert "not as it was written" in page


def test_both_are_told_and_the_e_mail_leads_to_the_certificate(long_after, cast, mailoutbox):
    done = gone(cast.amber, cast)
    told = Notice.objects.filter(kind="disposal", about=done.key)
    assert {notice.recipient for notice in told} == {cast.mona, cast.lena}
    notices.send([notice.pk for notice in told])
    assert all(f"/records/certificates/{done.key}/" in message.body for message in mailoutbox)
    assert len(mailoutbox) == 2


# --- On the page --------------------------------------------------------------------------------------------------


def test_mona_proposes_on_the_page_and_hal_agrees(long_after, cast, browse, new):
    mona, hal = browse(cast.mona), browse(cast.hal)
    assert "75th birthday" in mona.get("/records/").content.decode()
    new()
    end = f"/children/{cast.amber.key}/keeping/"
    said = mona.post(f"{end}propose/", {"reason": ""}).content.decode()
    assert "Say why the record is to go" in said
    mona.post(f"{end}propose/", {"reason": BECAUSE})
    assert "somebody else has to agree" in mona.get(end).content.decode()
    refused = mona.post(f"{end}agree/").content.decode()
    assert "You proposed this disposal" in refused
    assert "waits for somebody else" in hal.get("/records/").content.decode()
    hal.post(f"{end}agree/")
    assert disposal.agreed().get().agreed_by == cast.hal
    changes = [entry.verb for entry, _ in new() if entry.act == "changed"]
    assert changes == ["disposal.proposed", "disposal.agreed"]
