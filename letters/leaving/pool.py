"""What a letter is compared with: confidential addresses, and the names of other cases.

Only what the person who asks may know anyway is compared by name: that a name is known here is itself told to nobody
whose case it is not. A confidential address is compared whoever may read it; what is said of it then depends on that.
"""

from itertools import chain

from django.db.models import Q

from cases import whereabouts
from cases.models import Appointment, Child, Whereabouts
from letters import gather
from letters.leaving.names import Name
from letters.models import Letter, Recipient

A_CHILD = "a child of another case"
AT_WORK = "somebody who works on another case and not on this one"
WRITTEN_TO = "somebody to whom a letter of another case went"


def known_children(by):
    """Key and name of every child this person may know of."""
    return dict(Child.objects.visible_to(by).order_by("pk").values_list("pk", "name"))


def addresses(letter, by, children):
    """The confidential addresses of this authority; for those who work across authorities, of every child of theirs."""
    yield from whereabouts.confidential(letter.authority_id)
    if by.organisation_id != letter.authority_id:
        elsewhere = Whereabouts.objects.confidential().exclude(authority=letter.authority_id)
        yield from whereabouts.compared(elsewhere.filter(child__in=list(children)))


def others(letter, by, children):
    """Names of other cases this person may open, each with whose name it is."""
    here = _children_here(letter)
    elsewhere = {pk: name for pk, name in children.items() if pk not in here}
    at_work = (
        Appointment.objects.filter(child__in=list(elsewhere), person__is_active=True)
        .exclude(person__organisation=letter.sender_id)
        .order_by()
        .distinct()
    )
    return chain(
        ((name, A_CHILD) for name in elsewhere.values()),
        ((name, AT_WORK) for name in at_work.values_list("person__name", flat=True)),
        ((name, WRITTEN_TO) for name in _written_to(letter, by)),
    )


def _written_to(letter, by):
    """Parents and others to whom letters of other referrals went, for those who write such letters."""
    if not letter.referral_id:
        return []
    theirs = Letter.objects.visible_to(by).exclude(case=letter.case_id)
    party = {"person": None, "child": None, "party__in": (Recipient.Party.PARENT, Recipient.Party.OTHER)}
    return (
        Recipient.objects.filter(letter__in=theirs.values("pk"), **party)
        .order_by()
        .values_list("name", flat=True)
    )


def own(letter, by):
    """The names that belong in this letter."""
    here = Child.objects.filter(pk__in=_children_here(letter)).select_related("parent")
    family = [child.parent.name for child in here if child.parent_id]
    family += Child.objects.filter(parent__in=here).values_list("name", flat=True)
    held = Appointment.objects.filter(Q(child__in=here) | Q(case=letter.case_id)).order_by()
    named = [
        *(child.name for child in here),
        *family,
        *held.values_list("person__name", flat=True).distinct(),
        *letter.recipients.values_list("name", flat=True),
        *(person.name for person in _handling(letter, by) if person),
    ]
    return [Name(name) for name in dict.fromkeys(named) if name]


def _children_here(letter):
    in_case = letter.case.members.values_list("child", flat=True)
    return {*in_case, *(child.pk for child in gather.children_of(letter))}


def _handling(letter, by):
    referral = letter.referral
    people = [by, gather.signatory_of(letter), letter.created_by, letter.changed_by, letter.approved_by]
    return [*people, referral.iro, referral.officer] if referral else people
