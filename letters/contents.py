"""What each letter says: one dataclass a letter, holding the only fields its wording may use.

`Sheet` is what every letter has around its wording: letterhead, addressee, date, signature, copies. The
sheet itself draws that, so no replaced wording can lose it. `must_say` names what every wording must use.
"""

from dataclasses import asdict, dataclass, fields
from datetime import date
from typing import get_args, get_origin, get_type_hints

from letters.kinds import LetterKind
from letters.samples import SAMPLE_SHEETS, SAMPLES


@dataclass(frozen=True, kw_only=True)
class Sheet:
    sender: str
    sender_address: tuple[str, ...] = ()
    sender_telephone: str = ""
    sender_email: str = ""
    sender_lines: tuple[str, ...] = ()
    addressee: tuple[str, ...]
    reference: str
    dated: date
    signed_by: str
    signed_as: str
    copied_to: tuple[str, ...] = ()

    @classmethod
    def sample(cls):
        """A letter about nobody, for showing a wording and for `render_letter`."""
        return cls(**SAMPLE_SHEETS[cls.kind], **SAMPLES[cls.kind])

    @classmethod
    def declared(cls):
        """The fields its wording may use, by name."""
        return {one.name: one for one in fields(cls) if one.name not in SHEET_FIELDS}

    @classmethod
    def lists(cls):
        return {name for name, hint in get_type_hints(cls).items() if get_origin(hint) is tuple}

    def for_wording(self):
        return {name: getattr(self, name) for name in self.declared()}

    def as_json(self):
        return {name: _plain(value) for name, value in asdict(self).items()}

    @classmethod
    def from_json(cls, stored):
        hints = get_type_hints(cls)
        return cls(**{name: _revived(hints[name], value) for name, value in stored.items()})


SHEET_FIELDS = frozenset(one.name for one in fields(Sheet))


def _plain(value):
    if isinstance(value, date):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value


def _revived(hint, value):
    if isinstance(value, list):
        return tuple(value)
    is_a_day = hint is date or date in get_args(hint)
    return date.fromisoformat(value) if is_a_day and value else value


@dataclass(frozen=True, kw_only=True)
class Appendix1(Sheet):
    """The guardian tells the IRO service who they are, and asks who the IRO is (CMH-4, CMH-5)."""

    kind = LetterKind.APPENDIX_1
    must_say = ("guardian_telephone", "guardian_email", "number_of_children", "children")
    guardian_telephone: str
    guardian_email: str
    number_of_children: int
    children: tuple[str, ...]
    court: str = ""
    court_number: str = ""
    issued_on: date | None = None
    appointed_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class Appendix2(Sheet):
    """The guardian hands the child over to the IRO, with what is still to be watched (END-3)."""

    kind = LetterKind.APPENDIX_2
    must_say = (
        "guardian_telephone",
        "guardian_email",
        "number_of_children",
        "children",
        "concluded_on",
        "outcome",
        "is_goodbye_visit_planned",
        "final_plan_provided_on",
        "final_plan_discussed_on",
        "oversight",
        "matters",
    )
    iro_name: str = ""
    guardian_telephone: str
    guardian_email: str
    number_of_children: int
    children: tuple[str, ...]
    court: str = ""
    court_number: str = ""
    concluded_on: date
    outcome: str
    is_goodbye_visit_planned: bool = False
    is_goodbye_visit_done: bool = False
    goodbye_visit_on: date | None = None
    final_plan_provided_on: date | None = None
    final_plan_discussed_on: date | None = None
    oversight: str = ""
    matters: tuple[str, ...] = ()
    documents_confirmed_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class ToTheChild(Sheet):
    """The guardian tells the child that their own work ends and that the IRO carries on (END-4).

    It carries no address but the office's: a child's letter never says where anybody lives.
    """

    must_say = ("child_name", "iro_name", "what_was_decided", "is_goodbye_visit_planned")
    child_name: str
    iro_name: str = ""
    iro_telephone: str = ""
    guardian_telephone: str = ""
    what_was_decided: str = ""
    is_goodbye_visit_planned: bool = False
    goodbye_visit_on: date | None = None
    personal_words: str = ""


@dataclass(frozen=True, kw_only=True)
class ToTheChildYounger(ToTheChild):
    kind = LetterKind.TO_THE_CHILD_YOUNGER


@dataclass(frozen=True, kw_only=True)
class ToTheChildOlder(ToTheChild):
    kind = LetterKind.TO_THE_CHILD_OLDER
    iro_email: str = ""


@dataclass(frozen=True, kw_only=True)
class IroNamed(Sheet):
    """The IRO service tells Cafcass who the IRO is (CMH-3)."""

    kind = LetterKind.IRO_NAMED
    must_say = ("iro_name", "iro_telephone", "iro_email", "number_of_children", "children")
    guardian_name: str = ""
    iro_name: str
    iro_telephone: str
    iro_email: str
    number_of_children: int
    children: tuple[str, ...]
    court: str = ""
    court_number: str = ""
    allocated_on: date | None = None
    next_review_on: date | None = None


CONTENTS = {each.kind: each for each in (Appendix1, Appendix2, ToTheChildYounger, ToTheChildOlder, IroNamed)}
