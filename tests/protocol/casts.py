"""A child, some days and some facts that the tests of the rules share."""

from __future__ import annotations

from datetime import date
from typing import Any

from protocol.deadlines import Child, Deadline, Fact, Outcome, play
from protocol.happenings import Happening

ADA = Child("Ada", date(2018, 5, 1))
BEN = Child("Ben", date(2020, 7, 1))


def fact(name: str, on: str, child: str | None = None, **details: Any) -> Fact:
    return Fact(Happening(name), date.fromisoformat(on), child, details)


def played(
    *facts: Fact, children: tuple[Child, ...] = (ADA,), as_of: str | None = None, **how: Any
) -> Outcome:
    return play(children, facts, as_of=date.fromisoformat(as_of) if as_of else None, **how)


def of_duty(outcome: Outcome, duty_id: str) -> list[Deadline]:
    return [deadline for deadline in outcome.deadlines if deadline.duty.id == duty_id]


def the(outcome: Outcome, duty_id: str) -> Deadline:
    [deadline] = of_duty(outcome, duty_id)
    return deadline
