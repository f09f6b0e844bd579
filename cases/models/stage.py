"""`Case.stage` as a django-fsm machine, made of the moves of `protocol/stages.py` and no others."""

from django_fsm import transition

from protocol.stages import MOVES
from protocol.vocabulary import Stage

NOT_STARTED = "not_started"
STAGES = [(NOT_STARTED, "Not started"), *((stage.value, stage.label) for stage in Stage)]


def _method(move):
    def apply(self):
        """The chronology is the record; the move itself leaves nothing else behind."""

    apply.__name__ = move.name
    apply.__doc__ = move.sentence
    sources = [source.value if source else NOT_STARTED for source in move.sources]
    return transition(field="stage", source=sources, target=move.target.value)(apply)


class StageMoves:
    """The transition methods: `enter_pre_proceedings`, `issue`, `hold_cmh` … one for each Move."""

    locals().update({move.name: _method(move) for move in MOVES})

    @transition(field="stage", source="*", target=NOT_STARTED)
    def begin_again(self):
        """The projection replays every move from the start, so that a correction can move a stage back."""
