"""What the letters of a case say: one dataclass a letter."""

from dataclasses import dataclass
from datetime import date

from letters.contents.sheet import Sheet
from letters.kinds import LetterKind


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
