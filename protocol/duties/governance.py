"""The local protocol itself, and what both sides owe each other all year round."""

from __future__ import annotations

from protocol.duty import Duty, act, board, form
from protocol.happenings import Happening
from protocol.periods import within, years
from protocol.vocabulary import Kind, Role

DUTIES = (
    Duty(
        id="GOV-1",
        owed_by=Role.CAFCASS,
        also_owed_by=(Role.IRO_SERVICE,),
        action="agree, sign and date the local protocol",
        kind=Kind.MUST,
        sources=("GPP", "LP end"),
        shown=form(Happening.PROTOCOL_SIGNED),
        timing="once for each area and version",
    ),
    Duty(
        id="GOV-2",
        owed_by=Role.CAFCASS,
        also_owed_by=(Role.IRO_SERVICE,),
        action="review the local protocol",
        kind=Kind.MUST,
        sources=("GPP", "LP end"),
        due=(
            within(
                years(1),
                of=Happening.PROTOCOL_SIGNED,
                opened_by=(Happening.PROTOCOL_SIGNED, Happening.PROTOCOL_REVIEWED),
            ),
        ),
        met_by=(act(Happening.PROTOCOL_REVIEWED),),
    ),
    Duty(
        id="GOV-3",
        owed_by=Role.CAFCASS,
        owed_to=Role.LOCAL_AUTHORITY,
        action="share local data and analysis with the authority",
        kind=Kind.MUST,
        standing=True,
        sources=("AGR 23",),
        shown=board("the shared report"),
    ),
    Duty(
        id="GOV-4",
        owed_by=Role.LOCAL_AUTHORITY,
        owed_to=Role.IRO,
        action="keep IROs informed of what happens in their cases",
        kind=Kind.STANDING,
        standing=True,
        sources=("AGR 26",),
        shown=board("the IRO's worklist"),
    ),
    Duty(
        id="GOV-5",
        owed_by=Role.LOCAL_AUTHORITY,
        owed_to=Role.IRO,
        action="provide independent legal support and advice for IROs",
        kind=Kind.SHOULD,
        standing=True,
        sources=("EV Aims 5",),
        shown=board("the annual report"),
    ),
)
