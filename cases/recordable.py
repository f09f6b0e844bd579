"""What may be recorded, by whom and where, and what is said when it has been."""

from django.conf import settings
from django.db.models import Q
from django.urls import reverse

from accounts.roles import PersonRole
from cases import access
from cases.dates import weekday_date
from cases.facts import CARE
from cases.models import Case, Event
from cases.models.event import APPOINTMENT_MADE, CASE_OPENED, LEGAL_STATUS_CHANGED, STRUCK_OUT
from cases.specifications import SPECIFICATIONS, happening_named, specification_of
from protocol.happenings import Happening
from protocol.vocabulary import Part

# Never written on a case: the advice line is confidential until its notes are shared (PN 3.2).
NEVER_ON_A_CASE = frozenset({Happening.ADVICE_SOUGHT, Happening.ADVICE_DISCLOSED})
# Written by the verbs that appoint and open, never typed by hand.
NEVER_BY_HAND = frozenset({APPOINTMENT_MADE, CASE_OPENED})
# These have a page of their own, or are never written on a case (PN 3.2).
ELSEWHERE = NEVER_ON_A_CASE | {
    Happening.PROTOCOL_SIGNED, Happening.PROTOCOL_REVIEWED,
    Happening.IRO_ALLOCATED, Happening.GUARDIAN_ALLOCATED, APPOINTMENT_MADE, CASE_OPENED,
}  # fmt: skip
# Disputes and referrals are kept on pages of their own, which `settings.ACT_PAGES` names.
PARTS_ELSEWHERE = {Part.DISPUTES, Part.REFERRAL}

APPOINTING = {Happening.IRO_ALLOCATED: PersonRole.IRO, Happening.GUARDIAN_ALLOCATED: PersonRole.GUARDIAN}


def parts(case, user, *, only_played=False):
    """The happenings and records a person may enter on a case, by part, the case's own stage first.

    `only_played` leaves the records out: no date hangs on them, so nothing would change.
    """
    offered = [
        (name, spec)
        for name, spec in SPECIFICATIONS.items()
        if name not in ELSEWHERE
        and spec.group not in PARTS_ELSEWHERE
        and (happening_named(name) if only_played else access.may_record(user, case, spec.done_by))
    ]
    order = sorted(Part, key=lambda part: part != case.stage)
    found = [
        {"name": part.label, "entries": [_entry(case, name, s) for name, s in offered if s.group is part]}
        for part in order
    ]
    return [part for part in found if part["entries"]]


def by(user, case=None):
    """Whether a person may record a happening, as a question to be asked of each row of a list."""

    def may(happening, owed=None):
        if owed and not access.may_act_on(user, owed):
            return False
        if happening in APPOINTING:
            return access.may_appoint_to(APPOINTING[happening], user, case)
        return access.may_record(user, case, SPECIFICATIONS[happening].done_by)

    return may


def offered(user, case, *happenings):
    """Those of some happenings that this person may record here: a page links to no others."""
    may = by(user, case)
    return {happening for happening in happenings if may(happening)}


def _entry(case, name, spec):
    return {
        "name": name,
        "url": reverse("record", args=[case.key, name]),
        "label": spec.label,
        "help": spec.help,
    }


def page_elsewhere(case, user, specification):
    """The page a dispute or a referral has for this, unless it is recorded for an agency off the system."""
    if specification.group not in PARTS_ELSEWHERE or specification.name not in settings.ACT_PAGES:
        return ""
    if access.agencies_off_system(case, specification.done_by, user):
        return ""
    name, *arguments = settings.ACT_PAGES[specification.name]
    return reverse(name, args=[case.key, *arguments])


def may_correct(user, subject):
    """Whether a person may correct an event of a case's or a child's chronology: as they may record it."""
    known = {}

    def may(event):
        done_by = specification_of(event.happening).done_by
        if done_by not in known:
            known[done_by] = access.may_record(user, subject, done_by)
        return known[done_by]

    return may


def is_for_a_child(happening):
    return happening_named(happening) in CARE or happening == LEGAL_STATUS_CHANGED


def told(subject):
    """What a case's or a child's chronology tells, corrected events and all."""
    own = Q(case=None, child=subject)
    if isinstance(subject, Case):
        own = Q(case=subject) | Q(case=None, child__in=subject.members.values("child"))
    return Event.objects.filter(own).exclude(happening=STRUCK_OUT)


def page_of(child):
    return reverse("child", args=[child.key])


def said(event, specification):
    return f"Recorded: {specification.label}, {weekday_date(event.on)}."
