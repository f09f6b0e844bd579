"""Two authorities with the same story, told twice, so that everything one has the other has too.

Northmoor's referral is with an officer of the High Court Team, Southmere's with a guardian of a third Cafcass office.
What is Southmere's has numbers from seven million on, so that one of them is known wherever it turns up.
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from zoneinfo import ZoneInfo

import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.apps import apps
from django.contrib.auth.tokens import default_token_generator
from django.db import connection
from django.utils import timezone
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode

from accounts.models import KeptWork, Organisation, RoleChange, User
from accounts.roles import OrganisationKind, PersonRole
from cases import agreements, covering, restricting, whereabouts
from cases.appointments import appoint
from cases.models import (
    Appointment,
    Case,
    Child,
    Cover,
    Deadline,
    Event,
    LocalAgreement,
    Matter,
    NamedReader,
    Notice,
    Restriction,
)
from config.permissions.relations import Relation
from letters import actions as letters
from letters.kinds import LetterKind
from letters.models import Letter
from referrals import advice, handling, while_open
from referrals.models import Dispute, Referral
from reports.annual import acts as annual
from reports.feed import address
from reports.foi import acts as foi
from reports.models import AnnualReport, AnswerFile, FoiRequest, Following, SavedView
from tests.cases.files import steps as file_steps
from tests.cases.steps import opened
from tests.cast import Cast, assemble
from tests.doors import give_an_app
from tests.journeys import steps
from tests.letters import referral_steps
from tests.referrals import advice_steps, dispute_steps, referring_steps
from tests.referrals.steps import now
from tests.reports import records_steps

FAR = 7_000_000
TODAY = "2025-12-10"
R, P = Relation, PersonRole


@dataclass(frozen=True)
class Seat:
    """Somebody, and their relation to the cases of the world they sit in."""

    person: User
    world: str
    relation: Relation


@dataclass
class Side:
    """A case with something on every page of it; the one that was referred, or the one that was not."""

    world: str
    case: Case
    child: Child
    events: dict
    deadlines: dict
    letters: dict
    dispute: Dispute
    matter: Matter | None = None
    referral: Referral | None = None
    draft: Referral | None = None
    referral_letters: dict = field(default_factory=dict)
    permission: int = 0
    whereabouts: int = 0
    files: dict = field(default_factory=dict)


@dataclass
class World:
    name: str
    cast: Cast
    alone: Child
    agreement: LocalAgreement
    agreements_deadline: Deadline
    note: object
    main: Side
    quiet: Side
    change: RoleChange
    foi: FoiRequest
    annual: AnnualReport
    feed: str
    certificate: str = ""
    pack: int = 0
    cover: Cover | None = None
    locked: Case | None = None
    restriction: Restriction | None = None
    named: frozenset = frozenset()


@dataclass
class Story:
    northmoor: World
    southmere: World
    seats: list
    factors: dict
    kept: dict
    files: dict
    notices: dict
    views: dict

    def worlds(self):
        return {"northmoor": self.northmoor, "southmere": self.southmere}


class Calendar:
    """The day of the story; on the last one time stands still."""

    def __init__(self):
        self.travelling = None

    def turns_to(self, day, at="09:00"):
        self.stops()
        moment = datetime.fromisoformat(f"{day}T{at}").replace(tzinfo=ZoneInfo("Europe/London"))
        self.travelling = time_machine.travel(moment, tick=False)
        self.travelling.start()

    def stops(self):
        if self.travelling:
            self.travelling.stop()
            self.travelling = None


def tell(calendar):
    """Everything of Northmoor's, then everything of Southmere's."""
    _from_the_beginning()
    cast = assemble()
    farside = _office("Cafcass Farside (invented)")
    oscar = _add("Oscar Officer", farside, P.GUARDIAN)
    their_manager = _add("Fiona Farside", farside, P.CAFCASS_SERVICE_MANAGER)
    their_support = _add("Filip Farside", farside, P.CAFCASS_BUSINESS_SUPPORT)
    hetty = _add("Hetty Highcourt", cast.cafcass_legal, P.HIGH_COURT_TEAM_OFFICER)
    legals = _add("Ludo Legal", cast.cafcass_legal, P.ADMINISTRATOR)
    voluntary = Organisation.objects.create(name="Hearthside (invented)", kind=OrganisationKind.VOLUNTARY)
    northmoor = _world("northmoor", cast, cast.hugo, calendar)
    seats = _seats("northmoor", cast, voluntary, northmoor)
    _from_far_on()
    southmeres = _southmere(cast)
    southmere = _world("southmere", southmeres, oscar, calendar)
    seats += _seats("southmere", southmeres, voluntary, southmere)
    seats += [
        Seat(cast.hugo, "northmoor", R.OFFICER),
        Seat(hetty, "northmoor", R.NONE),
        Seat(oscar, "southmere", R.OFFICER),
        Seat(their_manager, "southmere", R.OFFICE),
        Seat(their_support, "southmere", R.OFFICE),
        Seat(cast.lex, "both", R.REFERRED),
        Seat(legals, "neither", R.NONE),
    ]
    for world in (northmoor, southmere):
        _restrict(world, [seat for seat in seats if seat.world in (world.name, "both")])
    people = [cast.leah, *(seat.person for seat in seats)]
    return Story(
        northmoor,
        southmere,
        seats,
        _factors(people),
        _kept(people),
        _files(people),
        _notices(people),
        _views(people),
    )


# --- People -----------------------------------------------------------------------------------------------------


def _office(name):
    return Organisation.objects.create(
        name=name, kind=OrganisationKind.CAFCASS_OFFICE, address="2 Invented Road"
    )


def _add(name, organisation, role, manager=None):
    email = f"{name.lower().replace(' ', '.')}@example.org"
    return User.objects.create_user(
        email, name=name, organisation=organisation, role=role, manager=manager, telephone="01632 960123"
    )


def _southmere(first):
    """Southmere's people, part by part as Northmoor's; Cafcass Legal is one and the same."""
    southmere, office = first.southmere, _office("Cafcass Otherdale (invented)")
    P_ = PersonRole
    mona = first.stranger
    cass = _add("Quentin Quill", office, P_.CAFCASS_SERVICE_MANAGER)
    tess = _add("Tamsin Quill", southmere, P_.TEAM_MANAGER)
    names = {
        "iris": ("Ingrid Quill", southmere, P_.IRO, mona), "ivor": ("Igor Quill", southmere, P_.IRO, mona),
        "gwen": ("Gloria Quill", office, P_.GUARDIAN, cass), "gareth": ("Gideon Quill", office, P_.GUARDIAN, cass),
        "lena": ("Lorna Quill", southmere, P_.LA_LEGAL, None), "sol": ("Simon Quill", southmere, P_.SOCIAL_WORKER, tess),
        "serena": ("Selma Quill", southmere, P_.SERVICE_MANAGER, None),
        "hal": ("Hector Quill", southmere, P_.HEAD_OF_SERVICE, None),
        "dora": ("Delia Quill", southmere, P_.DIRECTOR, None),
        "chas": ("Cecil Quill", southmere, P_.CHIEF_EXECUTIVE, None),
    }  # fmt: skip
    born = {"amber": date(2018, 3, 2), "blake": date(2020, 8, 14), "coral": date(2023, 2, 27)}
    children = {
        part: Child.objects.create(name=name, authority=southmere, born=born[part])
        for part, name in (("amber", "Zelda Quarry"), ("blake", "Zachary Quarry"), ("coral", "Zinnia Quarry"))
    }
    return Cast(
        northmoor=southmere, southmere=first.northmoor, cafcass=office, cafcass_legal=first.cafcass_legal,
        mona=mona, cass=cass, tess=tess, stranger=first.mona, lex=first.lex, leah=first.leah, hugo=first.hugo,
        **children, **{part: _add(*who) for part, who in names.items()},
    )  # fmt: skip


def _seats(name, cast, voluntary, world):
    """Somebody of every role in every relation to this authority's cases."""
    authority, office, by = cast.northmoor, cast.cafcass, name.title()
    marge = _add(f"Marge {by}", authority, P.TEAM_MANAGER)
    cast.sol.manager = marge
    cast.sol.save()
    vera, viv = (_add(f"{first} {by}", voluntary, P.VOLUNTARY_IRO) for first in ("Vera", "Viv"))
    # No verb appoints an IRO of a voluntary organisation yet; a row of theirs is what opens a case to them.
    for child in (cast.blake, cast.coral, world.alone):
        Appointment.objects.create(
            authority=authority, child=child, role=P.LA_LEGAL, person=vera, from_on=date(2025, 6, 2)
        )
    appointed = [cast.iris, cast.sol, cast.tess, cast.gwen, vera]
    service = [
        cast.ivor, cast.mona, cast.serena, cast.hal, cast.dora, cast.chas, cast.lena, cast.gareth, cast.cass, viv,
        _add(f"Ibsen {by}", authority, P.IRO_BUSINESS_SUPPORT), _add(f"Sam {by}", authority, P.SOCIAL_WORKER),
        _add(f"Tom {by}", authority, P.TEAM_MANAGER), _add(f"Cora {by}", office, P.CAFCASS_BUSINESS_SUPPORT),
        _add(f"Ada {by}", authority, P.ADMINISTRATOR), _add(f"Olga {by}", office, P.ADMINISTRATOR),
    ]  # fmt: skip
    return [
        *(Seat(person, name, R.APPOINTED) for person in appointed),
        *(Seat(person, name, R.SERVICE) for person in service),
        Seat(marge, name, R.MANAGER),
        *(Seat(person, name, R.COVERING) for person in _stand_ins(by, cast, marge, world)),
    ]


def _stand_ins(by, cast, marge, world):
    """A colleague for each who is appointed, while they are away."""
    away = (
        (cast.iris, "Carl", cast.mona),
        (cast.sol, "Cleo", marge),
        (cast.tess, "Ciro", cast.hal),
        (cast.gwen, "Cyd", cast.cass),
    )
    for absent, first, manager in away:
        stand_in = _add(f"{first} {by}", absent.organisation, absent.role)
        today = timezone.localdate()
        cover = covering.arrange(absent, stand_in, from_on=today, until_on=today, by=manager)
        world.cover = world.cover or cover
        yield stand_in


def _restrict(world, seats):
    """A case of its own whose list names one of every role, and so leaves the others of that role out."""
    cast = world.cast
    child = Child.objects.create(
        name=f"{cast.amber.name} the Third", authority=cast.northmoor, born=date(2017, 5, 9)
    )
    world.locked = opened(cast, child, on=TODAY)
    one_of_each = {
        seat.person.role: seat.person for seat in reversed(seats) if seat.person.role != P.ADMINISTRATOR
    }
    world.restriction = restricting.restrict(
        world.locked, by=cast.mona, reason="A colleague is of the family.", readers=[one_of_each[P.IRO]]
    )
    # The verb names nobody of Cafcass Legal before there is a referral; what a list opens is asked all the same.
    for person in {*one_of_each.values()} - {one_of_each[P.IRO]}:
        NamedReader.objects.create(
            authority=cast.northmoor, restriction=world.restriction, person=person, named_by=cast.mona,
            named_at=timezone.now(),
        )  # fmt: skip
    world.named = frozenset(person.pk for person in one_of_each.values())


def _factors(people):
    """Everybody's app, by whose it is; with it come recovery codes."""
    for person in people:
        RecoveryCodes.activate(give_an_app(person))
    return dict(Authenticator.objects.filter(type="totp").values_list("user", "pk"))


def _kept(people):
    """Something everybody typed too late."""
    for person in people:
        KeptWork.objects.create(
            person=person, page="/cases/", action="/cases/", sealed="", kept_at=timezone.now()
        )
    return dict(KeptWork.objects.values_list("person", "pk"))


def _files(people):
    """A file everybody asked for, made and waiting."""
    for person in people:
        AnswerFile.objects.create(
            kind="export", title="Cases", purpose="For the tests", asked_by=person, asked_as=person.role,
            organisation=person.organisation, asked_at=timezone.now(), made_at=timezone.now(), name="cases.csv",
            content_type="text/csv", content=b"nothing",
        )  # fmt: skip
    return dict(AnswerFile.objects.values_list("asked_by", "key"))


def _notices(people):
    """A notice that waits for each of them."""
    for person in people:
        Notice.objects.create(
            kind="letter", recipient=person, about="for the tests", created_at=timezone.now()
        )
    return dict(Notice.objects.filter(about="for the tests").values_list("recipient", "pk"))


def _views(people):
    """A list everybody narrowed and kept for themselves, and follows."""
    for person in people:
        view = SavedView.objects.create(
            person=person, organisation=person.organisation, name="Mine", asked="band=overdue"
        )
        Following.objects.create(view=view, person=person, digest="daily", summed_up_on=timezone.localdate())
    return dict(SavedView.objects.values_list("person", "pk"))


def _foi(cast):
    return foi.take_down(
        by=cast.mona, reference=f"FOI {cast.northmoor.pk}", received_on=timezone.localdate(),
        question="referrals_by_year", from_on=date(2023, 1, 1), until_on=timezone.localdate(),
    )  # fmt: skip


# --- What happened ----------------------------------------------------------------------------------------------


def _world(name, cast, officer, calendar):
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


def _from_far_on():
    """What is made from here on is numbered from far on."""
    for meta in _numbered():
        _counts_from(meta, FAR)


def _from_the_beginning():
    """A sequence of PostgreSQL's goes on counting from far on, though the story it counted was taken back."""
    for meta in _numbered() if connection.vendor == "postgresql" else ():
        last = meta.model._base_manager.order_by("-pk").values_list("pk", flat=True).first()
        _counts_from(meta, (last or 0) + 1)


def _numbered():
    return [
        model._meta for model in apps.get_models(include_auto_created=True)
        if model._meta.pk.get_internal_type() in ("BigAutoField", "AutoField") and model._meta.managed
    ]  # fmt: skip


def _counts_from(meta, number):
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            sequence = [f'"{meta.db_table}"', meta.pk.column, number]
            cursor.execute("SELECT setval(pg_get_serial_sequence(%s, %s), %s)", sequence)
        else:
            cursor.execute("DELETE FROM sqlite_sequence WHERE name = %s", [meta.db_table])
            cursor.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)", [meta.db_table, number])


def password_link(person):
    return {
        "uidb64": urlsafe_base64_encode(force_bytes(person.pk)),
        "token": default_token_generator.make_token(person),
    }


__all__ = ["FAR", "Calendar", "Letter", "Seat", "Side", "Story", "World", "advice", "tell"]
