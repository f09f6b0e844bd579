"""Whom PN 3.22 names, found among the people of the case: where a choice of recipients begins."""

from accounts.models import User
from accounts.roles import OrganisationKind, PersonRole
from letters.gather import children_of
from letters.gather.parts import IRO, held
from letters.kinds import LetterKind
from letters.models import Recipient

Party, How = Recipient.Party, Recipient.How
NOBODY = "Nobody in this role"
LEGAL_DEPARTMENT = "The legal department"
# What an office is written to as, where its holder is not on this system.
OFFICES = {
    Party.CHIEF_EXECUTIVE: (PersonRole.CHIEF_EXECUTIVE, "The Chief Executive"),
    Party.DIRECTOR: (PersonRole.DIRECTOR, "The Director of Children’s Services"),
}


def recipients(letter):
    """Not stored: the children still to be decided on, everybody else to be sent it (PN 3.22)."""
    if letter.kind == LetterKind.LA_LEGAL_NOTICE:
        found = _la_legal(letter)
    else:
        found = [*_children(letter), *_iros(letter), *_heads(letter), *_workers(letter)]
    for position, recipient in enumerate(found, 1):
        recipient.letter, recipient.authority_id, recipient.position = letter, letter.authority_id, position
    return found


def offices(authority):
    """The authority's own, as they are written to where nobody on this system holds them."""
    named = {party: office for party, (_, office) in OFFICES.items()} | {Party.LA_LEGAL: LEGAL_DEPARTMENT}
    return [_to_office(party, office, authority) for party, office in named.items()]


def _children(letter):
    return [
        Recipient(party=Party.CHILD, child=child, name=child.name, is_included=None, how=How.BY_HAND)
        for child in children_of(letter)
    ]


def _iros(letter):
    held_by = User.objects.filter(pk__in=held(children_of(letter), IRO).values("person"))
    people = {letter.referral.iro_id: letter.referral.iro} | {person.pk: person for person in _with(held_by)}
    return [_to(person, Party.IRO) for person in people.values()]


def _heads(letter):
    """The chief executive, the director, and the head of the IRO's own organisation where it is another one."""
    authority, employer = letter.referral.authority, letter.referral.iro.organisation
    found = []
    for party, (role, office) in OFFICES.items():
        people = _with(authority.people.filter(role=role, is_active=True))
        found += [_to(person, party) for person in people] or [_to_office(party, office, authority)]
    if employer.kind == OrganisationKind.VOLUNTARY:
        found.append(_to_office(Party.VOLUNTARY_HEAD, "The Chief Executive", employer))
    else:
        found.append(_nobody(Party.VOLUNTARY_HEAD))
    return found


def _workers(letter):
    children = children_of(letter)
    found = []
    for party, role in (
        (Party.SOCIAL_WORKER, PersonRole.SOCIAL_WORKER),
        (Party.TEAM_MANAGER, PersonRole.TEAM_MANAGER),
    ):
        people = _with(User.objects.filter(pk__in=held(children, [role]).values("person")))
        found += [_to(person, party) for person in people] or [_nobody(party)]
    return found


def _la_legal(letter):
    children, authority = children_of(letter), letter.referral.authority
    appointed = User.objects.filter(pk__in=held(children, [PersonRole.LA_LEGAL]).values("person"))
    people = _with(appointed) or _with(authority.people.filter(role=PersonRole.LA_LEGAL, is_active=True))
    return [_to(person, Party.LA_LEGAL) for person in people] or [
        _to_office(Party.LA_LEGAL, LEGAL_DEPARTMENT, authority)
    ]


def _with(people):
    return list(people.select_related("organisation").order_by("name", "pk"))


def _to(person, party):
    return Recipient(
        party=party, person=person, name=person.name, address=_at(person.organisation), email=person.email,
        is_included=True, how=How.ON_SYSTEM if person.is_reminded else How.POST,
    )  # fmt: skip


def _to_office(party, office, organisation):
    return Recipient(
        party=party, name=office, address=_at(organisation), email=organisation.email, is_included=True,
        how=How.POST,
    )  # fmt: skip


def _nobody(party):
    return Recipient(party=party, is_included=False, reason=NOBODY, how=How.POST)


def _at(organisation):
    return f"{organisation.name}\n{organisation.address}".strip()
