"""The chronology played, and what follows from it stored. The single writer of stages, deadlines and periods.

Everything here can be thrown away and made again from the events; `rebuild_deadlines --check` proves it.
"""

from dataclasses import dataclass, field, replace
from importlib import import_module

from django.conf import settings

from cases import breaches
from cases.facts import Chronology, agreements_of, care_of, fact_of, name_of, player
from cases.holders import Holders
from cases.imports.unsaid import without_old_papers
from cases.models import CaseChild, Deadline, Event, LocalAgreement
from cases.models.event import PLAYED
from cases.periods import store_periods
from protocol.deadlines import Fact, play
from protocol.happenings import Happening
from protocol.vocabulary import Role

# Reviews are owed for a child's period of care, not for a case: they are projected from the child's stream.
REVIEW_DUTIES = frozenset({"REV-1", "REV-2", "REV-3", "REV-4", "REV-5", "REV-6"})
PROJECTED = (
    "authority_id", "case_id", "child_id", "agreement_id", "duty", "subject", "opened_on", "key", "force",
    "state", "owed_by", "owing_id", "owner_id", "kind", "due_on", "act_by", "provisional", "moved",
    "short_notice", "met_on", "closed_on", "excused", "opened_by_id", "met_by_id",
)  # fmt: skip


@dataclass
class Difference:
    """How stored rows differ from rebuilt ones."""

    compared: int = 0
    missing: list = field(default_factory=list)
    changed: list = field(default_factory=list)
    surplus: list = field(default_factory=list)
    fields: set = field(default_factory=set)

    def __bool__(self):
        return bool(self.missing or self.changed or self.surplus)


def play_case(case, *, extra=()):
    """Play a case's facts, with some more that might happen: nothing is stored.

    Raises `protocol.faults.Refused` or `Malformed`, each with one sentence for the person.
    """
    return play_chronology(Chronology.of(case), extra=extra)


def play_chronology(chronology, *, extra=()):
    facts = [fact_of(event) for event in chronology.events]
    children = [player(member.child) for member in chronology.members]
    return play(children, [*facts, *extra], agreements=agreements_of(chronology.case))


def play_child(child, care=None):
    """`care` is the child's own stream, where it has been read already."""
    told = care_of(child) if care is None else care
    return play([player(child)], [fact_of(event) for event in told if event.is_played])


def play_agreement(agreement):
    """An agreement's own facts. Signing the next version is going through this one: it meets its yearly review
    and asks for no further one (GOV-2)."""
    facts = [fact_of(event) for event in agreement.events.standing().filter(happening__in=PLAYED)]
    signed = _signing_of_the_next(agreement)
    if signed is None:
        return play([], facts)
    outcome = play([], [*facts, Fact(Happening.PROTOCOL_REVIEWED, signed.on, id=signed.pk)])
    return replace(
        outcome, deadlines=tuple(owed for owed in outcome.deadlines if owed.opened_by.id != signed.pk)
    )


def _signing_of_the_next(agreement):
    later = LocalAgreement.objects.filter(
        authority=agreement.authority_id,
        cafcass_office=agreement.cafcass_office_id,
        from_on__gt=agreement.from_on,
    )
    signings = Event.objects.standing().filter(agreement__in=later, happening=Happening.PROTOCOL_SIGNED)
    return signings.order_by("on", "pk").first()


def owed_by_case(outcome):
    return [deadline for deadline in outcome.deadlines if deadline.duty.id not in REVIEW_DUTIES]


def owed_in_care(care, outcome):
    """What is owed for a period of care; of reviews known from a return, not the papers of long ago."""
    owed = [deadline for deadline in outcome.deadlines if deadline.duty.id in REVIEW_DUTIES]
    return without_old_papers(care, owed)


def rows_of_case(chronology, outcome):
    """The deadline rows a case's outcome asks for, unsaved."""
    case, holders = chronology.case, Holders.of_case(chronology)
    return _rows(owed_by_case(outcome), holders, authority_id=case.authority_id, case_id=case.pk)


def rows_of_child(child, care, outcome):
    holders = Holders.of_child(child)
    return _rows(owed_in_care(care, outcome), holders, authority_id=child.authority_id, child_id=child.pk)


def rows_of_agreement(agreement, outcome):
    holders = Holders.of_agreement(agreement)
    return _rows(outcome.deadlines, holders, authority_id=agreement.authority_id, agreement_id=agreement.pk)


def _rows(owed, holders, **whose):
    return [_row(deadline, holders, whose) for deadline in owed]


def _row(deadline, holders, whose):
    duty = deadline.duty
    child_id = int(deadline.child) if deadline.child else whose.get("child_id")
    row = Deadline(
        **{**whose, "child_id": child_id},
        duty=duty.id,
        subject=deadline.subject or "",
        opened_on=deadline.opened_on,
        force=duty.force.value,
        kind=duty.kind.value,
        owed_by=duty.owed_by.value,
        owing_id=holders.owing(deadline),
        owner_id=holders.owner(deadline, _answerable(duty), child_id),
        due_on=deadline.due_on,
        act_by=deadline.act_by,
        provisional=deadline.provisional,
        moved=deadline.moved,
        short_notice=deadline.short_notice,
        met_on=deadline.met_on,
        closed_on=deadline.closed_on,
        opened_by_id=deadline.opened_by.id,
        met_by_id=deadline.met_by.id if deadline.met_by else None,
        excused=deadline.excused_from is not None,
        state=_state(deadline),
    )
    row.key = _key(row, deadline.nth)
    return row


def _answerable(duty):
    """Reviews are owed by the IRO service; the child's own IRO holds them."""
    return Role.IRO if duty.id in REVIEW_DUTIES and duty.owed_by is Role.IRO_SERVICE else duty.owed_by


def _state(deadline):
    if deadline.met_on:
        return Deadline.State.MET
    if deadline.closed_on:
        return Deadline.State.NOT_REQUIRED
    return Deadline.State.EXCUSED if deadline.excused_from else Deadline.State.OPEN


def _key(row, nth):
    """Whose, which duty, about what, since when; a moved breach keeps the key of the entry it broke from."""
    whose = f"{row.case_id or ''}:{row.child_id or ''}:{row.agreement_id or ''}"
    return f"{whose}:{row.duty}:{row.opened_on}:{nth}:{row.subject}"


def identity(row):
    """What makes a stored row and a rebuilt one the same deadline."""
    return (row.key, row.due_on if row.moved else None)


def compare(stored, desired):
    """What would have to change for the stored rows to be the rebuilt ones."""
    difference = Difference(compared=len(desired))
    have = {}
    for row in stored:
        if have.setdefault(identity(row), row) is not row:
            difference.surplus.append(row)
    for row in desired:
        old = have.pop(identity(row), None)
        if old is None:
            difference.missing.append(row)
        elif differing := _copy(row, old):
            difference.changed.append(old)
            difference.fields |= differing
    difference.surplus += have.values()
    return difference


def _copy(new, old):
    """Bring a stored row up to date in memory; name the fields that differed."""
    differing = {name for name in PROJECTED if getattr(old, name) != getattr(new, name)}
    for name in differing:
        setattr(old, name, getattr(new, name))
    return differing


def write(stored, desired):
    difference = compare(stored, desired)
    if difference.surplus:
        Deadline.objects.filter(pk__in=[row.pk for row in difference.surplus]).delete()
    if difference.missing:
        Deadline.objects.bulk_create(difference.missing)
    if difference.changed:
        fields = sorted(name.removesuffix("_id") for name in difference.fields)
        Deadline.objects.bulk_update(difference.changed, fields, batch_size=200)


def project_case(case, *, today, because=None):
    """Store a case's stage, members and deadlines as its facts now have them."""
    chronology = Chronology.of(case)
    outcome = play_chronology(chronology)
    _replay_stage(case, outcome, is_news=because is not None)
    _mark_members(chronology, outcome)
    stored = Deadline.objects.filter(case=case)
    write(stored, rows_of_case(chronology, outcome))
    breaches.reconcile({"case_id": case.pk}, today=today, because=because)
    for follower in followers():
        follower.follow(case)
    return outcome


def followers():
    """The modules of other rooms that store something of a case's chronology."""
    return [import_module(name) for name in settings.FOLLOWERS]


def project_child(child, *, today, because=None):
    care = care_of(child)
    outcome = play_child(child, care)
    store_periods({child: care})
    write(child.deadline_set.filter(case=None), rows_of_child(child, care, outcome))
    breaches.reconcile({"child_id": child.pk, "case_id": None}, today=today, because=because)
    return outcome


def project_agreement(agreement, *, today, because=None):
    outcome = play_agreement(agreement)
    write(agreement.deadline_set.all(), rows_of_agreement(agreement, outcome))
    breaches.reconcile({"agreement_id": agreement.pk}, today=today, because=because)


def _replay_stage(case, outcome, *, is_news):
    """Only news raises the version: rebuilding what is stored makes nobody's form stale."""
    case.begin_again()
    for _, move in outcome.moves:
        getattr(case, move.name)()
    case.issued_on = issued_on(outcome)
    case.version += is_news
    case.is_stale = False
    case.save(update_fields=["stage", "issued_on", "version", "is_stale"])


def issued_on(outcome):
    issued = (fact.on for fact, move in outcome.moves if fact.happening == Happening.PROCEEDINGS_ISSUED)
    return next(issued, None)


def _mark_members(chronology, outcome):
    for member, left, concluded in wrongly_marked(chronology, outcome):
        CaseChild.objects.filter(pk=member.pk).update(left_on=left, concluded_on=concluded)


def wrongly_marked(chronology, outcome):
    """Members whose leaving or conclusion is not stored as the facts have it, with how it should be."""
    present = {int(name) for name in outcome.children_present}
    for member in chronology.members:
        concluded = outcome.concluded.get(name_of(member.child))
        left = None if member.child_id in present else _left_on(chronology, member)
        if (member.left_on, member.concluded_on) != (left, concluded):
            yield member, left, concluded


def _left_on(chronology, member):
    left = [event.on for event in chronology.own([Happening.CHILD_LEFT]) if event.child_id == member.child_id]
    return left[-1] if left else None
