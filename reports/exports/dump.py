"""A whole case as JSON that another system can read: `docs/case-file.md` says what each part means.

Read with the eyes of whoever asked: a letter or a referral's account they may not open is not in it.
"""

import json

from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Q
from django.utils import timezone

from cases import casefile, witness
from cases.models import Case, Child, Deadline, Event, Matter, Miss
from cases.timeline import describe
from letters.models import Letter
from referrals import access
from referrals.disputefile import steps_of
from referrals.models import Dispute, Referral
from reports.files.made import JSON, Made

FORMAT, VERSION = "iro-protocol-case", 1


def make(file):
    user = file.asked_by
    case = (
        Case.objects.visible_to(user)
        .select_related("authority", "cafcass_office")
        .get(key=file.asked["case"])
    )
    whole = whole_case(case, user)
    records = [*witness.whole(case), *(("letter", letter["key"]) for letter in whole["letters"])]
    content = json.dumps(whole, cls=DjangoJSONEncoder, ensure_ascii=False, indent=1)
    return Made(f"case-{case.key}.json", JSON, content.encode(), records)


def whole_case(case, user):
    """Everything of a case, part by part; what is a child's own, of those whose record this person may open."""
    theirs = set(Child.objects.visible_to(user).filter(memberships__case=case).values_list("pk", flat=True))
    owed = Deadline.objects.visible_to(user).of_case(case)
    return {
        "format": FORMAT,
        "version": VERSION,
        "made_at": timezone.now(),
        "case": _case(case),
        "children": [_child(member, theirs) for member in case.members.select_related("child")],
        "appointments": [_appointment(held) for held in casefile.appointments(case).distinct()],
        "events": [_event(event) for event in _events(case, theirs)],
        "deadlines": [_deadline(one) for one in owed.select_related("child", "owner", "owing")],
        "misses": [_miss(one) for one in _misses(case, theirs)],
        "matters": [_matter(one) for one in _matters(case, theirs)],
        "disputes": [_dispute(one) for one in Dispute.objects.visible_to(user).filter(case=case)],
        "referrals": [_referral(one, user) for one in Referral.objects.visible_to(user).filter(case=case)],
        "letters": [_letter(one) for one in Letter.objects.visible_to(user).filter(case=case)],
    }


def _case(case):
    return {
        "key": case.key, "authority": case.authority.name, "cafcass_office": case.cafcass_office.name,
        "stage": case.stage, "opened_on": case.opened_on, "issued_on": case.issued_on, "court": case.court,
        "court_number": case.court_number,
    }  # fmt: skip


def _child(member, theirs):
    child, opens = member.child, member.child_id in theirs
    periods = child.periods.values("began_on", "ended_on", "legal_status") if opens else ()
    return {
        "key": child.key, "name": child.name, "born": child.born, "sex": child.sex,
        "return_number": child.return_id if opens else "",
        "left_on": member.left_on, "concluded_on": member.concluded_on, "periods_of_care": list(periods),
    }  # fmt: skip


def _appointment(held):
    return {
        "child": held.child.key, "role": held.role, "person": held.person.name,
        "organisation": held.person.organisation.name, "from_on": held.from_on, "until_on": held.until_on,
    }  # fmt: skip


def _events(case, theirs):
    own = Event.objects.filter(case=case)
    care = Event.objects.filter(case=None, child__in=theirs)
    read = (own | care).select_related("child", "recorded_by", "on_behalf_of", "correction")
    return read.order_by("on", "pk")


def _event(event):
    return {
        "number": event.pk, "happening": event.happening, "on": event.on, "child": event.child and event.child.key,
        "of": "case" if event.case_id else "child", "details": event.details, "particulars": event.particulars,
        "in_words": describe(event) if event.happening != "struck_out" else "", "note": event.note,
        "recorded_at": event.recorded_at, "recorded_by": event.recorded_by and event.recorded_by.name,
        "on_behalf_of": event.on_behalf_of and event.on_behalf_of.name, "how_known": event.how_known,
        "corrects": event.corrects_id, "is_struck": event.is_struck,
    }  # fmt: skip


def _deadline(one):
    return {
        "duty": one.duty, "about": one.subject, "child": one.child and one.child.key, "opened_on": one.opened_on,
        "due_on": one.due_on, "state": one.state, "met_on": one.met_on, "closed_on": one.closed_on,
        "moved": one.moved, "excused": one.excused, "owed_by": one.owed_by, "owner": one.owner and one.owner.name,
        "owing": one.owing and one.owing.name, "force": one.force,
    }  # fmt: skip


def _misses(case, theirs):
    care = Miss.objects.filter(case=None, child__in=theirs)
    return (Miss.objects.filter(case=case) | care).select_related("child").order_by("due_on", "pk")


def _miss(one):
    return {
        "duty": one.duty, "about": one.subject, "child": one.child and one.child.key, "due_on": one.due_on,
        "recorded_at": one.recorded_at, "annulled_at": one.annulled_at, "annulled_by": one.annulled_by_id,
        "reason": one.reason,
    }  # fmt: skip


def _matters(case, theirs):
    handed_over = Q(raised_by__case=case) | Q(raised_by__case=None, child__in=theirs)
    return Matter.objects.filter(handed_over).select_related("child", "closed_by").order_by("pk")


def _matter(one):
    return {
        "child": one.child.key, "text": one.text, "evidence": one.evidence, "closed_on": one.closed_on,
        "closed_by": one.closed_by and one.closed_by.name,
    }  # fmt: skip


def _dispute(one):
    steps = [
        {
            "rung": step.rung, "to": step.name, "on": step.on, "due_on": step.due_on, "reason": step.reason,
            "passed_over": step.bypassed,
            "answers": [{"on": answer.on, "in_words": describe(answer), "note": answer.note} for answer in step.answers],
        }
        for step in steps_of(one)
    ]  # fmt: skip
    return {
        "key": one.key, "ref": one.ref, "kind": one.kind, "theme": one.theme, "state": one.state,
        "children": [child.key for child in one.children.all()], "concern": one.concern, "impact": one.impact,
        "sought": one.sought, "timetable": one.timetable, "raised_by": one.raised_by.name, "raised_on": one.raised_on,
        "formal_on": one.formal_on, "ended_on": one.ended_on, "changed_for_child": one.changed_for_child,
        "steps": steps,
    }  # fmt: skip


ACCOUNT = (
    "concern",
    "why_failing",
    "sought",
    "wishes",
    "wishes_on_court",
    "other_agencies",
    "communication_needs",
)


def _referral(one, user):
    may_read = access.may_read_account(user, one)
    return {
        "key": one.key, "ref": one.ref, "state": one.state, "basis": one.basis, "edition": one.edition,
        "children": [child.key for child in one.children.all()], "iro": one.iro.name,
        "submitted_on": one.submitted_on, "received_on": one.received_on, "allocated_on": one.allocated_on,
        "decided_on": one.decided_on, "action": one.action, "ended_on": one.ended_on,
        "account": {name: getattr(one, name) for name in ACCOUNT} if may_read else None,
    }  # fmt: skip


def _letter(one):
    return {
        "key": one.key, "kind": one.kind, "state": one.state, "children": [child.key for child in one.children.all()],
        "sender": one.sender.name, "sent_on": one.sent_on, "acknowledged_on": one.acknowledged_on,
        "contents": one.contents, "page_sha256": one.page_sha256,
    }  # fmt: skip
