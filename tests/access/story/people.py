"""Everybody of the story: offices, Southmere's people, a seat for every role in every relation, and what each of them has."""

from datetime import date

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.utils import timezone

from accounts.models import KeptWork, Organisation, User
from accounts.roles import OrganisationKind, PersonRole
from cases import covering, restricting
from cases.models import (
    Appointment,
    Child,
    NamedReader,
    Notice,
)
from config.permissions.relations import Relation
from reports.models import AnswerFile, Following, SavedView
from tests.access.story.happened import TODAY
from tests.access.story.shapes import Seat
from tests.cases.steps import opened
from tests.cast import Cast
from tests.doors import give_an_app

R, P = Relation, PersonRole


def cafcass_office(name):
    return Organisation.objects.create(
        name=name, kind=OrganisationKind.CAFCASS_OFFICE, address="2 Invented Road"
    )


def add(name, organisation, role, manager=None):
    email = f"{name.lower().replace(' ', '.')}@example.org"
    return User.objects.create_user(
        email, name=name, organisation=organisation, role=role, manager=manager, telephone="01632 960123"
    )


def southmere_of(first):
    """Southmere's people, part by part as Northmoor's; Cafcass Legal is one and the same."""
    southmere, office = first.southmere, cafcass_office("Cafcass Otherdale (invented)")
    P_ = PersonRole
    mona = first.stranger
    cass = add("Quentin Quill", office, P_.CAFCASS_SERVICE_MANAGER)
    tess = add("Tamsin Quill", southmere, P_.TEAM_MANAGER)
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
        **children, **{part: add(*who) for part, who in names.items()},
    )  # fmt: skip


def seats_of(name, cast, voluntary, world):
    """Somebody of every role in every relation to this authority's cases."""
    authority, office, by = cast.northmoor, cast.cafcass, name.title()
    marge = add(f"Marge {by}", authority, P.TEAM_MANAGER)
    cast.sol.manager = marge
    cast.sol.save()
    vera, viv = (add(f"{first} {by}", voluntary, P.VOLUNTARY_IRO) for first in ("Vera", "Viv"))
    # These children have an IRO; a row of their own beside it is what opens the case to one of a voluntary organisation.
    for child in (cast.blake, cast.coral, world.alone):
        Appointment.objects.create(
            authority=authority, child=child, role=P.VOLUNTARY_IRO, person=vera, from_on=date(2025, 6, 2)
        )
    appointed = [cast.iris, cast.sol, cast.tess, cast.gwen, vera]
    service = [
        cast.ivor, cast.mona, cast.serena, cast.hal, cast.dora, cast.chas, cast.lena, cast.gareth, cast.cass, viv,
        add(f"Ibsen {by}", authority, P.IRO_BUSINESS_SUPPORT), add(f"Sam {by}", authority, P.SOCIAL_WORKER),
        add(f"Tom {by}", authority, P.TEAM_MANAGER), add(f"Cora {by}", office, P.CAFCASS_BUSINESS_SUPPORT),
        add(f"Ada {by}", authority, P.ADMINISTRATOR), add(f"Olga {by}", office, P.ADMINISTRATOR),
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
        stand_in = add(f"{first} {by}", absent.organisation, absent.role)
        today = timezone.localdate()
        cover = covering.arrange(absent, stand_in, from_on=today, until_on=today, by=manager)
        world.cover = world.cover or cover
        yield stand_in


def restrict(world, seats):
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


def factors(people):
    """Everybody's app, by whose it is; with it come recovery codes."""
    for person in people:
        RecoveryCodes.activate(give_an_app(person))
    return dict(Authenticator.objects.filter(type="totp").values_list("user", "pk"))


def kept(people):
    """Something everybody typed too late."""
    for person in people:
        KeptWork.objects.create(
            person=person, page="/cases/", action="/cases/", sealed="", kept_at=timezone.now()
        )
    return dict(KeptWork.objects.values_list("person", "pk"))


def files(people):
    """A file everybody asked for, made and waiting."""
    for person in people:
        AnswerFile.objects.create(
            kind="export", title="Cases", purpose="For the tests", asked_by=person, asked_as=person.role,
            organisation=person.organisation, asked_at=timezone.now(), made_at=timezone.now(), name="cases.csv",
            content_type="text/csv", content=b"nothing",
        )  # fmt: skip
    return dict(AnswerFile.objects.values_list("asked_by", "key"))


def notices(people):
    """A notice that waits for each of them."""
    for person in people:
        Notice.objects.create(
            kind="letter", recipient=person, about="for the tests", created_at=timezone.now()
        )
    return dict(Notice.objects.filter(about="for the tests").values_list("recipient", "pk"))


def views(people):
    """A list everybody narrowed and kept for themselves, and follows."""
    for person in people:
        view = SavedView.objects.create(
            person=person, organisation=person.organisation, name="Mine", asked="band=overdue"
        )
        Following.objects.create(view=view, person=person, digest="daily", summed_up_on=timezone.localdate())
    return dict(SavedView.objects.values_list("person", "pk"))
