"""What somebody with a superuser's rights may try: triggers and foreign keys off, any row written as they like.

Each deed takes the cursor and the trail as it was: twelve entries sealed four by four, and two not sealed yet.
"""

from datetime import timedelta
from uuid import uuid4

from django.db import connection
from django.utils import timezone

from accounts.audit import chain
from accounts.audit.models import AuditEntry, AuditSeal
from accounts.audit.sealing import records_of

# --- One column of one entry ----------------------------------------------------------------------------


def column(name, value, at):
    """Entry number `at` says something else in one column."""

    def deed(cursor, trail):
        cursor.execute(f"UPDATE audit_entry SET {name} = %s WHERE id = %s", [value(trail), trail.ids[at - 1]])  # noqa: S608

    return deed


def another_second(cursor, trail):
    entry = AuditEntry.objects.get(pk=trail.ids[5])
    at = entry.at + timedelta(seconds=1)
    cursor.execute("UPDATE audit_entry SET at = %s WHERE id = %s", [at, entry.pk])


# --- What an entry is about -----------------------------------------------------------------------------


def another_child(cursor, trail):
    cursor.execute("UPDATE audit_record SET key = 'SOMEBODY' WHERE entry_id = %s", [trail.ids[4]])


def another_kind(cursor, trail):
    cursor.execute("UPDATE audit_record SET kind = 'letter' WHERE entry_id = %s", [trail.ids[4]])


def one_record_fewer(cursor, trail):
    cursor.execute("DELETE FROM audit_record WHERE entry_id = %s", [trail.ids[5]])


def one_record_more(cursor, trail):
    cursor.execute(
        "INSERT INTO audit_record (entry_id, kind, key) VALUES (%s, 'child', 'MORE')", [trail.ids[5]]
    )


def a_record_of_somebody_elses(cursor, trail):
    cursor.execute("UPDATE audit_record SET entry_id = %s WHERE entry_id = %s", [trail.ids[2], trail.ids[6]])


# --- Entries and links gone -----------------------------------------------------------------------------


def remove(cursor, entries):
    for entry in entries:
        for table, column in (
            ("audit_seal", "entry_id"),
            ("audit_record", "entry_id"),
            ("audit_entry", "id"),
        ):
            cursor.execute(f"DELETE FROM {table} WHERE {column} = %s", [entry])  # noqa: S608


def entry_gone_seal_left(cursor, trail):
    cursor.execute("DELETE FROM audit_record WHERE entry_id = %s", [trail.ids[4]])
    cursor.execute("DELETE FROM audit_entry WHERE id = %s", [trail.ids[4]])


def link_gone_from_the_middle(cursor, trail):
    remove(cursor, [trail.ids[4]])


def gap_closed_up(cursor, trail):
    remove(cursor, [trail.ids[4]])
    for position in range(6, 13):
        cursor.execute("UPDATE audit_seal SET position = %s WHERE position = %s", [position - 1, position])


def first_gone(cursor, trail):
    remove(cursor, [trail.ids[0]])


def tail_of_one(cursor, trail):
    remove(cursor, [trail.ids[11]])


def tail_of_six(cursor, trail):
    remove(cursor, trail.ids[6:])


def everything(cursor, trail):
    for table in ("audit_seal", "audit_record", "audit_entry"):
        cursor.execute(f"DELETE FROM {table}")  # noqa: S608


def seals_alone(cursor, trail):
    cursor.execute("DELETE FROM audit_seal")


def unsealed_gone(cursor, trail):
    remove(cursor, [trail.waiting[0]])


# --- Order ----------------------------------------------------------------------------------------------


def swap(cursor, column, trail):
    """Links 3 and 9 exchange something."""
    three, nine = (AuditSeal.objects.get(position=position) for position in (3, 9))
    for position, value in ((3, "-1"), (9, getattr(three, column)), (3, getattr(nine, column))):
        cursor.execute(f"UPDATE audit_seal SET {column} = %s WHERE position = %s", [value, position])  # noqa: S608


def entries_swapped(cursor, trail):
    swap(cursor, "entry_id", trail)


def hashes_swapped(cursor, trail):
    swap(cursor, "hash", trail)


def positions_swapped(cursor, trail):
    for old, new in ((3, 99), (9, 3), (99, 9)):
        cursor.execute("UPDATE audit_seal SET position = %s WHERE position = %s", [new, old])


def numbers_swapped(cursor, trail):
    """Two entries exchange their numbers, with all that hangs on them."""
    for old, new in ((trail.ids[2], -1), (trail.ids[8], trail.ids[2]), (-1, trail.ids[8])):
        cursor.execute("UPDATE audit_entry SET id = %s WHERE id = %s", [new, old])
        cursor.execute("UPDATE audit_record SET entry_id = %s WHERE entry_id = %s", [new, old])


def sealed_another_day(cursor, trail):
    at = timezone.now() - timedelta(days=1)
    cursor.execute("UPDATE audit_seal SET sealed_at = %s WHERE position = 7", [at])


def hash_overwritten(cursor, trail):
    cursor.execute("UPDATE audit_seal SET hash = %s WHERE position = 2", ["f" * 64])


# --- Rewriting, with the functions everybody can read ---------------------------------------------------


def link_again(cursor):
    """The whole chain made anew, every link right."""
    previous = chain.FIRST
    seals = list(AuditSeal.objects.order_by("position"))
    entries = AuditEntry.objects.in_bulk([seal.entry_id for seal in seals])
    records = records_of(entries.values())
    for position, seal in enumerate(seals, start=1):
        entry = entries[seal.entry_id]
        content = chain.content_of(entry, records.get(entry.pk, ()))
        previous = chain.link_of(previous, position, entry.pk, seal.sealed_at, content, entry.mark)
        cursor.execute(
            "UPDATE audit_seal SET position = %s, hash = %s WHERE entry_id = %s",
            [position, previous, entry.pk],
        )


def rewritten_without_an_entry(cursor, trail):
    remove(cursor, [trail.ids[5]])
    link_again(cursor)


def rewritten_with_another_name(cursor, trail):
    cursor.execute("UPDATE audit_entry SET name = 'Somebody Else' WHERE id = %s", [trail.ids[5]])
    link_again(cursor)


def last_link_rewritten(cursor, trail):
    cursor.execute("UPDATE audit_entry SET verb = 'nothing' WHERE id = %s", [trail.ids[11]])
    link_again(cursor)


def tail_sealed_again_in_another_order(cursor, trail):
    cursor.execute("DELETE FROM audit_seal WHERE position > 8")
    for position, entry in enumerate(reversed(trail.ids[8:]), start=9):
        cursor.execute(
            "INSERT INTO audit_seal (position, entry_id, hash, sealed_at) VALUES (%s, %s, '', %s)",
            [position, entry, timezone.now()],
        )
    link_again(cursor)


# --- Forging --------------------------------------------------------------------------------------------

COPIED = (
    "at, act, verb, who_id, name, role, organisation_id, organisation_name, address, request_id, why, mark"
)


def forge(cursor, like):
    """An entry nobody wrote, in the name of whoever wrote another, with that one's mark."""
    ref = uuid4() if connection.vendor == "postgresql" else uuid4().hex
    cursor.execute(
        f"INSERT INTO audit_entry (ref, {COPIED}) SELECT %s, {COPIED} FROM audit_entry WHERE id = %s",  # noqa: S608
        [str(ref), like],
    )
    cursor.execute("SELECT MAX(id) FROM audit_entry")
    return cursor.fetchone()[0]


def forged(cursor, trail):
    forge(cursor, trail.ids[3])


def forged_and_sealed(cursor, trail):
    entry = forge(cursor, trail.ids[3])
    cursor.execute(
        "INSERT INTO audit_seal (position, entry_id, hash, sealed_at) VALUES (13, %s, '', %s)",
        [entry, timezone.now()],
    )
    link_again(cursor)


def unsealed_changed(cursor, trail):
    cursor.execute("UPDATE audit_entry SET verb = 'nothing' WHERE id = %s", [trail.waiting[0]])


# Deed → the first broken link it is to be known by, where there is one.
TAMPERINGS = {
    "another person": (column("who_id", lambda trail: trail.other.pk, at=3), 3),
    "another name": (column("name", lambda trail: "Somebody Else", at=3), 3),
    "another role": (column("role", lambda trail: "director", at=5), 5),
    "another organisation": (column("organisation_name", lambda trail: "Elsewhere", at=2), 2),
    "another address": (column("address", lambda trail: "203.0.113.9", at=4), 4),
    "no address": (column("address", lambda trail: None, at=4), 4),
    "another second": (another_second, 6),
    "another verb": (column("verb", lambda trail: "nothing", at=7), 7),
    "a change called a reading": (column("act", lambda trail: "read", at=8), 8),
    "another reason": (column("why", lambda trail: "asked to", at=1), 1),
    "another request": (column("request_id", lambda trail: "0", at=12), 12),
    "another mark": (column("mark", lambda trail: "0" * 64, at=10), 10),
    "another child": (another_child, 5),
    "another kind of record": (another_kind, 5),
    "one record fewer": (one_record_fewer, 6),
    "one record more": (one_record_more, 6),
    "a record of somebody else’s": (a_record_of_somebody_elses, 3),
    "an entry gone, its seal left": (entry_gone_seal_left, 5),
    "a link gone from the middle": (link_gone_from_the_middle, 5),
    "the gap closed up": (gap_closed_up, 5),
    "the first gone": (first_gone, 1),
    "the last one cut off": (tail_of_one, 12),
    "the tail cut off": (tail_of_six, 8),
    "everything gone": (everything, 4),
    "every seal gone": (seals_alone, 4),
    "entries in one another’s place": (entries_swapped, 3),
    "hashes in one another’s place": (hashes_swapped, 3),
    "links in one another’s place": (positions_swapped, 3),
    "numbers in one another’s place": (numbers_swapped, 3),
    "sealed another day": (sealed_another_day, 7),
    "a hash overwritten": (hash_overwritten, 2),
    "all rewritten without an entry": (rewritten_without_an_entry, 8),
    "all rewritten with another name": (rewritten_with_another_name, 6),
    "the last link rewritten": (last_link_rewritten, 12),
    "the tail sealed again in another order": (tail_sealed_again_in_another_order, 12),
    "an entry forged": (forged, None),
    "an entry forged and sealed": (forged_and_sealed, 13),
    "an entry gone before it was sealed": (unsealed_gone, None),
    "an entry changed before it was sealed": (unsealed_changed, None),
}
