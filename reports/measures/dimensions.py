"""What a list of deadlines can be narrowed by, and a board counted by: one table for both."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import F, Q
from django.utils import timezone

from accounts.models import Organisation, User
from cases.models import Case
from protocol.duties import CATALOGUE
from protocol.vocabulary import Role
from reports.measures import kinds, people, periods

NONE = "none"
TO_CAFCASS = {Role.GUARDIAN, Role.CAFCASS}
TO_AUTHORITY = {Role.IRO, Role.IRO_SERVICE, Role.IRO_MANAGER, Role.LA_LEGAL, Role.LOCAL_AUTHORITY}
FROM_CAFCASS = {Role.GUARDIAN, Role.CAFCASS}
REVIEWS = ("REV-1", "REV-2", "REV-3")
# Duties that are looked at together, by the name of the set.
SETS = {
    "reviews": ("Looked-after reviews", REVIEWS),
    "closing": ("Closing and handing over", ("END-1", "END-2", "END-3", "END-4", "END-6", "END-9")),
    "to_cafcass": (
        "What the authority owes Cafcass",
        tuple(
            duty.id
            for duty in CATALOGUE.values()
            if duty.due
            and duty.owed_to in TO_CAFCASS
            and duty.owed_by not in {*FROM_CAFCASS, Role.CAFCASS_LEGAL}
        ),
    ),
    "to_authority": (
        "What Cafcass owes the authority",
        tuple(
            duty.id
            for duty in CATALOGUE.values()
            if duty.due and duty.owed_to in TO_AUTHORITY and duty.owed_by in FROM_CAFCASS
        ),
    ),
}


@dataclass(frozen=True)
class Dimension:
    """One way to narrow: how its value is read from an address, said, grouped by and held against rows."""

    label: str
    read: Callable
    words: Callable
    value: Callable | None = None
    narrowed: Callable | None = None

    def narrow(self, name, rows, text, today):
        value = self.read(text)
        if self.narrowed:
            return rows.filter(self.narrowed(value, today))
        held = {f"of_{name}__isnull": True} if value is None else {f"of_{name}": value}
        return rows.alias(**{f"of_{name}": self.value(today)}).filter(**held)


def _of_kinds(label, kind):
    return Dimension(label, kind.read, lambda value, user: kind.words[value], kind.value, kind.q)


def number(text):
    """A row's number, or None for what belongs to nobody; no database counts to a number as long as one may type."""
    if text == NONE:
        return None
    if not text.isdecimal() or len(text) > 12:
        raise ValueError(text)
    return int(text)


def _person(value, user):
    """A person's name, where it is a colleague's or that of somebody on one's own cases."""
    if value is None:
        return "Nobody"
    mine = Q(organisation=user.organisation_id) | Q(
        appointments__case__in=Case.objects.visible_to(user).order_by().values("pk")
    )
    named = User.objects.filter(mine, pk=value).values_list("name", flat=True)
    return named.first() or "Somebody you do not work with"


def _agency(value, user):
    if value is None:
        return "No agency"
    return Organisation.objects.filter(pk=value).values_list("name", flat=True).first() or "No agency"


def _duty(text):
    if text not in CATALOGUE:
        raise ValueError(text)
    return text


def duty_words(duty_id):
    action = CATALOGUE[duty_id].action.rstrip(",")
    return f"{duty_id}: {action}"


def _set(text):
    if text not in SETS:
        raise ValueError(text)
    return text


def _period(text):
    periods.read(text, timezone.localdate())
    return text


def _period_words(text, user):
    return periods.read(text, timezone.localdate()).words


def _in_period(text, today):
    period = periods.read(text, today)
    return Q(due_on__gte=period.since, due_on__lt=period.until)


DIMENSIONS = {
    "band": _of_kinds("How pressing", kinds.BANDS),
    "state": _of_kinds("State", kinds.STATES),
    "limits": _of_kinds("Limit", kinds.LIMITS),
    "age": _of_kinds("Late by", kinds.AGE),
    "move": _of_kinds("Whose move", kinds.MOVE),
    "outcome": _of_kinds("Came", kinds.OUTCOMES),
    "duty": Dimension("Duty", _duty, lambda value, user: duty_words(value), lambda today: F("duty")),
    "of": Dimension(
        "Duties",
        _set,
        lambda name, user: SETS[name][0],
        narrowed=lambda name, today: Q(duty__in=SETS[name][1]),
    ),
    "iro": Dimension("IRO", number, _person, people.iro),
    "team": Dimension("Team", number, _person, people.team),
    "guardian": Dimension("Guardian", number, _person, people.guardian),
    "owing": Dimension("Owed by", number, _agency, lambda today: F("owing")),
    "authority": Dimension("Authority", number, _agency, lambda today: F("authority")),
    "office": Dimension("Cafcass office", number, _agency, people.office),
    "day": _of_kinds("Working day", kinds.DAY_OF_FIVE),
    "due": Dimension("Due", _period, _period_words, narrowed=_in_period),
}
