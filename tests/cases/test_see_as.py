"""See as: what another would see of what is about to be saved, by the very functions that decide, and nothing written."""

import pytest
from django.urls import reverse

from cases import access, seen_by
from cases.appointments import appoint
from cases.models import Appointment, Event, Restriction
from tests.cases.steps import TODAY, day, happened, opened
from tests.chapters import chapter
from tests.referrals import referring_steps
from tests.rows import stored

pytestmark = pytest.mark.usefixtures("today")
SUBMISSION = "5e0b5f1e-0000-4000-8000-000000000001"
NOTE = "His aunt told me that she will stand by him."
PARTS = tuple(seen_by.PARTS)
TRAIL = ("AuditEntry", "AuditRecord")


@chapter(on=TODAY)
def case(cast):
    """Gwen is the guardian. There is no social worker, and nobody has referred it."""
    case = opened(cast, cast.amber, cast.blake, on="2025-02-10")
    both = [cast.amber, cast.blake]
    appoint(cast.gwen, "guardian", children=both, on=day("2025-02-11"), by=cast.cass, case=case)
    appoint(cast.iris, "iro", children=both, on=day("2025-02-12"), by=cast.mona)
    return case


def contact(**more):
    said = {"on": "2025-03-03", "between": "guardian_iro", "purpose": "significant_change"}
    return {
        **said,
        "means": "telephone",
        "note": NOTE,
        "submission": SUBMISSION,
        **more,
    }


def look(client, case, part, **more):
    return client.post(reverse("record", args=[case.key, "contact"]), contact(see_as=part, **more))


def test_a_fact_is_seen_as_each_would_see_it_and_nothing_is_written(cast, case, browse, new):
    client, before = browse(cast.iris), stored(but=TRAIL)
    expected = {
        "guardian": ("A guardian on this case would see", "Gwen Guardian", True),
        "la_legal": ("LA legal would see", "Lena Legal", True),
        "social_worker": (
            "A social worker on this case would see",
            "Nobody is the social worker here yet",
            True,
        ),
        "cafcass_legal": ("Cafcass Legal would see", "Lex Lawyer", False),
    }
    for part, (words, whose, opens) in expected.items():
        new()
        page = look(client, case, part)
        shown = page.content.decode()
        assert words in shown, part
        assert whose in shown, part
        seen = page.context["seen"]
        assert seen.opens is opens, part
        assert [entry.text for entry in seen.entries if NOTE in entry.text] == (
            [seen.entries[0].text] if opens else []
        )
        assert ("they could not open this case" in shown) is not opens
        [(entry, records)] = new()
        assert (entry.act, entry.verb, entry.who) == ("read", "record", cast.iris)
        assert {("seen_as", part), ("case", case.key), ("child", cast.amber.key)} <= records
    assert stored(but=TRAIL) == before


def test_what_was_typed_is_still_there_and_is_saved_by_the_next_press(cast, case, browse):
    client = browse(cast.iris)
    page = look(client, case, "guardian")
    assert NOTE in page.context["form"]["note"].value()
    assert 'name="see_as" value="la_legal"' in page.content.decode()
    saved = client.post(reverse("record", args=[case.key, "contact"]), contact())
    assert saved.status_code == 302
    assert Event.objects.filter(happening="contact", note=NOTE).count() == 1


def test_what_cannot_be_saved_is_refused_in_the_same_words(cast, case, browse):
    page = look(browse(cast.iris), case, "guardian", on="2025-02-31")
    assert page.context["seen"] is None
    assert "must be a real date" in page.content.decode()


def test_nobody_sees_as_somebody_who_is_not_listed(cast, case, browse):
    """An unknown part is no way around saving or looking: the form is saved as it is."""
    assert look(browse(cast.iris), case, "administrator").status_code == 302


def test_a_stranger_sees_nothing_as_anybody(cast, case, browse):
    for part in PARTS:
        assert look(browse(cast.stranger), case, part).status_code == 404


def test_a_fact_that_ends_a_part_is_seen_as_it_will_be_then(cast, case):
    """The guardian's part ends with the case: the preview asks after the fact, not before it."""
    from cases import actions
    from cases.models import Case

    happened(
        case,
        "proceedings_concluded",
        "2025-02-28",
        by=cast.lena,
        outcome="care_order",
        remains_looked_after=True,
    )

    def conclude():
        Appointment.objects.filter(role="guardian").update(until_on=day("2025-03-03"))
        return actions.record(
            Case.objects.get(pk=case.pk),
            "contact",
            on=day("2025-03-03"),
            by=cast.iris,
            details={"between": "guardian_iro", "purpose": "significant_change"},
        )

    seen = seen_by.fact(case, "guardian", conclude)
    assert seen.viewer.person == cast.gwen
    assert not seen.opens
    assert Appointment.objects.filter(role="guardian", until_on=None).exists()


def test_there_is_no_second_set_of_rules(cast, case, monkeypatch):
    """Whatever decides for the pages decides here: shut everybody out there, and nobody sees anything here."""
    from cases import actions
    from cases.models import Case

    def tell():
        return actions.record(
            case,
            "contact",
            on=day("2025-03-03"),
            by=cast.iris,
            note=NOTE,
            details={"between": "guardian_iro", "purpose": "significant_change"},
        )

    before = Case.objects.get(pk=case.pk).version
    assert all(seen_by.fact(case, part, tell).opens for part in ("guardian", "la_legal", "social_worker"))
    monkeypatch.setattr(access.CaseQuerySet, "visible_to", lambda self, user: self.none())
    assert not any(seen_by.fact(case, part, tell).opens for part in PARTS)
    assert Case.objects.get(pk=case.pk).version == before


def test_a_restricted_case_is_shut_to_whoever_is_not_on_its_list(cast, case):
    from django.utils import timezone

    from cases import actions

    Restriction.objects.create(
        authority=cast.northmoor,
        case=case,
        reason="A threat was made.",
        placed_by=cast.mona,
        placed_at=timezone.now(),
    )

    def tell():
        return actions.record(
            case,
            "contact",
            on=day("2025-03-03"),
            by=None,
            details={"between": "guardian_iro", "purpose": "significant_change"},
        )

    assert not any(seen_by.fact(case, part, tell).opens for part in PARTS)


def test_a_childs_own_fact_is_seen_from_the_childs_page(cast, case, browse, new):
    client = browse(cast.sol)
    appoint(cast.sol, "social_worker", children=[cast.coral], on=day("2025-02-12"), by=cast.lena)
    before = stored(but=TRAIL)
    typed = {"on": "2025-02-27", "legal_status": "C1 interim care order", "note": NOTE,
             "submission": SUBMISSION, "see_as": "la_legal"}  # fmt: skip
    new()
    page = client.post(reverse("record_for_child", args=[cast.coral.key, "became_looked_after"]), typed)
    seen = page.context["seen"]
    assert not page.context["form"].errors
    assert (seen.opens, seen.viewer.person) == (True, cast.lena)
    assert NOTE in seen.entries[0].text
    [(_, records)] = new()
    assert records == {("child", cast.coral.key), ("seen_as", "la_legal")}
    guardian = client.post(
        reverse("record_for_child", args=[cast.coral.key, "became_looked_after"]),
        {**typed, "see_as": "guardian"},
    ).context["seen"]
    assert not guardian.opens, "A child in no case has no guardian"
    assert stored(but=TRAIL) == before


# --- Disputes and referrals -----------------------------------------------------------------------------------------


def test_a_dispute_is_seen_with_its_words_by_whoever_opens_the_case(cast, case, browse, new):
    client, before = browse(cast.iris), stored(but=TRAIL)
    typed = {
        "kind": "informal", "children": [cast.amber.key, cast.blake.key], "theme": "contact", "concern": "No visits.",
        "impact": "She is sad.", "sought": "A visit a month.", "on": "2025-03-03", "submission": SUBMISSION,
    }  # fmt: skip
    address = reverse("dispute_new", args=[case.key])
    for part, opens in (("la_legal", True), ("cafcass_legal", False)):
        new()
        page = client.post(address, {**typed, "see_as": part})
        assert not page.context["form"].errors
        seen = page.context["seen"]
        assert seen.opens is opens
        assert ("No visits." in str(seen.rows)) is opens
        [(entry, records)] = new()
        assert (entry.act, entry.verb) == ("read", "dispute_new")
        assert ("seen_as", part) in records
    assert stored(but=TRAIL) == before
    assert client.post(address, typed).status_code == 302
    dispute = case.disputes.get()
    before = stored(but=TRAIL)
    formal = client.post(
        reverse("dispute_do", args=[dispute.key, "formal"]),
        {"on": "2025-03-03", "rung": dispute.rung, "submission": SUBMISSION[:-1] + "2", "see_as": "guardian"},
    )
    assert formal.context["see_as"] == seen_by.PARTS
    assert stored(but=TRAIL) == before


def test_of_a_referral_the_iros_own_account_is_kept_from_those_it_is_not_for(cast, case, browse, new):
    referral = referring_steps.ready(cast, case, cast.amber)
    client, before = browse(cast.iris), stored(but=TRAIL)
    address = reverse("referral_submit", args=[referral.key])
    expected = {"guardian": True, "la_legal": True, "social_worker": True, "cafcass_legal": False}
    for part, is_kept in expected.items():
        new()
        page = client.post(address, {"on": "2025-03-03", "submission": SUBMISSION, "see_as": part})
        assert not page.context["form"].errors
        seen = page.context["seen"]
        assert seen.opens, part
        assert seen.entries, part
        assert bool(seen.withheld) is is_kept, part
        assert (referral.concern in str(seen.rows)) is not is_kept, part
        [(entry, records)] = new()
        assert (entry.act, entry.verb) == ("read", "referral_submit")
        assert {("seen_as", part), ("referral", referral.key)} <= records
    assert stored(but=TRAIL) == before


def test_an_address_is_kept_from_those_it_is_not_for(cast, case, browse, new):
    appoint(cast.sol, "social_worker", children=[cast.amber], on=day("2025-02-12"), by=cast.lena)
    client, before = browse(cast.iris), stored(but=TRAIL)
    typed = {
        "kind": "placement", "address": "12 Elm Road", "postcode": "SW1A 1AA", "from_on": "2025-03-01",
        "audience": "iro_and_social_work",
    }  # fmt: skip
    address = reverse("whereabouts_new", args=[cast.amber.key])
    for part, reads in (("guardian", False), ("social_worker", True)):
        new()
        page = client.post(address, {**typed, "see_as": part})
        assert not page.context["form"].errors
        seen = page.context["seen"]
        assert seen.opens
        assert ("12 Elm Road" in str(seen.rows)) is reads
        assert bool(seen.withheld) is not reads
        [(entry, records)] = new()
        assert (entry.act, entry.verb) == ("read", "whereabouts_new")
        assert records == {("seen_as", part), ("child", cast.amber.key)}
    assert stored(but=TRAIL) == before
