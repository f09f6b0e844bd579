"""Groups of children a board counts, each a queryset by name: the number and the list behind it are one."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef

from accounts.roles import PersonRole
from cases.models import Appointment, Case, CaseChild, Child, Deadline, PeriodOfCare
from protocol.vocabulary import PROCEEDINGS_RUN, Stage
from reports.measures.hearings import finals_by

CASELOAD = (50, 70)
CASELOAD_SOURCE = "IRO Handbook: 50 to 70 children for each full-time IRO"
UNDER = 10
SECTION_20 = "V2"


def _cases(user):
    return Case.objects.visible_to(user).order_by().values("pk")


def members(user):
    """Children in open cases this person may see."""
    return CaseChild.objects.in_open_cases().filter(case__in=_cases(user))


# --- Children whom an IRO answers for ---------------------------------------------------------------------------


def in_hand(user):
    """Looked after now, or named in an open case: whoever needs an IRO."""
    in_care = Exists(PeriodOfCare.objects.filter(child=OuterRef("pk"), ended_on=None))
    in_a_case = Exists(CaseChild.objects.in_open_cases().filter(child=OuterRef("pk")))
    return Child.objects.visible_to(user).filter(in_care | in_a_case)


def of_iro(user, person):
    """One IRO's caseload; None for the children who have no IRO."""
    held = Appointment.objects.filter(child=OuterRef("pk"), role=PersonRole.IRO, until_on=None)
    if person is None:
        return in_hand(user).filter(~Exists(held))
    return in_hand(user).filter(Exists(held.filter(person=person)))


def caseloads(user):
    """How many children each IRO has, in one query: IRO → number."""
    held = Appointment.objects.filter(role=PersonRole.IRO, until_on=None, child__in=in_hand(user).order_by())
    found = held.order_by().values("person").annotate(number=Count("child", distinct=True))
    return dict(found.values_list("person", "number"))


# --- Section 20, and the tracker of pre-proceedings -------------------------------------------------------------


def under_ten_on_section_20(user, today):
    """PRE-6: every child under ten accommodated under section 20 is flagged, whatever the stage."""
    on_it = PeriodOfCare.objects.filter(
        child=OuterRef("pk"), ended_on=None, legal_status__startswith=SECTION_20
    )
    return Child.objects.visible_to(user).filter(Exists(on_it), born__gt=born_by(UNDER, today))


def born_by(years, today):
    """Whoever was born after this day has not had that many birthdays; 29 February turns on 1 March."""
    try:
        return today.replace(year=today.year - years)
    except ValueError:
        return today.replace(year=today.year - years, day=28)


def in_pre_proceedings(user):
    return members(user).filter(case__stage=Stage.PRE_PROCEEDINGS)


def under_ten_in_pre_proceedings(user, today):
    """Of those on the tracker, the ones PRE-6 flags."""
    flagged = under_ten_on_section_20(user, today).order_by().values("pk")
    return in_pre_proceedings(user).filter(child__in=flagged)


# --- Handovers --------------------------------------------------------------------------------------------------

HANDING_OVER = ("END-1", "END-2", "END-3", "END-4", "END-5", "END-6", "END-7", "END-9")
LETTER = "END-3"


def _tasks():
    return Deadline.objects.still_open().filter(
        case=OuterRef("case"), child=OuterRef("child"), duty__in=HANDING_OVER
    )


def concluded(user):
    """Children whose proceedings are over and of whose handover something is still open."""
    return members(user).filter(Exists(_tasks()), concluded_on__isnull=False)


def upcoming(user, today):
    """Children whose final hearing is listed within four weeks, or is past and not yet recorded as held."""
    running = members(user).filter(
        concluded_on=None, case__stage__in=[str(stage) for stage in PROCEEDINGS_RUN]
    )
    return running.filter(case__in=finals_by(user, today))


def with_tasks_overdue(user, today):
    late = _tasks().overdue(today)
    return concluded(user).filter(Exists(late))


def without_the_letter(user, today):
    """The ten working days are over and the Appendix 2 letter has not come (END-3)."""
    late = _tasks().overdue(today).filter(duty=LETTER)
    return concluded(user).filter(Exists(late))


@dataclass(frozen=True)
class Group:
    """A group by name: its words, what it holds, and what a list of it is empty of."""

    words: str
    empty: str
    rows: Callable


GROUPS = {
    "upcoming": Group(
        "Handovers upcoming",
        "A child appears here four weeks before the final hearing.",
        upcoming,
    ),
    "in_progress": Group(
        "Handovers in progress",
        "A child appears here when the proceedings have concluded, until everything is handed over.",
        lambda user, today: concluded(user),
    ),
    "tasks_overdue": Group(
        "Handovers with overdue tasks",
        "A child appears here when something of the handover is past its day.",
        with_tasks_overdue,
    ),
    "no_letter": Group(
        "Handover letter not received",
        "A child appears here when the ten working days are over and no Appendix 2 letter has come (END-3).",
        without_the_letter,
    ),
    "pre_proceedings": Group(
        "Children in pre-proceedings",
        "A child appears here when the local authority begins pre-proceedings (PRE-5).",
        lambda user, today: in_pre_proceedings(user),
    ),
    "flagged": Group(
        "Under ten on section 20, in pre-proceedings",
        "A child appears here who is under ten, on section 20 and in pre-proceedings (PRE-6).",
        under_ten_in_pre_proceedings,
    ),
    "section_20": Group(
        "Under ten on section 20",
        "A child appears here who is under ten and accommodated under section 20 (PRE-6).",
        under_ten_on_section_20,
    ),
}
HANDOVERS = ("upcoming", "in_progress", "tasks_overdue", "no_letter")
