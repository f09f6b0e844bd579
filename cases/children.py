"""A child's record: adding one, and putting right the name, the date of birth, the sex or the parent."""

from django.db import transaction
from django.db.models import Q

from accounts import audit
from accounts.models import Organisation
from accounts.roles import PersonRole
from cases import access, witness
from cases.appointments import appoint
from cases.dates import weekday_date
from cases.models import Appointment, Child, Event
from cases.refusal import NotYours, Refusal
from cases.specifications import specification_of

# Whoever adds a child in one of these roles holds it from then on, or could not open what they added.
HOLDS = {PersonRole.SOCIAL_WORKER, PersonRole.TEAM_MANAGER}
# A looked-after parent is a child of the authority too; below this age difference the parent is the wrong person.
YOUNGEST_PARENT = 11


class Duplicate(Refusal):
    """A child of that name and date of birth is already recorded; a person decides whether it is the same one."""


def like(authority, name, born, *, besides=None):
    """Children of the authority with this name and date of birth."""
    found = Child.objects.filter(authority=authority, name__iexact=_tidy(name), born=born)
    return found.exclude(pk=besides.pk) if besides else found


def add(*, name, born, sex, by, on, parent=None, others=()):
    """Add a child to the authority's records.

    Raises `Duplicate` where one like it is recorded already, unless its key is among the `others` a person has
    looked at and found to be other children: so a button pressed twice adds one child.
    """
    if not access.may_add_children(by):
        raise NotYours("Children are added by the authority’s social work teams, managers and legal service.")
    _check_parent(parent, born)
    with transaction.atomic(), audit.act(by, "child.added") as act:
        authority = Organisation.objects.select_for_update().get(pk=by.organisation_id)
        if like(authority, name, born).exclude(key__in=others).exists():
            raise Duplicate(
                f"A child called {_tidy(name)}, born on {weekday_date(born)}, is already recorded."
            )
        child = Child.objects.create(authority=authority, name=_tidy(name), born=born, sex=sex, parent=parent)
        act.touched(witness.child(child))
        if by.role in HOLDS:
            appoint(by, by.role, children=[child], on=on, by=None)
        return child


def change(child, *, name, born, sex, by, parent=None, return_id=None):
    """Put a child's record right. A date of birth cannot move past something that happened to the child."""
    if not access.may_add_children(by):
        raise NotYours(
            "A child’s record is changed by the authority’s social work teams, managers and legal service."
        )
    _check_parent(parent, born, child)
    with transaction.atomic():
        # As an import does: the authority before its children.
        Organisation.objects.select_for_update(no_key=True).get(pk=child.authority_id)
        child = Child.objects.select_for_update(of=("self",)).get(pk=child.pk)
        if born != child.born:
            _check_born(child, born)
        if return_id is not None:
            _check_number(child, return_id)
            child.return_id = return_id
        child.name, child.born, child.sex, child.parent = _tidy(name), born, sex, parent
        child.save(update_fields=["name", "born", "sex", "parent", "return_id"])
        audit.changed(by, "child.changed", witness.child(child))
    return child


def shares_an_iro(child):
    """Whether the child and a looked-after parent or baby have the same IRO: they may not (reg 46)."""
    family = Child.objects.filter(Q(babies=child) | Q(parent=child))
    own = Appointment.objects.filter(child=child, role=PersonRole.IRO, until_on=None)
    theirs = Appointment.objects.filter(child__in=family, role=PersonRole.IRO, until_on=None)
    return theirs.filter(person__in=own.values("person")).exists()


def parent_called(user, authority, words, *, besides=None):
    """The child of the authority that a person means as parent, by reference or by whole name.

    A name is looked for among the children this person may see: asking must not tell who else is recorded.
    """
    words = _tidy(words)
    if not words:
        return None
    known = Child.objects.visible_to(user).filter(authority=authority)
    known = known.exclude(pk=besides.pk if besides else None)
    found = list(known.filter(key__iexact=words)[:1] or known.filter(name__iexact=words)[:2])
    if not found:
        raise Refusal(
            f"No child called “{words}” is recorded. Leave this empty unless the parent has a record here too.",
            field="parent",
        )
    if len(found) > 1:
        raise Refusal(
            f"More than one child is called “{words}”. Enter the reference from the parent’s own page.",
            field="parent",
        )
    return found[0]


def _tidy(name):
    return " ".join(name.split())


def _check_parent(parent, born, child=None):
    if parent is None:
        return
    if parent.age_on(born) < YOUNGEST_PARENT:
        raise Refusal(
            f"{parent.name} is too young to be the parent. Choose another, or check the date of birth.",
            field="parent",
        )
    if child and parent.parent_id == child.pk:
        raise Refusal(
            f"{child.name} is recorded as the parent of {parent.name}: put that right first.", field="parent"
        )


def _check_born(child, born):
    first = _facts(child).order_by("on", "pk").first()
    if first and first.on < born:
        what = specification_of(first.happening).label
        raise Refusal(
            f"“{what}” is recorded on {weekday_date(first.on)}, before that date of birth. "
            "Correct the chronology first if that is wrong.",
            field="born",
        )


def _check_number(child, return_id):
    """One child for each number of the statutory return; who the other is, is not said."""
    Organisation.objects.select_for_update().get(pk=child.authority_id)
    theirs = Child.objects.filter(authority=child.authority_id, return_id=return_id).exclude(pk=child.pk)
    if return_id and theirs.exists():
        raise Refusal(
            f"Another child of the authority has the number {return_id} in the statutory return. Check it: each "
            "child has one of their own.",
            field="return_id",
        )


def _facts(child):
    """What stands on the child's own chronology, or names the child in a case."""
    return Event.objects.standing().filter(child=child)
