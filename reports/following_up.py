"""What a manager does about overdue deadlines, several at once: take note, chase, say why it was late, reassign.

None of it meets a duty or moves a date. Each takes the deadlines as they are chosen in a list, checks them all, and
does everything or nothing; what has been done already is not done twice.
"""

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from accounts import audit
from accounts.models import User
from accounts.roles import ANSWERS_FOR, PersonRole
from cases import breaches, witness
from cases.access import standing_in, told_of
from cases.appointments import appoint
from cases.models import CaseChild, Child, Deadline, Miss, Notice
from cases.refusal import NotYours, Refusal
from reports.boards import access
from reports.models import FollowUp

MOST = 100


def acknowledge(deadlines, *, by, on, note=""):
    """Take note of deadlines that are overdue, by name and day; whoever looks next sees that it is known."""
    return _follow_up(deadlines, FollowUp.Kind.ACKNOWLEDGED, by=by, on=on, note=note)


def chase(deadlines, *, by, on, note=""):
    """Ask whoever owes them where they stand; the clock writes to the person, or to the service that owes it."""
    return _follow_up(deadlines, FollowUp.Kind.CHASED, by=by, on=on, note=note)


def _follow_up(deadlines, kind, *, by, on, note):
    chosen = _checked(deadlines, by, on)
    with transaction.atomic(), audit.act(by, f"deadlines.{kind}") as act:
        rows = [
            FollowUp(
                kind=kind, authority_id=row.authority_id, case_id=row.case_id, child_id=row.child_id,
                agreement_id=row.agreement_id, key=row.key, due_on=row.due_on, on=on, at=timezone.now(), by=by,
                note=note.strip(),
            )
            for row in chosen
        ]  # fmt: skip
        before = _followed_up(chosen, kind, by, on)
        FollowUp.objects.bulk_create(rows, ignore_conflicts=True)
        new = [row for row in chosen if (row.key, row.due_on) not in before]
        if new:
            act.touched(*_named(new))
    return new


def _followed_up(chosen, kind, by, on):
    """What this person has followed up in this way today, the rows locked by the unique key that guards them."""
    done = FollowUp.objects.filter(kind=kind, by=by, on=on, key__in=[row.key for row in chosen])
    return set(done.values_list("key", "due_on"))


def give_reason(deadlines, *, reason, by):
    """Say why deadlines were missed; it stands on the chronology beside each miss. A later reason takes its place."""
    chosen = _checked(deadlines, by, timezone.localdate())
    if not reason.strip():
        raise Refusal("Say why it was late: the chronology shows the reason beside the miss.", field="reason")
    theirs = [row for row in chosen if not access.may_give_reason(by, row)]
    if theirs:
        raise NotYours(
            f"{_counted(len(theirs))} owed by others, who say themselves why it was late. "
            "Choose only what your own side owes, or chase the others."
        )
    with transaction.atomic(), audit.act(by, "misses.reason_given") as act:
        breaches.settle(today=timezone.localdate())
        by_key = {(row.key, row.due_on): row for row in chosen}
        misses = Miss.objects.select_for_update().filter(
            key__in=[row.key for row in chosen], annulled_at=None
        )
        named = [miss for miss in misses if (miss.key, miss.due_on) in by_key]
        changed = [miss for miss in named if miss.reason != reason.strip()]
        Miss.objects.filter(pk__in=[miss.pk for miss in changed]).update(reason=reason.strip())
        if changed:
            rows = [by_key[miss.key, miss.due_on] for miss in changed]
            act.touched(*_named(rows), *(("miss", miss.pk) for miss in changed))
    return changed


def reassign(deadlines, *, person, by, on, conflicts=()):
    """Give the children of these deadlines another IRO, or another guardian, through the one verb that appoints.

    A deadline is owed by whoever holds the role for the child: what is reassigned is the child, with all that is
    owed for it.
    """
    chosen = _checked(deadlines, by, on, only_late=False)
    role = access.reassigns(by)
    if role is None:
        raise NotYours("IROs are allocated by the IRO manager, and guardians by the Cafcass service manager.")
    with transaction.atomic(), audit.act(by, "deadlines.reassigned"):
        for case, children in _whose(chosen, role, person, by):
            appoint(person, role, children=children, on=on, by=by, case=case, conflicts=conflicts)
    return chosen


def children_of(deadlines):
    """The keys of those whose deadlines they are: one child's, or everybody's in the case."""
    whole = {row.case_id for row in deadlines if row.case_id and not row.child_id}
    inside = CaseChild.objects.filter(case__in=whole, left_on=None).values_list("child", flat=True)
    return {row.child_id for row in deadlines if row.child_id} | set(inside)


def _whose(chosen, role, person, by):
    """The children to appoint for: an IRO's without a case, a guardian's case by case; none who has the person."""
    if role == PersonRole.GUARDIAN:
        return _by_case(chosen, person)
    theirs = Child.objects.visible_to(by).filter(pk__in=children_of(chosen))
    children = theirs.exclude(
        appointments__role=role, appointments__person=person, appointments__until_on=None
    )
    found = list(children.select_related("authority").order_by("pk"))
    return [(None, found)] if found else []


def _by_case(chosen, person):
    if any(row.case_id is None for row in chosen):
        raise Refusal(
            "A guardian is appointed in a case, and a review belongs to none. Leave the reviews out."
        )
    cases = {row.case_id: row.case for row in chosen}
    inside = CaseChild.objects.filter(case__in=cases, left_on=None).select_related("child")
    held = inside.exclude(
        child__appointments__role=PersonRole.GUARDIAN,
        child__appointments__person=person,
        child__appointments__until_on=None,
    )
    children = {}
    for member in held.order_by("case", "pk"):
        children.setdefault(member.case_id, []).append(member.child)
    return [(cases[case], found) for case, found in children.items()]


# --- What all of them ask first ---------------------------------------------------------------------------------


def _checked(deadlines, by, on, *, only_late=True):
    """The deadlines read again, as far as this person may see them; a refusal where they are not what was chosen."""
    if not access.may_follow_up(by):
        raise NotYours(
            "Overdue deadlines are followed up by the IRO manager, the Cafcass service manager and LA legal."
        )
    ids = {row.pk for row in deadlines}
    if not ids:
        raise Refusal("Choose at least one deadline.", field="deadline")
    if len(ids) > MOST:
        raise Refusal(f"Choose {MOST} deadlines at most at once.", field="deadline")
    seen = Deadline.objects.visible_to(by).filter(pk__in=ids)
    chosen = list(seen.select_related("case", "child", "owing", "owner").order_by("due_on", "pk"))
    today = timezone.localdate()
    settled = [row for row in chosen if row.state != Deadline.State.OPEN]
    early = [row for row in chosen if row.due_on is None or row.due_on >= on]
    if len(chosen) < len(ids) or (only_late and settled):
        raise Refusal(
            "Something you chose has been done or has changed since you opened the list. Open it again and choose."
        )
    if only_late and early:
        raise Refusal(f"{_counted(len(early))} not overdue: only what is late is followed up.")
    if on > today:
        raise Refusal("The day must be today or in the past.", field="on")
    return chosen


def _counted(number):
    return "One of these is" if number == 1 else f"{number} of these are"


def _named(rows):
    """What the audit trail calls them."""
    for row in rows:
        if row.case_id:
            yield witness.case(row.case)
        if row.child_id:
            yield witness.child(row.child)
        yield "deadline", row.pk


# --- Whom a chase is for ----------------------------------------------------------------------------------------


def asked(deadline):
    """Whoever owes it, and who covers for them: the person named, else those who answer for that party.

    All who are reminded; of a restricted case, those on its list.
    """
    people = told_of(_owing(deadline), deadline).select_related("organisation").order_by("pk")
    return [person for person in people if person.is_reminded]


def _owing(deadline):
    if deadline.owner:
        stand_ins = standing_in(deadline.owner, deadline).values("pk")
        return User.objects.filter(Q(pk=deadline.owner_id) | Q(pk__in=stand_ins))
    roles = [role for role, parties in ANSWERS_FOR.items() if deadline.owed_by in parties]
    return User.objects.filter(organisation=deadline.owing_id, role__in=roles)


def tell_chased():
    """Write the notices of chases nobody has told of yet; return how many were written."""
    waiting = FollowUp.objects.filter(kind=FollowUp.Kind.CHASED, told_at=None).order_by("pk")
    return sum(_tell(pk) for pk in waiting.values_list("pk", flat=True)[:MOST])


def _tell(pk):
    with transaction.atomic():
        chased = FollowUp.objects.select_for_update(skip_locked=True).filter(pk=pk, told_at=None).first()
        if chased is None:
            return 0
        deadline = (
            Deadline.objects.still_open()
            .filter(key=chased.key, due_on=chased.due_on)
            .select_related("owner")
            .first()
        )
        people = [person for person in asked(deadline) if person.pk != chased.by_id] if deadline else []
        Notice.objects.bulk_create(
            [
                Notice(
                    kind=Notice.Kind.CHASE, recipient=person, deadline=deadline, case_id=chased.case_id,
                    about=f"chase:{chased.pk}", created_at=timezone.now(),
                )
                for person in people
            ],
            ignore_conflicts=True,
        )  # fmt: skip
        FollowUp.objects.filter(pk=pk).update(told_at=timezone.now(), told=len(people))
        return len(people)
