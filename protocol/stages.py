"""The stages of a case and the moves between them, as data; a refused move says why, and under which clause."""

from __future__ import annotations

from dataclasses import dataclass

from protocol.happenings.names import Happening
from protocol.vocabulary import PROCEEDINGS_RUN, Stage


@dataclass(frozen=True)
class Move:
    """One allowed move. `sentence` says what must be so first; a source of None is a case not yet started."""

    name: str
    sources: tuple[Stage | None, ...]
    target: Stage
    happening: Happening
    sentence: str
    clause: str


MOVES: tuple[Move, ...] = (
    Move(
        "enter_pre_proceedings",
        (None,),
        Stage.PRE_PROCEEDINGS,
        Happening.ENTERED_PRE_PROCEEDINGS,
        "Pre-proceedings come first, before anything is issued",
        "EV Pre-proceedings",
    ),
    Move(
        "issue",
        (None, Stage.PRE_PROCEEDINGS),
        Stage.PRE_CMH,
        Happening.PROCEEDINGS_ISSUED,
        "Proceedings are issued once, from pre-proceedings or straight away when urgent",
        "EV Care Proceedings",
    ),
    Move(
        "hold_cmh",
        (Stage.PRE_CMH,),
        Stage.UP_TO_IRH,
        Happening.HEARING_HELD,
        "The CMH is held once proceedings are issued and before they conclude",
        "GPP Pre-CMH",
    ),
    Move(
        "conclude",
        (Stage.PRE_CMH, Stage.UP_TO_IRH),
        Stage.COMPLETION,
        Happening.PROCEEDINGS_CONCLUDED,
        "Only proceedings that were issued and are still running can conclude",
        "GPP Completion",
    ),
    Move(
        "withdraw_guardian",
        (Stage.COMPLETION,),
        Stage.POST_PROCEEDINGS,
        Happening.GUARDIAN_WITHDREW,
        "The guardian withdraws after the proceedings concluded for every child",
        "GPP Completion",
    ),
    Move(
        "divert",
        (Stage.PRE_PROCEEDINGS,),
        Stage.CLOSED,
        Happening.DIVERTED_FROM_PROCEEDINGS,
        "Only a case in pre-proceedings can be diverted",
        "AGR 18–19",
    ),
    Move(
        "withdraw_proceedings",
        (Stage.PRE_CMH, Stage.UP_TO_IRH),
        Stage.CLOSED,
        Happening.PROCEEDINGS_WITHDRAWN,
        "Only proceedings that were issued and are still running can be withdrawn",
        "GPP Completion",
    ),
    Move(
        "close",
        (Stage.PRE_PROCEEDINGS, Stage.COMPLETION, Stage.POST_PROCEEDINGS),
        Stage.CLOSED,
        Happening.CASE_CLOSED,
        "A case closes in pre-proceedings or once proceedings concluded",
        "GPP Completion",
    ),
    Move(
        "transfer",
        tuple(stage for stage in Stage if stage is not Stage.CLOSED),
        Stage.CLOSED,
        Happening.CASE_TRANSFERRED,
        "Only a case that has started and is still open can be transferred",
        "GPP Completion",
    ),
)

BY_NAME = {move.name: move for move in MOVES}
BY_HAPPENING = {move.happening: move for move in MOVES}

HOLD_CMH = BY_NAME["hold_cmh"]
CONCLUDE = BY_NAME["conclude"]

WHAT_TO_DO = "Check the date and the earlier events of the case, and record what is missing first."


def may_move(move: Move, stage: Stage | None) -> bool:
    return stage in move.sources


def may_hold_cmh(stage: Stage | None) -> bool:
    """A CMH may be held again after the stage has moved on: that changes nothing."""
    return stage in PROCEEDINGS_RUN


def refusal(move: Move, what: str, stage: Stage | None) -> str:
    """What happened, why it cannot be, what to do."""
    stands = f'the case is at "{stage.label}"' if stage else "the case has not started"
    return f"{what} cannot be: {stands}. {move.sentence} ({move.clause}). {WHAT_TO_DO}"
