"""Opening a case, and adding a child the authority has not recorded yet."""

from uuid import UUID

from django.db import transaction

from cases.actions import carry_in_iro, record
from cases.models import Case, CaseChild, Child, Event
from cases.refusal import Refusal
from protocol.happenings import Happening

# How a case may begin: the stage machine has no other way in (urgent issue, EV Care Proceedings).
BEGINNINGS = (Happening.ENTERED_PRE_PROCEEDINGS, Happening.PROCEEDINGS_ISSUED)


def open_case(*, entering, on, by, submission=None, **where):
    """Open a case for one child or a sibling group with its first fact: pre-proceedings, or an urgent issue."""

    def enter(case):
        record(case, entering, on=on, by=by, submission=submission)

    return begin(enter, on=on, submission=submission, **where)


def begin(first_fact, *, authority, cafcass_office, children, on, court="", court_number="", submission=None):
    """Open a case with whatever is its first fact, recorded by `first_fact(case)`.

    A dispute or a referral about a looked-after child begins one too; its stage is then not started. The same
    submission twice gives the case of the first.
    """
    if not children:
        raise Refusal("Choose at least one child for the case.", field="children")
    with transaction.atomic():
        list(Child.objects.filter(pk__in=[child.pk for child in children]).order_by("pk").select_for_update())
        if submission and (first := Event.objects.filter(submission=submission).first()):
            return first.case
        for child in children:
            _check_free(child)
        case = Case.objects.create(
            authority=authority,
            cafcass_office=cafcass_office,
            opened_on=on,
            court=court,
            court_number=court_number,
        )
        CaseChild.objects.bulk_create(
            [CaseChild(authority=authority, case=case, child=child) for child in children]
        )
        first_fact(case)
        for member in case.members.select_related("child"):
            carry_in_iro(case, member.child, on=on)
    return Case.objects.get(pk=case.pk)


def office_for(children):
    """The Cafcass office of the children's latest case, else of the authority's latest local agreement, else None."""
    case = Case.objects.filter(members__child__in=children).order_by("-opened_on", "-pk").first()
    if case:
        return case.cafcass_office
    agreement = children[0].authority.agreements.select_related("cafcass_office").first()
    return agreement.cafcass_office if agreement else None


def opened_by(submission, user):
    """The case that a button pressed twice opened the first time."""
    try:
        opened = Event.objects.filter(submission=UUID(submission or ""))
    except ValueError:
        return None
    return Case.objects.visible_to(user).filter(pk__in=opened.values("case")).first()


def _check_free(child):
    current = child.cases.exclude(stage="closed").filter(members__child=child, members__left_on=None).first()
    if current:
        raise Refusal(
            f"{child.name} is already in case {current.key}, which is still open. "
            "Close that case, or record there that the child left it.",
            field="children",
        )
