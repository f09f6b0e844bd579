"""Why a stored deadline has its date: found again by playing its chronology, so that it is never out of step."""

from cases import projection
from cases.facts import Chronology, care_of
from protocol.explain import explain


def of(deadline):
    """The reasons of the rule layer for a deadline row."""
    outcome, rows = _played(deadline)
    wanted = projection.identity(deadline)
    found = next(owed for owed, row in zip(outcome, rows, strict=True) if projection.identity(row) == wanted)
    return explain(found)


def _played(deadline):
    if deadline.case:
        chronology = Chronology.of(deadline.case)
        played = projection.play_chronology(chronology)
        return projection.owed_by_case(played), projection.rows_of_case(chronology, played)
    if deadline.agreement:
        played = projection.play_agreement(deadline.agreement)
        return played.deadlines, projection.rows_of_agreement(deadline.agreement, played)
    child, care = deadline.child, care_of(deadline.child)
    played = projection.play_child(child, care)
    return projection.owed_in_care(care, played), projection.rows_of_child(child, care, played)
