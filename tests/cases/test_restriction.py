"""A restricted case is there for the people on its list, and for nobody else at all."""

import pytest
from django.core import mail
from django.urls import reverse

from accounts.models import Organisation, User
from cases import clock, notices, restricting
from cases.appointments import appoint
from cases.models import Case, CaseChild, Child, Deadline, Notice, Restriction, Whereabouts
from cases.refusal import NotYours, Refusal
from letters import actions as letters
from letters.kinds import LetterKind
from letters.models import Letter
from referrals import addressing
from referrals.models import Dispute
from tests.cases.steps import TODAY, day, happened, opened
from tests.chapters import chapter
from tests.referrals import dispute_steps

pytestmark = pytest.mark.usefixtures("today")
WHY = "A colleague is related to the family."


@chapter(on=TODAY)
def case(cast):
    """Amber's case: Iris reviews it, Gwen is the guardian, Sol the social worker; Blake is in another."""
    case = opened(cast, cast.amber, on="2025-02-03")
    happened(case, "became_looked_after", "2025-02-03", legal_status="C1 interim care order")
    appoint(cast.iris, "iro", children=[cast.amber], on=day("2025-02-04"), by=cast.mona)
    appoint(cast.gwen, "guardian", children=[cast.amber], case=case, on=day("2025-02-04"), by=cast.cass)
    appoint(cast.sol, "social_worker", children=[cast.amber], on=day("2025-02-04"), by=cast.lena)
    return case


def restricted(cast, case, *readers):
    return restricting.restrict(case, by=cast.mona, reason=WHY, readers=readers or [cast.iris, cast.mona])


def authoritys(cast):
    return [cast.ivor, cast.sol, cast.tess, cast.lena, cast.serena, cast.hal, cast.dora, cast.chas]


def pages(case, child):
    names = (
        "case",
        "deadlines",
        "chronology",
        "people",
        "who_may_open",
        "reviews",
        "what_if",
        "case_letters",
        "case_disputes",
    )
    return [reverse(name, args=[case.key]) for name in names] + [
        reverse("child", args=[child.key]),
        reverse("record", args=[case.key, "contact"]),
        reverse("record_for_child", args=[child.key, "review_held"]),
        reverse("why", args=[Deadline.objects.filter(case=case).first().pk]),
        reverse("why", args=[Deadline.objects.filter(case=None, child=child).first().pk]),
    ]


def test_only_the_people_on_the_list_may_open_it(cast, case, browse):
    dispute_steps.raised(cast, case, day("2025-03-03"), formal=True, children=[cast.amber])
    letter = letters.draft(case, LetterKind.IRO_NAMED, by=cast.iris)
    Whereabouts.objects.create(
        authority=cast.northmoor, child=cast.amber, kind="home", address="1 Invented Row", audience="everybody",
        from_on=day("2025-02-03"), recorded_at="2025-02-03T09:00Z",
    )  # fmt: skip
    assert set(Case.objects.visible_to(cast.sol)) == set(Case.objects.visible_to(cast.cass)) == {case}
    restricted(cast, case, cast.iris, cast.serena)
    for person in (cast.iris, cast.serena):
        assert list(Case.objects.visible_to(person)) == [case], person.name
        assert list(Child.objects.visible_to(person).filter(pk=cast.amber.pk)) == [cast.amber]
        assert Letter.objects.visible_to(person).filter(pk=letter.pk).exists()
    for person in {*authoritys(cast), cast.mona, cast.gwen, cast.gareth, cast.cass, cast.lex, cast.hugo} - {
        cast.serena
    }:
        assert not Case.objects.visible_to(person).exists(), person.name
        assert not Child.objects.visible_to(person).filter(pk=cast.amber.pk).exists(), person.name
        assert not Deadline.objects.visible_to(person).filter(authority=cast.northmoor).exists(), person.name
        assert not Deadline.objects.owed_by_person(person).exists(), person.name
        assert not Letter.objects.visible_to(person).exists(), person.name
        assert not Dispute.objects.visible_to(person).exists(), person.name
        assert not Whereabouts.objects.visible_to(person).exists(), person.name
    elsewhere = reverse("case", args=["ZZZZZZZZZZ"])
    for person in (cast.mona, cast.sol, cast.gwen):
        client = browse(person)
        assert not [url for url in pages(case, cast.amber) if client.get(url).status_code != 404]
        there, nowhere = client.get(reverse("case", args=[case.key])), client.get(elsewhere)
        assert len(there.content) == len(nowhere.content)
        shown = (
            client.get(reverse("cases")).content.decode() + client.get(reverse("children")).content.decode()
        )
        assert case.key not in shown
        assert "Amber" not in shown
        client.post(reverse("children"), {"words": "Amber"})
        assert "Amber Example" not in client.get(reverse("children") + "?search=yes").content.decode()
    assert all(browse(cast.iris).get(url).status_code == 200 for url in pages(case, cast.amber)[:5])


def test_a_list_without_the_iro_service_is_refused(cast, case):
    with pytest.raises(Refusal, match="Somebody of the IRO service") as refused:
        restricted(cast, case, cast.serena, cast.gwen)
    assert refused.value.field == "readers"
    assert Case.objects.visible_to(cast.sol).exists()


def test_nobody_is_named_across_a_wall(cast, case):
    office = Organisation.objects.create(name="Cafcass Elsewhere (invented)", kind="cafcass_office")
    far = User.objects.create(
        email="far@example.org", name="Far Guardian", organisation=office, role="guardian"
    )
    for outsider in (cast.stranger, cast.lex, far):
        with pytest.raises(Refusal, match="cannot be on the list"):
            restricted(cast, case, cast.iris, outsider)
    assert restricted(cast, case, cast.iris, cast.gwen, cast.cass).readers.count() == 3


def test_only_an_iro_manager_restricts_and_only_who_keeps_the_list_changes_it(cast, case):
    for person in (cast.iris, cast.lena, cast.dora, cast.gwen, cast.cass):
        with pytest.raises(NotYours):
            restricting.restrict(case, by=person, reason=WHY, readers=[cast.iris])
    other = User.objects.create(
        email="moira@example.org", name="Moira Manager", organisation=cast.northmoor, role="iro_manager"
    )
    restriction = restricted(cast, case, cast.iris)
    for verb in (
        restricting.lift,
        lambda r, **how: restricting.change_list(r, readers=[cast.iris, other], **how),
    ):
        with pytest.raises(NotYours):
            verb(restriction, by=other, reason=WHY)
    restricting.change_list(restriction, by=cast.mona, reason=WHY, readers=[cast.iris, other])
    restricting.change_list(restriction, by=other, reason=WHY, readers=[other])
    assert not Case.objects.visible_to(cast.iris).exists()
    assert [reader.person for reader in restricting.on_the_list(restriction)] == [other]
    restricting.lift(restriction, by=other, reason="The colleague has left.")
    restricting.lift(restriction, by=other, reason="The colleague has left.")
    assert Case.objects.visible_to(cast.sol).exists()


def test_pressed_twice_it_is_restricted_once_and_each_act_leaves_one_entry(cast, case, new):
    new()
    restriction = restricted(cast, case, cast.iris)
    assert restricted(cast, case, cast.iris, cast.mona) == restriction
    restricting.change_list(restriction, by=cast.mona, reason=WHY, readers=[cast.iris])
    restricting.change_list(restriction, by=cast.mona, reason=WHY, readers=[cast.mona])
    restricting.lift(restriction, by=cast.mona, reason="It is over.")
    entries = new()
    assert [entry.verb for entry, _ in entries] == [
        "case.restricted",
        "restriction.changed",
        "restriction.lifted",
    ]
    assert all(("case", case.key) in records for _, records in entries)
    assert [entry.why for entry, _ in entries] == [WHY, WHY, "It is over."]


def test_the_clock_tells_nobody_who_is_not_on_the_list(cast, case, it_is):
    it_is("2025-03-05")
    clock.tick()
    written = list(Notice.objects.exclude(kind="digest").values_list("pk", flat=True))
    assert Notice.objects.filter(
        pk__in=written, recipient__in=[cast.mona, cast.sol, cast.lena, cast.gwen]
    ).exists()
    restricted(cast, case, cast.iris)
    Notice.objects.filter(kind="digest").delete()
    notices.send(written)
    it_is("2025-05-05")
    for batch in clock.tick():
        notices.send(batch)
    assert {message.to[0] for message in mail.outbox} == {cast.iris.email}
    assert not Notice.objects.exclude(recipient=cast.iris).exists()
    assert not [message for message in mail.outbox if "Amber" in message.body]


def test_a_dispute_on_it_addresses_only_people_on_the_list(cast, case):
    assert list(addressing.candidates(cast.northmoor, "service_manager", [cast.amber])) == [cast.serena]
    restricted(cast, case, cast.iris, cast.hal)
    assert not addressing.candidates(cast.northmoor, "service_manager", [cast.amber])
    assert list(addressing.candidates(cast.northmoor, "head_of_service", [cast.amber])) == [cast.hal]


def test_other_cases_of_the_authority_stand_open(cast, case):
    blakes = opened(cast, cast.blake, on="2025-02-03")
    restricted(cast, case)
    assert list(Case.objects.visible_to(cast.lena)) == [blakes]
    assert list(Child.objects.visible_to(cast.lena).order_by("pk")) == [cast.blake, cast.coral]


def test_another_case_that_names_the_child_shows_none_of_their_reviews(cast, case, browse):
    blakes = opened(cast, cast.blake, on="2025-02-03")
    CaseChild.objects.create(authority=cast.northmoor, case=blakes, child=cast.amber)
    review = Deadline.objects.filter(case=None, child=cast.amber).first()
    lena, pages = browse(cast.lena), [reverse(name, args=[blakes.key]) for name in ("case", "deadlines")]
    assert all(f"/deadlines/{review.pk}/" in lena.get(page).content.decode() for page in pages)
    restricted(cast, case)
    assert not any(f"/deadlines/{review.pk}/" in lena.get(page).content.decode() for page in pages)


def test_the_pages_restrict_change_and_lift(cast, case, browse):
    mona = browse(cast.mona)
    assert (
        reverse("restrict", args=[case.key])
        in mona.get(reverse("who_may_open", args=[case.key])).content.decode()
    )
    form = mona.get(reverse("restrict", args=[case.key])).content.decode()
    assert all(name in form for name in ("Iris Reviewer", "Gwen Guardian", "Mona Manager"))
    answers = {"reason": WHY, "readers": [str(cast.iris.pk)], "others": "Serena@example.org\n"}
    wrong = mona.post(reverse("restrict", args=[case.key]), answers | {"others": cast.stranger.email})
    assert f"Nobody who can be named has the address {cast.stranger.email}." in wrong.content.decode()
    assert WHY in wrong.content.decode()
    mona.post(reverse("restrict", args=[case.key]), answers)
    restriction = Restriction.objects.get()
    assert {reader.person for reader in restricting.on_the_list(restriction)} == {cast.iris, cast.serena}
    # Mona left herself off: she knows that it is restricted, and no more.
    assert mona.get(reverse("case", args=[case.key])).status_code == 404
    assert case.key in mona.get(reverse("restricted_cases")).content.decode()
    own = mona.get(reverse("restriction", args=[restriction.key])).content.decode()
    assert WHY in own
    assert "Amber" not in own
    serena = browse(cast.serena)
    assert "This case is restricted." in serena.get(reverse("who_may_open", args=[case.key])).content.decode()
    assert serena.get(reverse("restriction", args=[restriction.key])).status_code == 404
    assert browse(cast.lena).get(reverse("restricted_cases")).status_code == 404
    listed = {"reason": WHY, "readers": [str(cast.iris.pk)], "others": cast.mona.email}
    mona.post(reverse("restriction_change", args=[restriction.key]), listed)
    assert mona.get(reverse("case", args=[case.key])).status_code == 200
    mona.post(reverse("restriction_lift", args=[restriction.key]), {"reason": ""})
    assert Restriction.objects.standing().exists()
    mona.post(reverse("restriction_lift", args=[restriction.key]), {"reason": "It is over."})
    assert browse(cast.sol).get(reverse("case", args=[case.key])).status_code == 200
