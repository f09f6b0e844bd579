"""Why a fact was not recorded, in a sentence for the person: what happened, the clause, what to do."""


class Refusal(Exception):
    """Nothing was saved. `field` names the form field at fault, where there is one."""

    def __init__(self, sentence, *, field=None):
        super().__init__(sentence)
        self.field = field


class NotYours(Refusal):
    """This person may not record this fact."""


class Stale(Refusal):
    """Somebody recorded something while the form was being filled in."""
