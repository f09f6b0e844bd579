"""The specification of anything a chronology can say: a happening, a record, or one of our own entries."""

from cases.models.event import APPOINTMENT_MADE, CASE_OPENED, LEGAL_STATUS_CHANGED
from protocol.fields import Specification, TakesChild, text
from protocol.happenings import SPECIFICATIONS as HAPPENINGS
from protocol.happenings import Happening
from protocol.records import RECORDS
from protocol.vocabulary import Part, Role

EVERYBODY = tuple(Role)

OURS = {
    LEGAL_STATUS_CHANGED: Specification(
        LEGAL_STATUS_CHANGED, "Legal status changed", "Record a change of legal status",
        "The order or agreement under which the child is looked after changed. The review clock goes on.",
        Part.REVIEWS, (Role.LOCAL_AUTHORITY, Role.SOCIAL_WORKER, Role.LA_LEGAL),
        (text("legal_status", "Legal status"),), TakesChild.OPTIONAL,
    ),
    APPOINTMENT_MADE: Specification(
        APPOINTMENT_MADE, "Appointment made", "Appoint a person", "A person took on a role for the child.",
        Part.PRE_CMH, EVERYBODY, child=TakesChild.OPTIONAL,
    ),
    CASE_OPENED: Specification(
        CASE_OPENED, "Case opened", "Open a case", "The case was opened on this system.",
        Part.PRE_PROCEEDINGS, EVERYBODY,
    ),
}  # fmt: skip
SPECIFICATIONS = {str(name): spec for book in (HAPPENINGS, RECORDS, OURS) for name, spec in book.items()}
BY_VALUE = {happening.value: happening for happening in Happening}


def specification_of(name):
    return SPECIFICATIONS[str(name)]


def happening_named(name):
    """The Protocol's happening of that name, or None for a record or an entry of our own."""
    return BY_VALUE.get(str(name))


def in_words(value):
    """A value of the Protocol's own as a person reads it: care_order is "Care order"."""
    return value.replace("_", " ").capitalize() if isinstance(value, str) and "_" in value else value
