"""Who a letter reaches: the people it is given to, those of them a wall keeps out, and whether it leaves the services."""

from accounts.models import User
from accounts.roles import OrganisationKind, PersonRole
from cases.models import Case
from letters import gather, prefilled
from letters.gather.parts import IRO, held
from letters.kinds import TO_THE_CHILD, LetterKind

SERVICES = {OrganisationKind.AUTHORITY, OrganisationKind.CAFCASS_OFFICE, OrganisationKind.CAFCASS_LEGAL}


def people(letter):
    """The people it is given to by name."""
    if letter.referral_id:
        going = letter.recipients.filter(is_included=True).exclude(person=None)
        return list(User.objects.filter(pk__in=going.values("person")).select_related("organisation"))
    if letter.kind in TO_THE_CHILD:
        return []
    children = gather.children_of(letter)
    given = User.objects.filter(pk__in=held(children, [*IRO, PersonRole.SOCIAL_WORKER]).values("person"))
    guardian = gather.guardian_of(letter.case) if letter.kind == LetterKind.IRO_NAMED else None
    return [*given.select_related("organisation").order_by("name"), *filter(None, [guardian])]


def kept_out(letter):
    """Those of them who may not open the case: a restricted list, an appointment that has ended."""
    return [
        person
        for person in people(letter)
        if not Case.objects.visible_to(person).filter(pk=letter.case_id).exists()
    ]


def leaves_the_services(letter):
    """Whether it goes to somebody outside the authority and Cafcass: a child, a parent, a court, a home.

    A letter of a case goes to the organisation it is addressed to; one of a referral to each of its recipients.
    """
    if letter.referral_id is None:
        return letter.addressed_to is None or letter.addressed_to.kind not in SERVICES
    going = letter.recipients.filter(is_included=True)
    if going.exclude(person=None).exclude(person__organisation__kind__in=SERVICES).exists():
        return True
    offices = [_line(office) for office in prefilled.offices(letter.referral.authority)]
    return any(_line(typed) not in offices for typed in going.filter(person=None))


def _line(recipient):
    """What is typed may be anywhere: only an office of the authority, as it was offered, is within."""
    return recipient.party, recipient.name, recipient.address.split()
