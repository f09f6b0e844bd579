"""What a form captures for duties that no dated event carries.

Records are never played and a scenario file does not know them: they show that a duty was attended to.
"""

from __future__ import annotations

from protocol.fields import Specification
from protocol.records import case, referral
from protocol.records.names import Record

__all__ = ["RECORDS", "Record"]

RECORDS: dict[Record, Specification] = {
    Record(record.name): record for record in (*case.RECORDS, *referral.RECORDS)
}
