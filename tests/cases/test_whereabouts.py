"""Where a child lives: each address says who may read it, and nobody else does."""

import pytest
from django.urls import reverse

from cases import whereabouts
from cases.appointments import appoint
from cases.models import Appointment, Whereabouts
from cases.refusal import NotYours, Refusal, Stale
from tests.cases.steps import TODAY, day, happened, opened
from tests.chapters import chapter

pytestmark = pytest.mark.usefixtures("today")
Audience = Whereabouts.Audience
HOME = {
    "kind": "home",
    "address": "1 Invented Row\nNowhere",
    "postcode": " zz99 3cz ",
    "from_on": day("2025-02-03"),
}


@chapter(on=TODAY)
def case(cast):
    """Amber is looked after; Iris, Gwen, Sol and Tess are appointed, and Hugo is officer of a referral."""
    case = opened(cast, cast.amber, on="2025-02-03")
    happened(case, "became_looked_after", "2025-02-03", legal_status="C1 interim care order")
    appoint(cast.iris, "iro", children=[cast.amber], on=day("2025-02-04"), by=cast.mona)
    appoint(cast.gwen, "guardian", children=[cast.amber], case=case, on=day("2025-02-04"), by=cast.cass)
    appoint(cast.sol, "social_worker", children=[cast.amber], on=day("2025-02-04"), by=cast.lena)
    Appointment.objects.create(
        authority=cast.northmoor, child=cast.amber, case=case, role="referral_officer", person=cast.hugo,
        from_on=day("2025-02-04"),
    )  # fmt: skip
    return case


def added(cast, audience=Audience.EVERYBODY, **more):
    return whereabouts.add(cast.amber, by=cast.sol, **(HOME | {"audience": audience} | more))


def who_reads(cast, row):
    everybody = (
        "iris",
        "ivor",
        "mona",
        "sol",
        "tess",
        "lena",
        "serena",
        "hal",
        "gwen",
        "gareth",
        "cass",
        "hugo",
        "stranger",
    )
    return {
        name
        for name in everybody
        if whereabouts.of(row.child, getattr(cast, name)).filter(pk=row.pk).exists()
    }


def test_each_audience_reads_its_own(cast, case):
    opens = {"iris", "mona", "sol", "tess", "lena", "serena", "hal", "gwen", "cass", "hugo"}
    assert who_reads(cast, added(cast)) == opens
    assert who_reads(cast, added(cast, Audience.AUTHORITY_AND_GUARDIAN)) == opens - {"cass", "hugo"}
    assert who_reads(cast, added(cast, Audience.IRO_AND_SOCIAL_WORK)) == {"iris", "mona", "sol", "tess"}
    named = added(cast, Audience.NAMED, named=[cast.gwen])
    assert who_reads(cast, named) == {"gwen", "sol"}, "Those named, and who wrote it down"
    compared = Whereabouts.objects.in_bulk([row.pk for row in whereabouts.confidential(case.authority_id)])
    assert {row.audience for row in compared.values()} == set(Audience) - {Audience.EVERYBODY}


def test_a_name_on_an_address_opens_no_record(cast, case):
    row = added(cast, Audience.NAMED, named=[cast.gareth, cast.ivor, cast.stranger])
    assert who_reads(cast, row) == {"sol"}


def test_only_the_childs_authority_writes_it_down(cast, case):
    for person in (cast.gwen, cast.cass, cast.hugo, cast.stranger):
        with pytest.raises(NotYours):
            whereabouts.add(cast.amber, by=person, audience=Audience.EVERYBODY, **HOME)
    for person in (cast.iris, cast.mona, cast.tess, cast.lena):
        assert (
            whereabouts.add(cast.amber, by=person, audience=Audience.EVERYBODY, **HOME).recorded_by == person
        )


def test_what_cannot_be_is_refused(cast, case):
    for wrong, field in (
        ({"address": "  "}, "address"),
        ({"from_on": day("2018-01-01")}, "from_on"),
        ({"until_on": day("2025-02-02")}, "until_on"),
        ({"audience": Audience.NAMED}, "named"),
    ):
        with pytest.raises(Refusal) as refused:
            added(cast, **wrong)
        assert refused.value.field == field
    assert not Whereabouts.objects.exists()


def test_a_mistake_is_corrected_and_kept_and_a_stay_ends_once(cast, case, new):
    new()
    wrong = added(cast)
    assert added(cast) == wrong, "A button pressed twice writes it down once"
    assert (wrong.postcode, wrong.is_confidential) == ("ZZ99 3CZ", False)
    right = whereabouts.correct(
        wrong,
        by=cast.iris,
        reason="The father must not know.",
        **(HOME | {"audience": Audience.IRO_AND_SOCIAL_WORK}),
    )
    assert list(whereabouts.of(cast.amber, cast.iris)) == [right]
    assert not whereabouts.of(cast.amber, cast.lena)
    assert Whereabouts.objects.filter(pk=wrong.pk).exists()
    with pytest.raises(Stale, match="Somebody has corrected this"):
        whereabouts.end(wrong, by=cast.iris, on=day("2025-03-01"))
    with pytest.raises(Refusal, match="has been there since"):
        whereabouts.end(right, by=cast.iris, on=day("2025-01-01"))
    for _ in range(2):
        whereabouts.end(right, by=cast.iris, on=day("2025-03-01"))
    with pytest.raises(Stale, match="already ended"):
        whereabouts.end(right, by=cast.iris, on=day("2025-03-02"))
    entries = new()
    assert [entry.verb for entry, _ in entries] == [
        "whereabouts.added",
        "whereabouts.corrected",
        "whereabouts.ended",
    ]
    assert all(("child", cast.amber.key) in records for _, records in entries)
    assert "Invented Row" not in str([(e.verb, e.why, records) for e, records in entries])


def test_the_childs_page_shows_what_its_reader_may_know(cast, case, browse):
    added(cast)
    added(cast, Audience.IRO_AND_SOCIAL_WORK, address="2 Secret Street")
    page = reverse("child", args=[cast.amber.key])
    for person, is_told in (
        (cast.iris, True),
        (cast.sol, True),
        (cast.lena, False),
        (cast.gwen, False),
        (cast.cass, False),
    ):
        shown = browse(person).get(page).content.decode()
        assert "1 Invented Row" in shown
        assert ("2 Secret Street" in shown) is is_told, person.name
        assert ("Confidential" in shown) is is_told, person.name


def test_the_pages_write_correct_and_end(cast, case, browse):
    sol = browse(cast.sol)
    answers = {
        "kind": "placement", "address": "3 Foster Close", "postcode": "zz1 1zz", "audience": "named",
        "named": "", "from_on_day": "3", "from_on_month": "2", "from_on_year": "2025",
    }  # fmt: skip
    new = reverse("whereabouts_new", args=[cast.amber.key])
    wrong = sol.post(new, answers).content.decode()
    assert "Name at least one person who may read it" in wrong
    assert "3 Foster Close" in wrong
    assert (
        "Nobody who can be named" in sol.post(new, answers | {"named": cast.stranger.email}).content.decode()
    )
    sol.post(new, answers | {"named": f"{cast.iris.email}\n{cast.gwen.email}"})
    row = Whereabouts.objects.get()
    assert set(row.named.all()) == {cast.iris, cast.gwen, cast.sol}
    pages = [reverse(name, args=[row.pk]) for name in ("whereabouts_correct", "whereabouts_end")]
    for person in (cast.gwen, cast.lena, cast.mona, cast.stranger):
        assert [browse(person).get(page).status_code for page in pages] == [404, 404], person.name
    iris = browse(cast.iris)
    corrected = answers | {"named": cast.gwen.email, "address": "4 Foster Close", "reason": "Misheard."}
    iris.post(pages[0], corrected)
    row = Whereabouts.objects.standing().get()
    assert (row.address, set(row.named.all())) == ("4 Foster Close", {cast.iris, cast.gwen})
    assert iris.get(pages[1]).status_code == 404
    iris.post(reverse("whereabouts_end", args=[row.pk]), {"on_day": "1", "on_month": "3", "on_year": "2025"})
    row.refresh_from_db()
    assert row.until_on == day("2025-03-01")
