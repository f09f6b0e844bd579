"""Everything that can happen in a case, what it is called, what it asks for and who records it."""

from __future__ import annotations

from protocol.fields import Specification, TakesChild
from protocol.happenings import (
    before_court,
    completion,
    disputes,
    governance,
    hearings,
    looked_after,
    referral,
    to_the_cmh,
)
from protocol.happenings.names import PLACE_IN_THE_DAY, Happening

__all__ = ["PLACE_IN_THE_DAY", "SPECIFICATIONS", "Happening", "Specification", "TakesChild", "specification"]

_BY_SUBJECT = (
    before_court,
    looked_after,
    to_the_cmh,
    hearings,
    disputes,
    completion,
    referral,
    governance,
)
_SPECIFIED = {spec.name: spec for subject in _BY_SUBJECT for spec in subject.HAPPENINGS}

SPECIFICATIONS: dict[Happening, Specification] = {happening: _SPECIFIED[happening] for happening in Happening}


def specification(happening: Happening) -> Specification:
    return SPECIFICATIONS[happening]
