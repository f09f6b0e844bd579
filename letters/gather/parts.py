"""What several letters say alike: the letterhead, the children, and who holds what for them."""

from accounts.models import User
from accounts.roles import PersonRole
from cases.models import Appointment

IRO = (PersonRole.IRO, PersonRole.VOLUNTARY_IRO)


def children_of(letter):
    return [about.child for about in letter.about.select_related("child").order_by("child__born", "pk")]


def guardian_of(case):
    """The children's guardian: the one appointed, or the last one there was."""
    held = case.appointments.filter(role=PersonRole.GUARDIAN).select_related("person")
    latest = held.filter(until_on=None).order_by("-from_on", "-pk").first() or held.order_by("-pk").first()
    return latest.person if latest else None


def held(children, roles):
    return Appointment.objects.filter(child__in=children, role__in=roles, until_on=None, case=None)


def iros_of(children):
    """The IROs of these children: usually one, since siblings share."""
    return list(User.objects.filter(pk__in=held(children, IRO).values("person")).order_by("name"))


def head(organisation):
    return {
        "sender": organisation.name,
        "sender_address": lines(organisation.address),
        "sender_telephone": organisation.telephone,
        "sender_email": organisation.email,
        "sender_lines": lines(organisation.letterhead),
    }


def lines(text):
    return tuple(line.strip() for line in text.splitlines() if line.strip())


def named(children):
    return {
        "number_of_children": len(children),
        "children": tuple(f"{c.name}, born {c.born.day} {c.born:%B %Y}" for c in children),
    }


def first_name(child):
    return child.name.split()[0] if child.name.split() else child.name


def latest(case, happening, **details):
    """The latest standing fact of a kind on the case, or None."""
    events = case.events.standing().filter(
        happening=happening, **{f"details__{k}": v for k, v in details.items()}
    )
    return events.order_by("-on", "-pk").first()
