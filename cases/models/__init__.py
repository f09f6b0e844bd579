from cases.models.agreement import LocalAgreement
from cases.models.appointment import Appointment
from cases.models.case import Case, CaseChild
from cases.models.child import Child, PeriodOfCare
from cases.models.cover import Cover
from cases.models.deadline import Deadline, Miss
from cases.models.event import Event
from cases.models.matter import Matter
from cases.models.notice import Heartbeat, Notice, NoticePreference, Undeliverable
from cases.models.restriction import EmergencyAccess, NamedReader, Restriction
from cases.models.stored_file import FileState, HeldFor, StoredFile
from cases.models.whereabouts import Whereabouts

__all__ = [
    "Appointment",
    "Case",
    "CaseChild",
    "Child",
    "Cover",
    "Deadline",
    "EmergencyAccess",
    "Event",
    "FileState",
    "Heartbeat",
    "HeldFor",
    "LocalAgreement",
    "Matter",
    "Miss",
    "NamedReader",
    "Notice",
    "NoticePreference",
    "PeriodOfCare",
    "Restriction",
    "StoredFile",
    "Undeliverable",
    "Whereabouts",
]
