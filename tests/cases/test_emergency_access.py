"""Breaking the glass: a stated reason, an hour, everybody concerned told, and never what is for fewer people."""

import pytest
from django.core import mail
from django.urls import reverse

from accounts.models import User
from cases import clock, emergencies, notices, restricting
from cases.appointments import appoint
from cases.models import Case, Child, EmergencyAccess, Notice, Whereabouts
from cases.refusal import NotYours, Refusal
from referrals import advice
from referrals.models import AdviceNote
from tests.cases.steps import TODAY, day, happened, opened
from tests.chapters import chapter

pytestmark = pytest.mark.usefixtures("today")
WHY = "The police ask where the siblings are tonight."


@chapter(on=TODAY)
def case(cast):
    """Amber's case is restricted to Iris and Mona; Gwen is its guardian and not on the list."""
    case = opened(cast, cast.amber, on="2025-02-03")
    happened(case, "became_looked_after", "2025-02-03", legal_status="C1 interim care order")
    appoint(cast.iris, "iro", children=[cast.amber], on=day("2025-02-04"), by=cast.mona)
    appoint(cast.gwen, "guardian", children=[cast.amber], case=case, on=day("2025-02-04"), by=cast.cass)
    restricting.restrict(case, by=cast.mona, reason="Kept close.", readers=[cast.iris, cast.mona])
    return case


def broken(case, person, why=WHY):
    return emergencies.open_case(case.key, by=person, reason=why)


def is_open_to(person, case):
    return Case.objects.visible_to(person).filter(pk=case.pk).exists()


def test_it_opens_for_an_hour_and_not_a_minute_longer(cast, case, it_is):
    assert not is_open_to(cast.sol, case)
    assert broken(case, cast.sol) == case
    assert is_open_to(cast.sol, case)
    assert list(Child.objects.visible_to(cast.sol)) == [cast.amber]
    it_is("2025-03-03", "12:40")
    broken(case, cast.sol, "Once more.")
    assert EmergencyAccess.objects.count() == 1, "Nobody extends it"
    it_is("2025-03-03", "12:59")
    assert is_open_to(cast.sol, case)
    it_is("2025-03-03", "13:00")
    assert not is_open_to(cast.sol, case)
    assert not Child.objects.visible_to(cast.sol).exists()


def test_colleagues_by_role_get_in_and_nobody_else(cast, case):
    """The authority's people and the case's Cafcass office; a lawyer only where it was referred."""
    administrator = User.objects.create(
        email="ada@example.org", name="Ada", organisation=cast.northmoor, role="administrator"
    )
    for person in (cast.ivor, cast.tess, cast.lena, cast.chas, cast.gwen, cast.gareth, cast.cass):
        assert broken(case, person) == case, person.name
    for person in (cast.stranger, cast.lex, cast.hugo, administrator):
        with pytest.raises(Refusal) as refused:
            broken(case, person)
        assert str(refused.value) == emergencies.NOT_OPENED
        assert not is_open_to(person, case)


def test_a_colleagues_case_that_is_not_restricted_opens_as_well(cast):
    case = opened(cast, cast.blake, on="2025-02-03")
    assert not is_open_to(cast.ivor, case)
    broken(case, cast.ivor)
    assert is_open_to(cast.ivor, case)


def test_the_manager_and_the_iro_are_told_at_once_without_a_name(cast, case):
    Notice.objects.all().delete()
    broken(case, cast.gareth)
    told = Notice.objects.filter(kind="emergency")
    assert {notice.recipient for notice in told} == {cast.cass, cast.iris}
    for batch in clock.tick():
        notices.send(batch)
    letters = [m for m in mail.outbox if m.subject == "A case was opened in an emergency"]
    assert {m.to[0] for m in letters} == {cast.cass.email, cast.iris.email}
    for letter in letters:
        assert "Gareth Guardian" in letter.body
        assert case.key in letter.body
        assert "Amber" not in letter.body
        assert WHY not in letter.body, "A reason may say more than an e-mail should"


def test_without_a_manager_or_an_iro_the_iro_managers_are_told(cast):
    case = opened(cast, cast.blake, on="2025-02-03")
    broken(case, cast.tess)
    assert [n.recipient for n in Notice.objects.filter(kind="emergency")] == [cast.mona]


def test_whoever_cannot_act_on_it_is_not_told_in_the_place_of_those_who_can(cast):
    """An IRO who has left still holds the appointment until somebody ends it, and nobody manages Tess."""
    case = opened(cast, cast.blake, on="2025-02-03")
    appoint(cast.ivor, "iro", children=[cast.blake], on=day("2025-02-04"), by=cast.mona)
    User.objects.filter(pk=cast.ivor.pk).update(is_active=False)
    broken(case, cast.tess)
    assert [n.recipient for n in Notice.objects.filter(kind="emergency")] == [cast.mona]


# --- The list of a restricted case is not opened with it ---------------------------------------------------------


@pytest.fixture
def moira(cast):
    """Another IRO manager of the authority, whom the list leaves out."""
    return User.objects.create(
        email="moira@example.org", name="Moira Manager", organisation=cast.northmoor, role="iro_manager"
    )


def test_an_hour_in_an_emergency_gives_nobody_the_list(cast, case, moira, browse):
    restriction = restricting.restriction_of(case)
    broken(case, moira)
    for url in ("restriction", "restriction_change", "restriction_lift"):
        assert browse(moira).get(reverse(url, args=[restriction.key])).status_code == 404
    with pytest.raises(NotYours):
        restricting.change_list(restriction, by=moira, reason=WHY, readers=[cast.iris, moira])
    with pytest.raises(NotYours):
        restricting.lift(restriction, by=moira, reason=WHY)


def test_a_list_that_nobody_keeps_any_more_is_kept_by_a_manager_who_opens_the_case(cast, case, moira):
    restriction = restricting.restriction_of(case)
    User.objects.filter(pk=cast.mona.pk).update(is_active=False)
    with pytest.raises(NotYours):
        restricting.change_list(restriction, by=moira, reason=WHY, readers=[cast.iris, moira])
    broken(case, moira)
    restricting.change_list(restriction, by=moira, reason=WHY, readers=[cast.iris, moira])
    assert {one.person for one in restricting.on_the_list(restriction)} == {cast.iris, moira}


def test_it_is_audited_with_its_reason_and_a_try_that_failed_without_what_was_typed(cast, case, new):
    new()
    broken(case, cast.sol)
    [(entry, records)] = new()
    assert (entry.verb, entry.why, entry.who_id) == ("emergency.opened", WHY, cast.sol.pk)
    assert {("case", case.key), ("child", cast.amber.key)} <= records
    for why in ("", "   "):
        with pytest.raises(Refusal, match="Say what the emergency is"):
            broken(case, cast.tess, why)
    assert not new()


def test_advice_notes_and_addresses_for_fewer_people_stay_shut(cast, case):
    advice.take_note(
        by=cast.lex, on=day("2025-03-03"), caller="An IRO", authority=cast.northmoor, matter="A matter",
        guidance="A hint", child_name=cast.amber.name, child_born=cast.amber.born,
    )  # fmt: skip
    for audience in Whereabouts.Audience:
        row = Whereabouts.objects.create(
            authority=cast.northmoor, child=cast.amber, kind="home", address=audience, audience=audience,
            from_on=day("2025-02-03"), recorded_at="2025-02-03T09:00Z",
        )  # fmt: skip
        row.named.set([cast.iris])
    for person, read in (
        (cast.gareth, {"everybody"}),
        (cast.lena, {"everybody", "authority_and_guardian"}),
        (cast.sol, {"everybody", "authority_and_guardian", "iro_and_social_work"}),
    ):
        assert not Whereabouts.objects.visible_to(person).exists()
        broken(case, person)
        assert set(Whereabouts.objects.visible_to(person).values_list("address", flat=True)) == read, (
            person.name
        )
        assert not AdviceNote.objects.visible_to(person).exists()


def test_the_page_says_the_same_whether_the_case_is_there_or_not(cast, case, browse, new):
    southmeres = browse(cast.stranger)
    page = reverse("emergency")
    new()
    there = southmeres.post(page, {"reference": case.key, "reason": WHY})
    nowhere = southmeres.post(page, {"reference": "ZZZZZZZZZZ", "reason": WHY})
    assert there.status_code == nowhere.status_code == 200
    assert len(there.content) == len(nowhere.content)
    assert emergencies.NOT_OPENED.split(".")[0] in there.content.decode()
    assert [(entry.verb, records) for entry, records in new()] == [("emergency.refused", set())] * 2
    sol = browse(cast.sol)
    assert page in sol.get("/there-is-no-such-page/").content.decode()
    answer = sol.post(page, {"reference": f" {case.key.lower()} ", "reason": WHY}, follow=True)
    assert answer.redirect_chain == [(reverse("case", args=[case.key]), 302)]
    assert "This case is open to you until 13:00" in answer.content.decode()
    told = browse(cast.tess).get(page).content.decode()
    assert WHY in told
    assert "Sol Worker" in told
    assert "Amber" not in told
    assert WHY in browse(cast.iris).get(reverse("who_may_open", args=[case.key])).content.decode()
    assert WHY not in browse(cast.lena).get(page).content.decode()
