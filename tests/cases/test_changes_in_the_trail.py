"""Every change of a child's record leaves one entry, and a change that cannot be kept is not made."""

import pytest
from django.db import DatabaseError
from django.urls import reverse

from accounts.audit.models import AuditEntry, AuditRecord
from cases import actions, agreements, children, matters, opening
from cases.appointments import appoint
from cases.models import Case, Matter
from tests.cases.steps import TODAY, day, happened, opened
from tests.chapters import chapter

pytestmark = pytest.mark.usefixtures("today")


def terms(cast):
    return agreements.Terms(
        cast.northmoor, cast.cafcass, day("2025-02-03"), day("2025-02-03"),
        signed_for_cafcass="Cass Chief", signed_for_authority="Mona Manager",
    )  # fmt: skip


def test_every_verb_leaves_one_entry_whatever_it_is_made_of(cast, new):
    """Opening a case records facts and carries an IRO in; appointing records too; a correction strikes out."""
    appoint(cast.iris, "iro", children=[cast.coral], on=day("2025-02-03"), by=cast.mona)
    new()

    def one(verb, by):
        [(entry, records)] = new()
        assert (entry.act, entry.verb, entry.who) == ("changed", verb, by)
        return records

    case = opening.open_case(
        authority=cast.northmoor, cafcass_office=cast.cafcass, children=[cast.amber, cast.coral],
        entering="proceedings_issued", on=day("2025-02-10"), by=cast.lena,
    )  # fmt: skip
    assert one("case.opened", cast.lena) >= {
        ("case", case.key), ("child", cast.amber.key), ("child", cast.coral.key),
    }  # fmt: skip
    appoint(cast.iris, "iro", children=[cast.amber], on=day("2025-02-11"), by=cast.mona)
    assert one("appointed.iro", cast.mona) >= {("child", cast.amber.key), ("person", str(cast.iris.pk))}
    appoint(
        cast.gwen,
        "guardian",
        children=[cast.amber, cast.coral],
        on=day("2025-02-11"),
        by=cast.cass,
        case=case,
    )
    one("appointed.guardian", cast.cass)
    [event] = happened(case, "legal_paperwork_sent", "2025-02-12", by=cast.lena, note="By courier")
    assert one("recorded.legal_paperwork_sent", cast.lena) >= {("case", case.key), ("event", str(event.pk))}
    actions.correct(event, by=cast.lena, reason="The wrong day")
    one("corrected.legal_paperwork_sent", cast.lena)
    child = children.add(
        name="Dale Example", born=day("2020-01-01"), sex="M", by=cast.sol, on=day("2025-03-03")
    )
    assert one("child.added", cast.sol) >= {("child", child.key)}
    children.change(child, name="Dale Other", born=day("2020-01-01"), sex="M", by=cast.sol)
    assert one("child.changed", cast.sol) == {("child", child.key)}
    agreement = agreements.sign(terms(cast), by=cast.mona)
    assert one("agreement.signed", cast.mona) >= {("agreement", str(agreement.pk))}
    agreements.review(agreement, on=day("2025-03-03"), by=cast.cass)
    one("recorded.protocol_reviewed", cast.cass)


@chapter(on=TODAY)
def case(cast):
    case = opened(cast, cast.amber, cast.blake, on="2025-02-10")
    both = [cast.amber, cast.blake]
    appoint(cast.gwen, "guardian", children=both, on=day("2025-02-11"), by=cast.cass, case=case)
    appoint(cast.iris, "iro", children=both, on=day("2025-02-12"), by=cast.mona)
    happened(case, "became_looked_after", "2025-02-27", legal_status="C1 interim care order")
    return case


def test_closing_a_matter_leaves_one_entry_and_closing_it_twice_no_second(cast, case, new):
    [event] = happened(case, "contact", "2025-02-20", between="other", purpose="other")
    matter = Matter.objects.create(
        authority=cast.northmoor, child=cast.amber, raised_by=event, text="Contact with his aunt"
    )
    new()
    for _ in range(2):
        matters.close(matter, by=cast.iris, on=day("2025-03-03"), evidence="The carer confirms it")
    [(entry, records)] = new()
    assert (entry.verb, entry.who) == ("matter.closed", cast.iris)
    assert records == {("child", cast.amber.key), ("matter", str(matter.pk))}


def test_a_form_that_was_sent_and_saved_leaves_the_verbs_entry_and_no_reading(cast, case, browse, new):
    client, _ = browse(cast.mona), new()
    sent = client.post(
        reverse("child_edit", args=[cast.amber.key]),
        {"name": "Amber Other", "sex": "F", "born_day": 2, "born_month": 4, "born_year": 2019},
    )
    assert sent.status_code == 302
    [(entry, _)] = new()
    assert (entry.act, entry.verb) == ("changed", "child.changed")


def test_a_form_that_was_sent_and_refused_is_a_reading(cast, case, browse, new):
    client, _ = browse(cast.mona), new()
    assert client.post(reverse("child_edit", args=[cast.amber.key]), {}).status_code == 200
    [(entry, _)] = new()
    assert entry.act == "read"


def test_when_the_change_cannot_be_kept_nothing_is_changed(cast, case, browse, monkeypatch):
    monkeypatch.setattr(AuditRecord.objects, "bulk_create", _full)
    before = case.events.count(), Case.objects.get(pk=case.pk).version
    with pytest.raises(DatabaseError, match="disk full"):
        happened(case, "legal_paperwork_sent", "2025-02-12", by=cast.lena)
    assert (case.events.count(), Case.objects.get(pk=case.pk).version) == before


def test_the_text_of_a_note_stands_nowhere_in_the_trail(cast, case):
    happened(case, "legal_paperwork_sent", "2025-02-12", by=cast.lena, note="His aunt lives at number nine")
    said = [str(vars(entry)) for entry in AuditEntry.objects.all()]
    said += [str(vars(record)) for record in AuditRecord.objects.all()]
    assert not [line for line in said if "aunt" in line or "Amber" in line]


def _full(*_):
    raise DatabaseError("disk full")
