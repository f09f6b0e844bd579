"""The catalogue: every duty of the Protocol, each with its clause."""

from __future__ import annotations

from protocol.duties import (
    completion,
    disputes,
    governance,
    pre_cmh,
    pre_proceedings,
    referral,
    referral_outcome,
    reviews,
    up_to_irh,
)
from protocol.duty import Duty
from protocol.vocabulary import Part

_PARTS = (
    pre_proceedings,
    pre_cmh,
    up_to_irh,
    completion,
    disputes,
    reviews,
    referral,
    referral_outcome,
    governance,
)

CATALOGUE: dict[str, Duty] = {duty.id: duty for part in _PARTS for duty in part.DUTIES}


def by_stage(part: Part) -> tuple[Duty, ...]:
    """The duties of one part, in order."""
    return tuple(duty for duty in CATALOGUE.values() if duty.part is part)
