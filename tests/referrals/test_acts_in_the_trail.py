"""Every act on a dispute or a referral leaves one entry in the audit trail; of the advice line's notes it knows nothing."""

from datetime import date
from uuid import uuid4

import pytest
from django.db import DatabaseError
from django.urls import reverse

from accounts.audit.models import AuditEntry, AuditRecord
from referrals import checklist, disputes, handling, ladders, questions, referring, sharing, while_open
from referrals.models import Dispute, Referral
from tests.cases.steps import day
from tests.referrals import advice_steps, dispute_steps, referring_steps, steps
from tests.referrals.dispute_steps import WORDS, climbed, raised, rung

pytestmark = pytest.mark.usefixtures("today")
TODAY = date(2025, 3, 3)


@pytest.fixture
def one(new):
    """The one entry since this was last asked, which must say this verb of this person."""

    def asked(verb, by):
        [(entry, records)] = new()
        assert (entry.act, entry.verb, entry.who) == ("changed", verb, by)
        return records

    return asked


# --- Disputes -------------------------------------------------------------------------------------------


def test_every_verb_of_a_dispute_leaves_one_entry_that_names_it(cast, case, new, one):
    new()
    dispute = raised(cast, case, "2025-02-10")
    of_it = {("dispute", dispute.key), ("case", case.key), ("child", cast.amber.key)}
    assert one("dispute.raised", cast.iris) >= of_it
    disputes.explain_complaints(dispute, by=cast.iris, on=day("2025-02-10"), told="Her mother")
    assert one("dispute.complaints_explained", cast.iris) >= of_it
    disputes.make_formal(dispute, by=cast.iris, on=day("2025-02-11"))
    assert one("dispute.made_formal", cast.iris) >= of_it
    dispute_steps.answered(cast, dispute, "2025-02-12")
    assert one("dispute.answered", cast.tess) >= of_it
    climbed(cast, dispute, "Service manager", "2025-02-18")
    assert one("dispute.escalated", cast.iris) >= of_it
    disputes.endorse(dispute, by=cast.mona, on=day("2025-02-19"), endorsed=False, view="Too soon.")
    assert one("dispute.endorsed", cast.mona) >= of_it
    disputes.mediate(dispute, by=cast.hal, on=day("2025-02-20"), outcome="The step stands.")
    assert one("dispute.mediated", cast.hal) >= of_it
    disputes.tell_court(dispute, by=cast.lena, on=day("2025-02-20"))
    assert one("dispute.court_told", cast.lena) >= of_it
    disputes.leave_unresolved(dispute, by=cast.iris, on=day("2025-02-24"))
    assert one("dispute.left_unresolved", cast.iris) >= of_it
    disputes.tell_guardian(dispute, by=cast.iris, on=day("2025-02-24"))
    assert one("dispute.guardian_told", cast.iris) >= of_it
    disputes.decide_separate_report(dispute, by=cast.iris, on=day("2025-02-24"), decision="Yes")
    assert one("dispute.separate_report_decided", cast.iris) >= of_it
    disputes.resolve(dispute, by=cast.iris, on=day("2025-02-25"), changed_for_child="Therapy began.")
    assert one("dispute.resolved", cast.iris) >= of_it


def test_a_dispute_withdrawn_and_praise_given_say_so(cast, case, new, one):
    dispute = raised(cast, case)
    new()
    disputes.withdraw(dispute, by=cast.iris, on=TODAY, reason="It was met")
    one("dispute.withdrawn", cast.iris)
    raised(cast, case, kind=Dispute.Kind.GOOD_PRACTICE)
    one("dispute.good_practice_noted", cast.iris)


def test_a_dispute_that_opens_a_case_is_one_entry_with_the_case_in_it(cast, new, one):
    how = {**WORDS, "children": [cast.coral], "cafcass_office": cast.cafcass}
    new()
    dispute = disputes.raise_without_case(by=cast.iris, on=TODAY, **how)
    assert one("dispute.raised", cast.iris) >= {
        ("dispute", dispute.key), ("case", dispute.case.key), ("child", cast.coral.key),
    }  # fmt: skip


def test_a_button_pressed_twice_leaves_one_entry(cast, case, new):
    dispute, submission = raised(cast, case), uuid4()
    new()
    for _ in range(2):
        disputes.make_formal(dispute, by=cast.iris, on=TODAY, submission=submission)
    assert [entry.verb for entry, _ in new()] == ["dispute.made_formal"]


def test_another_ladder_and_another_checklist_are_about_no_child(cast, new, one):
    checklist.current()
    new()
    steps_of = (ladders.Step("Manager", "team_manager", 10), ladders.Step("Director", "director", 10))
    ladders.replace(cast.northmoor, steps_of, by=cast.mona)
    assert one("ladder.replaced", cast.mona) == {("organisation", str(cast.northmoor.pk))}
    checklist.new_version([{"item": "A new paper", "hint": ""}], by=cast.lex, seen_number=1)
    assert one("checklist.replaced", cast.lex) == {("checklist", "2")}


# --- Referrals ------------------------------------------------------------------------------------------


def test_every_verb_up_to_the_referral_leaves_one_entry(cast, case, new, one):
    new()
    referral = referring_steps.begun(cast, case)
    of_it = {("referral", referral.key), ("case", case.key), ("child", cast.amber.key)}
    assert one("referral.begun", cast.iris) == of_it
    referring_steps.screened(referral, cast.iris)
    verbs = [entry.verb for entry, records in new() if records == of_it]
    assert verbs == ["referral.question_answered"] * len(questions.ORDER) + ["referral.screened"]
    referring_steps.written(referral, cast.iris)
    assert one("referral.written", cast.iris) == of_it
    referring_steps.papers_answered(referral, cast.iris, chronology=3)
    assert one("referral.papers_answered", cast.iris) == of_it
    referral = Referral.objects.get(pk=referral.pk)
    submission = uuid4()
    for _ in range(2):
        referring.submit(referral, by=cast.iris, on=TODAY, submission=submission)
    assert one("referral.submitted", cast.iris) > of_it
    referral = Referral.objects.get(pk=referral.pk)
    while_open.provide(referral, "Chronology", by=cast.iris, on=TODAY)
    assert one("referral.paper_provided", cast.iris) > of_it
    while_open.keep_informed(referral, by=cast.iris, on=TODAY, note="Her mother knows")
    assert one("referral.family_informed", cast.iris) > of_it
    while_open.report_rights_met(referral, by=cast.iris, on=TODAY, change="A worker visits")
    assert one("referral.rights_reported_met", cast.iris) > of_it
    draft = referring_steps.begun(cast, case)
    new()
    referring.discard(draft, by=cast.iris)
    assert ("referral", draft.key) in one("referral.discarded", cast.iris)


def test_a_referral_that_opens_a_case_is_one_entry(cast, new, one):
    new()
    begun = referring.begin_without_case([cast.coral], by=cast.iris, cafcass_office=cast.cafcass)
    assert one("referral.begun", cast.iris) >= {("referral", begun.key), ("case", begun.case.key)}


def test_every_verb_of_cafcass_leaves_one_entry(cast, just_sent, new, one):
    referral = just_sent
    of_it = {("referral", referral.key), ("case", referral.case.key), ("child", cast.amber.key)}
    by = {"by": cast.gareth}
    new()
    handling.receive(referral, by=cast.lex, on=TODAY)
    assert one("referral.received", cast.lex) > of_it
    handling.allocate(referral, by=cast.lex, on=TODAY, route="high_court_team", officer=cast.hugo)
    assert one("referral.allocated", cast.lex) > of_it
    handling.hand_on(referral, by=cast.lex, on=TODAY, officer=cast.gareth)
    assert one("referral.handed_on", cast.lex) > of_it
    enquiry = {"on": TODAY, "source": "iro", "note": "Rang.", "permission": "not_needed"}
    for _ in range(2):
        handling.enquire(referral, **by, **enquiry)
    assert one("referral.enquiry_added", cast.gareth) == of_it
    handling.involve_child(referral, **by, on=TODAY, child=cast.amber, way="met", note="At school.")
    assert one("referral.child_involved", cast.gareth) == of_it
    handling.enter_limitation(referral, by=cast.lex, claim="Judicial review", last_day=date(2025, 5, 20))
    assert one("referral.limitation_entered", cast.lex) == of_it
    handling.record_permission(referral, **by, papers="Expert report", asked_on=TODAY)
    assert one("referral.permission_asked", cast.gareth) == of_it
    handling.permission_given(referral.court_permissions.get(), **by, on=TODAY)
    assert one("referral.permission_given", cast.gareth) == of_it
    handling.keep_decision(referral, **by, **steps.FULL_DECISION)
    assert one("referral.decision_kept", cast.gareth) == of_it
    handling.la_legal_notified(referral, by=cast.lex, on=TODAY)
    one("referral.la_legal_notified", cast.lex)
    handling.delay_letter_sent(referral, **by, on=TODAY, reason="Papers are late")
    one("referral.delay_letter_sent", cast.gareth)
    handling.progress_report_sent(referral, **by, on=TODAY)
    one("referral.progress_report_sent", cast.gareth)
    handling.decision_report_sent(referral, **by, on=TODAY)
    one("referral.decision_report_sent", cast.gareth)
    handling.start_proceedings(referral, **by, on=TODAY)
    one("referral.proceedings_started", cast.gareth)
    handling.judgment(referral, **by, on=TODAY)
    one("referral.judged", cast.gareth)
    handling.final_report_sent(referral, **by, on=TODAY)
    assert one("referral.final_report_sent", cast.gareth) > of_it


@pytest.mark.parametrize("is_withdrawn", [True, False])
def test_the_decision_on_rights_now_met_is_one_entry(cast, with_gareth, new, one, is_withdrawn):
    change = while_open.report_rights_met(with_gareth, by=cast.iris, on=TODAY, change="A worker visits")
    new()
    handling.decide_rights_met(
        change, by=cast.gareth, on=TODAY, is_withdrawn=is_withdrawn, reasons="She is visited"
    )
    assert ("referral", with_gareth.key) in one("referral.rights_met_decided", cast.gareth)


def test_what_was_written_stands_nowhere_in_the_trail(cast, with_gareth):
    raised(cast, with_gareth.case)
    handling.keep_decision(with_gareth, by=cast.gareth, **steps.FULL_DECISION)
    said = [str(vars(row)) for table in (AuditEntry, AuditRecord) for row in table.objects.all()]
    assert not [line for line in said if "Therapy" in line or "brother" in line or "Amber" in line]


def test_when_the_entry_cannot_be_kept_nothing_is_done(cast, just_sent, monkeypatch):
    dispute = raised(cast, just_sent.case)
    monkeypatch.setattr(AuditRecord.objects, "bulk_create", _full)
    for act in (
        lambda: handling.receive(just_sent, by=cast.lex, on=TODAY),
        lambda: disputes.make_formal(dispute, by=cast.iris, on=TODAY, to=rung(cast, "Team manager")),
    ):
        with pytest.raises(DatabaseError, match="disk full"):
            act()
    assert Referral.objects.get(pk=just_sent.pk).state == "submitted"
    assert Dispute.objects.get(pk=dispute.pk).formal_on is None


def _full(*_):
    raise DatabaseError("disk full")


# --- Pages ----------------------------------------------------------------------------------------------


def test_the_board_is_one_entry_with_every_referral_on_it(cast, taken_in, browse, new):
    shown = [taken_in, steps.received(cast, cast.blake, on="2025-03-03")]
    client, _ = browse(cast.lex), new()
    client.get(reverse("triage"))
    [(entry, records)] = new()
    assert (entry.act, entry.verb) == ("listed", "triage")
    assert records >= {("referral", referral.key) for referral in shown}
    assert records >= {("child", cast.amber.key), ("child", cast.blake.key)}


def test_the_lists_of_a_case_name_every_dispute_and_referral_in_them(cast, case, browse, new):
    dispute, referral = raised(cast, case), referring_steps.begun(cast, case)
    client, _ = browse(cast.iris), new()
    client.get(reverse("case_disputes", args=[case.key]))
    client.get(reverse("case_referrals", args=[case.key]))
    [(_, of_disputes), (_, of_referrals)] = new()
    assert ("dispute", dispute.key) in of_disputes
    assert ("referral", referral.key) in of_referrals


def test_a_form_that_was_sent_and_saved_leaves_the_act_alone_and_one_refused_is_a_reading(
    cast, formal, browse, new
):
    address = reverse("dispute_do", args=[formal.key, "withdraw"])
    client, _ = browse(cast.iris), new()
    typed = {"on_day": 3, "on_month": 3, "on_year": 2025, "reason": "It was met", "submission": str(uuid4())}
    assert client.post(address, typed | {"reason": ""}).status_code == 200
    assert client.post(address, typed).status_code == 302
    assert [(entry.act, entry.verb) for entry, _ in new()] == [
        ("read", "dispute_do"), ("changed", "dispute.withdrawn"),
    ]  # fmt: skip


def test_what_is_not_ones_own_leaves_no_entry(cast, case, browse, new):
    dispute = raised(cast, case)
    client, _ = browse(cast.stranger), new()
    assert client.get(reverse("dispute", args=[dispute.key])).status_code == 404
    assert client.get(reverse("triage")).status_code == 404
    assert not new()


# --- The advice line ------------------------------------------------------------------------------------


def test_the_advice_line_leaves_nothing_in_the_common_trail(cast, with_hugo, browse, new):
    """Whoever may read this trail could otherwise tell that there is a note on a child (PN 3.2)."""
    new()
    shared, kept = advice_steps.a_call(cast), advice_steps.a_call(cast, matter="Another matter")
    sharing.share(with_hugo, shared, by=cast.lex)
    sharing.hold_back(with_hugo, kept, by=cast.lex, reason="Privileged")
    client = browse(cast.lex)
    for address in (
        reverse("advice"), reverse("advice_note", args=[shared.pk]), reverse("referral_advice", args=[with_hugo.key]),
        reverse("referral_advice_find", args=[with_hugo.key]),
        reverse("referral_advice_hold_back", args=[with_hugo.key, kept.pk]), reverse("rota"),
    ):  # fmt: skip
        assert client.get(address).status_code == 200, address
    officer = browse(cast.hugo)
    assert shared.matter in officer.get(reverse("referral_advice", args=[with_hugo.key])).content.decode()
    assert not new()


def test_pages_of_a_referral_leave_the_same_entries_with_and_without_a_note(cast, with_hugo, browse, new):
    client = browse(cast.lex)

    def left():
        new()
        for address in (reverse("referral", args=[with_hugo.key]), reverse("triage")):
            assert client.get(address).status_code == 200
        return [(entry.act, entry.verb, records) for entry, records in new()]

    before = left()
    advice_steps.a_call(cast)
    assert left() == before
