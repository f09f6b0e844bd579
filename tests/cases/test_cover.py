"""Cover for absence: a colleague sees and does what is the absent person's, within its days and cases, and no wall less."""

import pytest
from django.core import mail
from django.urls import reverse

from accounts.models import User
from cases import clock, covering, notices, restricting
from cases.appointments import appoint
from cases.models import Case, Child, Cover, Deadline, Notice
from cases.refusal import NotYours, Refusal
from tests.cases.steps import TODAY, day, happened, opened
from tests.chapters import chapter

pytestmark = pytest.mark.usefixtures("today")


@chapter(on=TODAY)
def cases(cast):
    """Iris reviews Amber and Blake, each in a case of their own; Gwen is the guardian of both, Sol works with Amber."""
    cases = [opened(cast, child, on="2025-02-03") for child in (cast.amber, cast.blake)]
    for case, child in zip(cases, (cast.amber, cast.blake), strict=True):
        happened(case, "became_looked_after", "2025-02-03", legal_status="C1 interim care order")
        appoint(cast.iris, "iro", children=[child], on=day("2025-02-04"), by=cast.mona)
        appoint(cast.gwen, "guardian", children=[child], case=case, on=day("2025-02-04"), by=cast.cass)
    appoint(cast.sol, "social_worker", children=[cast.amber], on=day("2025-02-04"), by=cast.lena)
    return cases


def seen(person):
    return set(Case.objects.visible_to(person))


def arranged(absent, stand_in, by, first="2025-03-03", last="2025-03-07", **how):
    return covering.arrange(absent, stand_in, from_on=day(first), until_on=day(last), by=by, **how)


def test_cover_of_everything_begins_and_ends_with_its_days(cast, cases, it_is):
    arranged(cast.iris, cast.ivor, cast.mona, first="2025-03-04", last="2025-03-05")
    arranged(cast.gwen, cast.gareth, cast.cass, first="2025-03-04", last="2025-03-05")
    for on, is_there in (
        ("2025-03-03", False),
        ("2025-03-04", True),
        ("2025-03-05", True),
        ("2025-03-06", False),
    ):
        it_is(on)
        for person in (cast.ivor, cast.gareth):
            assert seen(person) == (set(cases) if is_there else set()), (on, person.name)
            assert Child.objects.visible_to(person).count() == (2 if is_there else 0)
    it_is("2025-03-05")
    owed = Deadline.objects.owed_by_person(cast.iris).still_open()
    assert owed
    assert set(Deadline.objects.owed_by_person(cast.ivor).still_open()) == set(owed)
    assert happened(
        cases[0], "review_arranged", "2025-03-05", by=cast.ivor, review="2025-03-10", date="2025-03-10"
    )


def test_cover_of_one_case_shows_that_one_alone(cast, cases):
    ambers, blakes = cases
    arranged(cast.iris, cast.ivor, cast.mona, cases=[ambers])
    arranged(cast.gwen, cast.gareth, cast.cass, cases=[ambers])
    for person in (cast.ivor, cast.gareth):
        assert seen(person) == {ambers}
        assert list(Child.objects.visible_to(person)) == [cast.amber]
        mine = Deadline.objects.owed_by_person(person)
        assert not mine.filter(case=blakes) | mine.filter(child=cast.blake)
    theirs = Deadline.objects.owed_by_person(cast.iris).filter(case=None, child=cast.amber)
    assert theirs
    assert set(Deadline.objects.owed_by_person(cast.ivor).filter(case=None)) == set(theirs)
    # What the absent person no longer holds, nobody covers.
    sonia = User.objects.create(
        email="sonia@example.org", name="Sonia", organisation=cast.northmoor, role="iro"
    )
    appoint(sonia, "iro", children=[cast.amber], on=day("2025-03-03"), by=cast.mona)
    assert seen(cast.ivor) == set()


def test_cover_crosses_no_line_between_agencies_and_sides(cast, cases):
    for absent, stand_in, by in (
        (cast.iris, cast.sol, cast.mona), (cast.iris, cast.lena, cast.mona), (cast.iris, cast.gwen, cast.mona),
        (cast.iris, cast.stranger, cast.mona), (cast.gwen, cast.ivor, cast.cass), (cast.sol, cast.iris, cast.tess),
        (cast.iris, cast.iris, cast.mona),
    ):  # fmt: skip
        with pytest.raises(Refusal, match="cover stays within one agency and one side") as refused:
            arranged(absent, stand_in, by)
        assert refused.value.field == "covering"
    cover = arranged(cast.iris, cast.ivor, cast.mona)
    assert seen(cast.ivor)
    User.objects.filter(pk=cast.ivor.pk).update(role="social_worker")
    assert not seen(User.objects.get(pk=cast.ivor.pk)), "Who changes sides stands in for nobody any more"
    assert cover.ended_at is None


def test_cover_is_arranged_by_the_managers_of_whoever_is_away(cast, cases):
    other = User.objects.create(
        email="t@example.org", name="Toby Team", organisation=cast.northmoor, role="team_manager"
    )
    for by in (cast.iris, cast.tess, cast.lena, cast.cass, cast.stranger):
        with pytest.raises(NotYours):
            arranged(cast.iris, cast.ivor, by)
    sam = User.objects.create(
        email="sam@example.org", name="Sam", organisation=cast.northmoor, role="social_worker"
    )
    with pytest.raises(NotYours):
        arranged(cast.sol, sam, other)
    assert arranged(cast.sol, sam, cast.tess)
    assert seen(sam) == {cases[0]}


def test_an_iro_who_worked_on_the_case_does_not_stand_in_on_it(cast, cases):
    nora = User.objects.create(
        email="nora@example.org", name="Nora", organisation=cast.northmoor, role="social_worker"
    )
    appoint(nora, "social_worker", children=[cast.blake], on=day("2025-02-05"), by=cast.lena)
    User.objects.filter(pk=nora.pk).update(role="iro")
    nora.refresh_from_db()
    with pytest.raises(Refusal, match="reg 46") as refused:
        arranged(cast.iris, nora, cast.mona)
    assert refused.value.field == "covering"
    assert arranged(cast.iris, nora, cast.mona, cases=[cases[0]])


def test_cover_brings_no_restricted_case(cast, cases):
    arranged(cast.iris, cast.ivor, cast.mona)
    arranged(cast.gwen, cast.gareth, cast.cass, cases=[cases[0]])
    restricting.restrict(cases[0], by=cast.mona, reason="Kept close.", readers=[cast.iris, cast.gwen])
    assert seen(cast.iris) == set(cases)
    assert seen(cast.ivor) == {cases[1]}
    assert seen(cast.gareth) == set()


def test_whoever_covers_is_reminded_too(cast, cases, it_is):
    Notice.objects.all().delete()
    cover = arranged(cast.iris, cast.ivor, cast.mona, first="2025-03-03", last="2025-06-30", cases=[cases[0]])
    assert list(Notice.objects.values_list("recipient", "kind")) == [(cast.ivor.pk, "cover")]
    it_is("2025-05-05")
    for batch in clock.tick():
        notices.send(batch)
    late = Notice.objects.filter(kind="overdue", recipient=cast.ivor)
    assert late
    assert not late.filter(deadline__case=cases[1]) | late.filter(deadline__child=cast.blake)
    assert [m.subject for m in mail.outbox if m.to == [cast.ivor.email]].count(
        "You stand in for a colleague"
    ) == 1
    covering.end(cover, by=cast.mona)
    covering.end(cover, by=cast.mona)
    assert not seen(cast.ivor)


def test_a_team_manager_sees_the_cases_of_the_social_workers_they_manage(cast, cases):
    """Tess manages Sol, and is herself appointed to nothing."""
    assert seen(cast.tess) == {cases[0]}
    assert list(Child.objects.visible_to(cast.tess)) == [cast.amber]
    cast.sol.manager = None
    cast.sol.save()
    assert seen(cast.tess) == set()


def test_the_page_arranges_lists_and_ends(cast, cases, browse, new):
    mona = browse(cast.mona)
    answers = {
        "absent": cast.iris.pk, "covering": cast.ivor.pk, "which": "some", "references": cases[0].key.lower(),
        "from_on_day": "3", "from_on_month": "3", "from_on_year": "2025",
        "until_on_day": "7", "until_on_month": "3", "until_on_year": "2025",
    }  # fmt: skip
    wrong = mona.post(reverse("cover_new"), answers | {"references": "ZZZZZZZZZZ"}).content.decode()
    assert "Iris Reviewer holds no case ZZZZZZZZZZ that you may open." in wrong
    wrong = mona.post(reverse("cover_new"), answers | {"covering": cast.sol.pk})
    assert wrong.status_code == 200
    new()
    mona.post(reverse("cover_new"), answers)
    mona.post(reverse("cover_new"), answers)
    [(entry, records)] = new()
    assert entry.verb == "cover.arranged"
    assert ("case", cases[0].key) in records
    cover = Cover.objects.get()
    assert cases[0].key in mona.get(reverse("cover")).content.decode()
    for person in (cast.iris, cast.gwen, cast.dora):
        assert browse(person).get(reverse("cover")).status_code == 404
        assert browse(person).get(reverse("cover_end", args=[cover.pk])).status_code == 404
    assert browse(cast.tess).get(reverse("cover_end", args=[cover.pk])).status_code == 404
    mona.post(reverse("cover_end", args=[cover.pk]))
    assert not seen(cast.ivor)
    assert "ended on Monday 3 March 2025" in mona.get(reverse("cover")).content.decode()
