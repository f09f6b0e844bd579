"""Whom a rung of the ladder may address on a case, and which rungs a step passes over."""

from accounts.models import User
from accounts.roles import PersonRole
from cases.access import not_shut_out
from cases.refusal import Refusal
from referrals.ladders import ladder_of
from referrals.models import Rung

APPOINTED = {PersonRole.TEAM_MANAGER, PersonRole.SOCIAL_WORKER}


def candidates(authority, role, children):
    """The people of that role who may see the case: of team managers, those appointed to the children."""
    people = User.objects.filter(organisation=authority, role=role, is_active=True)
    if role in APPOINTED:
        people = people.filter(appointments__child__in=children, appointments__until_on=None).distinct()
    return not_shut_out(people, children).order_by("name", "pk")


def check_person(person, rung, authority, children):
    """Refuse somebody the rung does not address; nobody by name leaves the answer to whoever has that role."""
    if person is None:
        return
    if not candidates(authority, rung.role, children).filter(pk=person.pk).exists():
        raise Refusal(
            f"{person.name} cannot be addressed at “{rung.name}”: it addresses the {rung.get_role_display().lower()} "
            "of these children. Appoint them under People first, or go on without a name.",
            field="person",
        )


def person_for(person, rung, authority, children):
    """Whoever was chosen; where nobody was and only one person has that role on the case, that one."""
    if person is not None:
        return person
    people = list(candidates(authority, rung.role, children)[:2])
    return people[0] if len(people) == 1 else None


def informal_rung(authority):
    """Where a concern is first raised: the ladder's own informal step, or a word with whoever is asked first."""
    ladder = ladder_of(authority)
    return next((rung for rung in ladder if not rung.is_formal), Rung(name="Informal", role=ladder[0].role))


def formal_rungs(authority):
    return [rung for rung in ladder_of(authority) if rung.is_formal]


def rungs_above(authority, name, role):
    """The formal rungs above the one a dispute stands on, found by name, else by whom it addressed."""
    ladder = ladder_of(authority)
    here = _place(ladder, name, role)
    return [rung for rung in ladder if rung.is_formal and rung.position > here]


def _place(ladder, name, role):
    by_name = [rung.position for rung in ladder if rung.name == name]
    by_role = [rung.position for rung in ladder if rung.role == role]
    return max(by_name or by_role, default=0)


def passed_over(above, to, reason):
    """The names of the rungs a step passes over. Passing any over asks for a reason (REF 2.a–2.d)."""
    names = [rung.name for rung in above if rung.position < to.position]
    if names and not reason.strip():
        raise Refusal(
            f"This step passes over {_listed(names)}. Any step may be passed over, with a reason that is kept "
            "(IRO Handbook 6.2): say why.",
            field="bypass_reason",
        )
    return names


def _listed(names):
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def addressed(authority, children, rung, person):
    """The particulars of a step: the rung, and the person asked where one is named."""
    check_person(person, rung, authority, children)
    named = {"person": person.pk, "name": person.name} if person else {}
    return {"rung": rung.name, "role_asked": rung.role, **named}


def bypassed(above, to, reason):
    """The particulars of a step that passes over others."""
    names = passed_over(above, to, reason)
    return {"bypassed": names, "reason": reason.strip()} if names else {}


def days_of(rung):
    """The days a step gives, as the Protocol takes them: none where it is informal."""
    return {"days": rung.working_days} if rung.is_formal else {}


def first_rung(authority, *, formal):
    return formal_rungs(authority)[0] if formal else informal_rung(authority)
