"""A referral is begun for one child or several siblings, in their case or in one opened for it."""

from django.db import transaction
from django.utils import timezone

from accounts import audit
from cases import opening
from cases.actions import record
from cases.models import Case, Event
from cases.models.event import CASE_OPENED
from cases.refusal import NotYours, Refusal
from protocol.happenings import Happening
from referrals import access, checklist, witness
from referrals.models import Referral, Screening
from referrals.referring.drafts import ONLY_AN_IRO


def begin(case, *, by, children):
    """A draft that nobody outside the IRO service sees. It may name several siblings."""
    if not access.may_refer(by):
        raise NotYours(ONLY_AN_IRO)
    if not children:
        raise Refusal("Choose at least one child.", field="children")
    with transaction.atomic(), audit.act(by, "referral.begun") as act:
        case = Case.objects.select_for_update(of=("self",)).get(pk=case.pk)
        present = set(case.members.filter(left_on=None).values_list("child", flat=True))
        for child in children:
            if child.pk not in present:
                raise Refusal(f"{child.name} is not in this case.", field="children")
        referral = Referral.objects.create(
            authority_id=case.authority_id, case=case, ref=_next_ref(case), iro=by, begun_at=timezone.now()
        )
        referral.children.set(children)
        Screening.objects.create(referral=referral)
        checklist.lay_out(referral)
        act.touched(*witness.referral_about(referral))
        return referral


def begin_without_case(children, *, by, cafcass_office=None):
    """A draft for looked-after children who are in no open case: one is opened for it, its stage not started."""
    if not access.may_refer(by):
        raise NotYours(ONLY_AN_IRO)
    if not children:
        raise Refusal("Choose at least one child.", field="children")
    office = cafcass_office or opening.office_for(children)
    if office is None:
        raise Refusal(
            "Choose the Cafcass office of the area: no case and no local agreement says which it is.",
            field="cafcass_office",
        )
    today = timezone.localdate()
    with transaction.atomic(), audit.act(by, "referral.begun"):
        case = opening.begin(
            lambda case: record(case, CASE_OPENED, on=today, by=by), authority=children[0].authority,
            cafcass_office=office, children=children, on=today,
        )  # fmt: skip
        return begin(case, by=by, children=children)


def _next_ref(case):
    """One more than any there is: a name a fact has used is never given to another referral."""
    used = {
        *case.referrals.values_list("ref", flat=True),
        *Event.objects.filter(case=case, happening=Happening.REFERRAL_SUBMITTED).values_list(
            "details__referral", flat=True
        ),
    }
    number = max((int(ref.rpartition(" ")[2]) for ref in used if ref.rpartition(" ")[2].isdigit()), default=0)
    return f"Referral {number + 1}"
