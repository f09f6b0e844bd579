"""What happened in one authority's world: an agreement, two cases, letters, a dispute, a referral."""

from datetime import date

from django.utils import timezone

from accounts.models import RoleChange
from accounts.roles import PersonRole
from cases import agreements, whereabouts
from cases.appointments import appoint
from cases.models import (
    Case,
    Child,
    Deadline,
    Event,
    Matter,
)
from letters import actions as letters
from letters.kinds import LetterKind
from referrals import handling, while_open
from reports.annual import acts as annual
from reports.feed import address
from reports.foi import acts as foi
from tests.access.story.shapes import Side, World
from tests.cases.files import steps as file_steps
from tests.journeys import steps
from tests.letters import referral_steps
from tests.referrals import advice_steps, dispute_steps, referring_steps
from tests.referrals.steps import now
from tests.reports import records_steps

TODAY = "2025-12-10"
P = PersonRole


def told_of(name, cast, officer, calendar):
    steps.given_everybody_can_be_reached(cast)
    calendar.turns_to("2025-05-30")
    steps.given_the_siblings_have_a_social_worker(cast, since="2025-05-01")
    agreement = _agreement(cast)
    calendar.turns_to("2025-06-20")
    case = _proceedings(cast)
    calendar.turns_to("2025-12-05")
    corals = _corals_case(cast)
    calendar.turns_to(TODAY)
    sent = steps.given_a_handover(cast, case, matters=["Speech therapy, promised for the end of January."])
    introduction = steps.given_an_introduction(cast, corals)
    draft = letters.draft(case, LetterKind.TO_THE_CHILD_YOUNGER, by=cast.gwen, children=[cast.amber])
    approved = steps.given_an_approved_letter_to(cast.blake, cast, case)
    of_letters = {
        "sent": sent,
        "an Appendix 2 letter": sent,
        "any other": draft,
        "a draft": draft,
        "approved": approved,
    }
    main = _side(name, case, cast.amber, of_letters, _dispute(cast, case, [cast.amber]))
    main.matter = Matter.objects.filter(child=cast.amber, closed_on=None).first()
    _refer(main, cast, officer)
    quiet = _side(
        name, corals, cast.coral, {"sent": introduction, "an Appendix 1 letter": introduction},
        _dispute(cast, corals, [cast.coral]),
    )  # fmt: skip
    leaves = RoleChange.objects.create(
        person=cast.iris, role=P.IRO_MANAGER, from_on=date(2026, 6, 1), made_by=cast.mona
    )
    return World(
        name, cast, _alone(cast), agreement, Deadline.objects.filter(agreement=agreement).first(),
        advice_steps.a_call(
            cast, child_name=cast.coral.name, child_born=cast.coral.born, matter=f"Quagmire of {name}."
        ),
        main, quiet, leaves, _foi(cast), annual.begin(date(2025, 3, 31), by=cast.mona), address.make(by=cast.iris),
        records_steps.a_certificate(cast).key, records_steps.a_pack(cast, cast.amber).pk,
    )  # fmt: skip


def _foi(cast):
    return foi.take_down(
        by=cast.mona, reference=f"FOI {cast.northmoor.pk}", received_on=timezone.localdate(),
        question="referrals_by_year", from_on=date(2023, 1, 1), until_on=timezone.localdate(),
    )  # fmt: skip


def _agreement(cast):
    terms = agreements.Terms(
        cast.northmoor, cast.cafcass, date(2025, 5, 29), date(2025, 6, 2), "Head of Service", "Head of Safeguarding",
        (), {"CMH-2": 3},
    )  # fmt: skip
    return agreements.sign(terms, by=cast.mona)


def _proceedings(cast):
    case = steps.given_proceedings_about_the_siblings(cast, issued="2025-06-02")
    steps.given_the_siblings_are_looked_after(cast, case, since="2025-06-02")
    steps.given_a_guardian(cast, case, since="2025-06-04")
    steps.given_an_iro(cast, since="2025-06-09")
    cmh = {"hearing": "cmh", "date": date(2025, 6, 19)}
    steps.given(case, "hearing_listed", "2025-06-02", by=cast.lena, details=cmh)
    paper = {"document": "Expert report on contact", "kind": "Expert report"}
    steps.given(case, "document_received", "2025-06-02", by=cast.lena, details=paper)
    steps.given(case, "hearing_held", "2025-06-19", by=cast.lena, details={"hearing": "cmh"})
    review = {"review": "2025-06-20", "significant_issues": False}
    steps.given_a_review(cast, case, on="2025-06-20", details=review)
    return case


def _corals_case(cast):
    steps.given_proceedings_concluded(cast, cast.amber.cases.get(), on="2025-12-04")
    case = steps.given_proceedings(cast, [cast.coral], issued="2025-11-27", number="ZZ25C00002")
    details = {"legal_status": "V2 section 20"}
    steps.given(case, "became_looked_after", "2025-11-27", by=cast.lena, details=details)
    steps.given_an_iro(cast, since="2025-12-02", children=[cast.coral])
    steps.given_a_guardian(cast, case, since="2025-12-03", children=[cast.coral])
    for person, role in ((cast.sol, P.SOCIAL_WORKER), (cast.tess, P.TEAM_MANAGER)):
        appoint(person, role, children=[cast.coral], on=date(2025, 12, 1), by=cast.lena)
    cmh = {"hearing": "cmh", "date": date(2025, 12, 18)}
    steps.given(case, "hearing_listed", "2025-12-03", by=cast.lena, details=cmh)
    arranged = {"review": "2025-12-17", "date": date(2025, 12, 17)}
    steps.given(case, "review_arranged", "2025-12-03", by=cast.iris, details=arranged)
    return case


def _alone(cast):
    """A looked-after child in no case, who has an IRO, a social worker and a team manager."""
    child = Child.objects.create(
        name=f"{cast.amber.name} the Second", authority=cast.northmoor, born=date(2016, 5, 9)
    )
    for person, role, by in (
        (cast.iris, P.IRO, cast.mona), (cast.sol, P.SOCIAL_WORKER, cast.lena), (cast.tess, P.TEAM_MANAGER, cast.lena)
    ):  # fmt: skip
        appoint(person, role, children=[child], on=date(2025, 12, 1), by=by)
    return child


def _dispute(cast, case, children):
    concern = f"Quicksand under the plan of {cast.northmoor.name}."
    return dispute_steps.raised(
        cast, case, timezone.localdate(), formal=True, children=children, concern=concern
    )


def _side(name, case, child, of_letters, dispute):
    case = Case.objects.get(pk=case.pk)
    own, care = Event.objects.filter(case=case), child.events.filter(case=None)
    first = {"authority": own.filter(happening="proceedings_issued").first() or care.earliest("pk")}
    events = {
        "a fact of the authority": first["authority"],
        "a fact of Cafcass": own.filter(happening__in=("appendix_2_sent", "appendix_1_sent")).first(),
        "a fact of the IRO service": own.filter(happening="iro_allocated").first(),
        "a dispute": own.filter(happening="dispute_raised").first(),
        "a fact of authority and Cafcass": own.filter(happening="hearing_listed").first(),
        "care": care.filter(happening="became_looked_after").first(),
    }
    deadlines = {
        "a case’s deadline": Deadline.objects.filter(case=case).latest("pk"),
        "a child’s review": Deadline.objects.filter(child=child, case=None).latest("pk"),
    }
    lives = whereabouts.add(
        child, by=Event.objects.filter(case=case, recorded_by__role=P.LA_LEGAL).first().recorded_by, kind="home",
        address="1 Invented Row", postcode="", audience="everybody", from_on=timezone.localdate(),
    )  # fmt: skip
    by = events["a fact of the authority"].recorded_by
    files = {
        "looked at": file_steps.with_file(case, by=by),
        "held": file_steps.with_file(case, by=by, name="held.pdf", found="held"),
    }
    return Side(name, case, child, events, deadlines, of_letters, dispute, whereabouts=lives.pk, files=files)


def _refer(side, cast, officer):
    """Amber was referred and is with an officer; Blake's referral is still a draft, every question answered."""
    today = timezone.localdate()
    sent = referring_steps.submitted(cast, side.case, cast.amber, chronology=10)
    sent = handling.receive(sent, by=cast.lex, on=today)
    route = "local_manager" if officer.role == P.GUARDIAN else "high_court_team"
    sent = handling.allocate(sent, by=cast.lex, on=today, route=route, officer=officer)
    while_open.report_rights_met(sent, by=cast.iris, on=today, change="A social worker visits every week.")
    handling.record_permission(now(sent), by=cast.lex, papers="The expert’s report", asked_on=today)
    side.permission = sent.court_permissions.get().pk
    draft = referring_steps.begun(cast, side.case, cast.blake)
    side.draft = referring_steps.screened(draft, cast.iris)
    side.referral = now(sent)
    side.files |= {
        "a draft": file_steps.with_paper(side.draft, by=cast.iris),
        "submitted": file_steps.with_paper(side.referral, by=cast.iris),
    }
    found = referral_steps.for_pages(cast, side.referral)
    side.referral_letters = {
        "a draft": found["referral_letter_edit"], "sent": found["referral_letter"],
        "approved": found["referral_letter_send"],
    }  # fmt: skip
