from cases.models.agreement import LocalAgreement
from cases.models.appointment import Appointment
from cases.models.case import Case, CaseChild
from cases.models.child import Child, PeriodOfCare
from cases.models.deadline import Deadline, Miss
from cases.models.event import Event
from cases.models.matter import Matter
from cases.models.notice import Heartbeat, Notice, NoticePreference, Undeliverable

__all__ = [
    "Appointment",
    "Case",
    "CaseChild",
    "Child",
    "Deadline",
    "Event",
    "Heartbeat",
    "LocalAgreement",
    "Matter",
    "Miss",
    "Notice",
    "NoticePreference",
    "PeriodOfCare",
    "Undeliverable",
]
