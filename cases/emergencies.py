"""Breaking the glass: a case that is not yours, in an emergency, for an hour, in front of everybody concerned."""

from datetime import timedelta

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Q
from django.utils import timezone

from accounts import audit
from accounts.models import User
from accounts.roles import PersonRole
from cases import access, witness
from cases.models import Appointment, Case, EmergencyAccess, Notice
from cases.refusal import Refusal

LASTS = timedelta(hours=1)
# How long the page of emergencies goes on showing one; the audit trail keeps it for ever.
SHOWN_FOR = timedelta(days=30)
# One sentence for a reference nobody has, for another agency's, and for one that role does not reach.
NOT_OPENED = (
    "No case is opened with this reference. Check it; if it is right, ring the IRO manager of the authority, or the "
    "duty manager of your own service."
)


def open_case(key, *, by, reason):
    """Open a case for an hour, for a stated reason; who manages the person and whose case it is are told at once.

    Nobody extends it: asked for again while it is open, it goes on ending when it did. What was said to the advice
    line stays shut, as does every address that is for fewer people.
    """
    if not reason.strip():
        raise Refusal("Say what the emergency is: your manager and the IRO will read it.", field="reason")
    with transaction.atomic():
        _reach_through_the_wall(key)
        case = _openable(key, by)
        now = timezone.now()
        open_now = EmergencyAccess.objects.filter(case=case, person=by, ends_at__gt=now).first()
        if open_now or Case.objects.visible_to(by).filter(pk=case.pk).exists():
            return case
        opened = EmergencyAccess.objects.create(
            authority_id=case.authority_id,
            case=case,
            person=by,
            reason=reason.strip(),
            opened_at=now,
            ends_at=now + LASTS,
        )
        _tell(opened)
        audit.changed(by, "emergency.opened", *witness.whole(case), why=reason.strip())
    return case


def refused(by):
    """Somebody asked for a case that is not opened to them: what they typed may be a name, so it is not kept."""
    with transaction.atomic():
        audit.changed(by, "emergency.refused")


def _reach_through_the_wall(key):
    """The database shows the case for the rest of this request, where it is of the person's own side."""
    if settings.DATABASE_WALLS:
        with connection.cursor() as cursor:
            cursor.execute("SELECT protocol_emergency(%s)", [_tidy(key)])


def _tidy(key):
    return key.strip().upper()


def _openable(key, by):
    """The case, locked, so that a button pressed twice opens it once."""
    openable = access.openable_in_emergency(by).order_by().values("pk")
    found = Case.objects.select_for_update(of=("self",)).filter(pk__in=openable, key=_tidy(key))
    if (case := found.first()) is None:
        raise Refusal(NOT_OPENED, field="reference")
    return case


def current(user, case):
    """The emergency in which this person has the case open, if that is how."""
    open_now = EmergencyAccess.objects.filter(case=case, person=user, ends_at__gt=timezone.now())
    return open_now.order_by("ends_at").last()


def of_case(case):
    """Every time the case was opened so, the latest first."""
    return case.emergency_accesses.select_related("person__organisation")


def told_to(user):
    """What was opened so by those they manage, or of the cases they review, in the last weeks, the latest first."""
    recent = EmergencyAccess.objects.filter(opened_at__gt=timezone.now() - SHOWN_FOR)
    concerned = Q(person__manager=user)
    if user.role in access.IRO_SIDE:
        held = access.held(user).filter(role=PersonRole.IRO).values("child__memberships__case")
        concerned |= Q(case__in=access.visible_cases(user)) | Q(case__in=held)
    return recent.filter(concerned).exclude(person=user).select_related("person__organisation", "case")[:100]


def time_of(moment):
    return timezone.localtime(moment).strftime("%H:%M")


def _tell(opened):
    """The person's manager and the case's IRO; where neither can be told, the IRO managers."""
    Notice.objects.bulk_create(
        [
            Notice(
                kind=Notice.Kind.EMERGENCY,
                recipient=person,
                case=opened.case,
                about=f"emergency:{opened.pk}",
                created_at=opened.opened_at,
            )
            for person in _concerned(opened)
        ],
        ignore_conflicts=True,
    )


def _concerned(opened):
    iros = Appointment.objects.filter(
        role=PersonRole.IRO, until_on=None, case=None, child__memberships__case=opened.case
    )
    found = User.objects.filter(pk__in=iros.values("person"))
    found |= User.objects.filter(pk=opened.person.manager_id)
    managers = User.objects.filter(
        organisation=opened.case.authority_id, role=PersonRole.IRO_MANAGER, is_active=True
    )
    return _who_can_be_told(found, opened) or _who_can_be_told(managers, opened)


def _who_can_be_told(people, opened):
    others = people.exclude(pk=opened.person_id).select_related("organisation")
    return {person for person in others if person.is_reminded}
