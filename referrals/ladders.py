"""Each authority's own ladder of dispute, or the one it starts with. Formal steps never take more than 20 days."""

from dataclasses import dataclass

from django.db import transaction

from accounts import audit
from accounts.models import Organisation
from accounts.roles import PersonRole
from cases.refusal import NotYours, Refusal
from referrals import access
from referrals.models import Rung
from referrals.models.ladder import ADDRESSED

# Working days the whole formal process may take.
WHOLE = 20
CLAUSE = "IRO Handbook 6.2, DIS-1"
MOST = 10
# The steps above these are the ones an IRO manager endorses (DIS-4).
UP_TO_TEAM_MANAGER = {PersonRole.SOCIAL_WORKER, PersonRole.TEAM_MANAGER}


@dataclass(frozen=True)
class Step:
    """One rung as it is typed: without days it is informal, outside the clock."""

    name: str
    role: str
    working_days: int | None = None


SHIPPED = (
    Step("Informal", PersonRole.TEAM_MANAGER.value),
    Step("Team manager", PersonRole.TEAM_MANAGER.value, 5),
    Step("Service manager", PersonRole.SERVICE_MANAGER.value, 5),
    Step("Head of service", PersonRole.HEAD_OF_SERVICE.value, 4),
    Step("Director", PersonRole.DIRECTOR.value, 3),
    Step("Chief executive", PersonRole.CHIEF_EXECUTIVE.value, 3),
)


def ladder_of(authority):
    """The authority's own rungs from the lowest up, or the shipped ones."""
    return list(authority.rungs.all()) or _rungs(authority, SHIPPED)


def is_own(authority):
    return authority.rungs.exists()


def _rungs(authority, steps):
    return [
        Rung(
            authority=authority,
            position=position,
            name=step.name.strip(),
            role=step.role,
            working_days=step.working_days,
        )
        for position, step in enumerate(steps, 1)
    ]


def replace(authority, rungs, *, by):
    """Put another ladder in the place of the authority's own; disputes under way keep the words of their steps."""
    if not access.may_change_ladder(by) or by.organisation_id != authority.pk:
        raise NotYours("The ladder is kept by the IRO manager and the administrator of the authority.")
    steps = list(rungs)
    check(steps)
    with transaction.atomic():
        authority = Organisation.objects.select_for_update().get(pk=authority.pk)
        authority.rungs.all().delete()
        Rung.objects.bulk_create(_rungs(authority, steps))
        audit.changed(by, "ladder.replaced", ("organisation", authority.pk))
    return ladder_of(authority)


def check(steps):
    """Refuse a ladder that could not be climbed in time, with the reason."""
    if not steps or all(step.working_days is None for step in steps):
        raise Refusal(
            f"A ladder needs at least one formal step, with working days to answer: the {WHOLE} working days "
            f"run on formal steps ({CLAUSE}).",
            field="days_1",
        )
    if len(steps) > MOST:
        raise Refusal(f"A ladder has {MOST} steps at most. Take one away.", field=f"name_{MOST + 1}")
    for number, step in enumerate(steps, 1):
        _check_step(number, step, steps[: number - 1])
    if (total := formal_days(steps)) > WHOLE:
        raise Refusal(
            f"The formal steps together take {total} working days: {_sum(steps)}. The whole formal process is "
            f"{WHOLE} working days at most ({CLAUSE}). Shorten a step by {total - WHOLE}.",
            field=f"days_{_last_formal(steps)}",
        )


def formal_days(steps):
    return sum(step.working_days or 0 for step in steps)


def _sum(steps):
    return " + ".join(str(step.working_days) for step in steps if step.working_days)


def _last_formal(steps):
    return max(number for number, step in enumerate(steps, 1) if step.working_days)


def _check_step(number, step, lower):
    name = step.name.strip()
    if not name:
        raise Refusal("Give the step a name.", field=f"name_{number}")
    if name.casefold() in {other.name.strip().casefold() for other in lower}:
        raise Refusal(
            f"Two steps are called “{name}”. Give each a name of its own: the chronology tells them apart by it.",
            field=f"name_{number}",
        )
    if step.role not in {role.value for role in ADDRESSED}:
        raise Refusal(f"Choose whom “{name}” addresses.", field=f"role_{number}")
    if step.working_days is None:
        if any(other.working_days is not None for other in lower):
            raise Refusal(
                f"“{name}” has no days and stands above a formal step. Informal steps come first: once a dispute is "
                f"formal its {WHOLE} working days run without a break ({CLAUSE}).",
                field=f"days_{number}",
            )
    elif not 1 <= step.working_days <= WHOLE:
        raise Refusal(
            f"“{name}” must have from 1 to {WHOLE} working days to answer, or none if it is informal ({CLAUSE}).",
            field=f"days_{number}",
        )


def is_endorsed_above(role):
    """Whether a step that addresses this role is one the IRO manager endorses (DIS-4)."""
    return role not in UP_TO_TEAM_MANAGER
