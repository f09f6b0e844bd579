"""Where children live: a restricted field. Each row says who may read it; what is written down stays."""

from typing import NamedTuple

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from accounts import audit
from cases import access, witness
from cases.dates import weekday_date
from cases.models import Child, Whereabouts
from cases.refusal import NotYours, Refusal, Stale

Audience = Whereabouts.Audience


class Compared(NamedTuple):
    """What a text is compared with: an address and the key of its row, not whose it is."""

    pk: int
    address: str
    postcode: str


def confidential(authority_id):
    """Every address of an authority, current or past, that fewer people may read than may open the child's record.

    To be compared with and shown to nobody: it asks for no reader. Behind the wall of the database it is answered
    to whoever reaches a case of that authority.
    """
    if not settings.DATABASE_WALLS:
        return compared(Whereabouts.objects.confidential().filter(authority=authority_id))
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM protocol_confidential(%s)", [authority_id])
        return [Compared(*row) for row in cursor.fetchall()]


def compared(rows):
    return [Compared(*row) for row in rows.order_by().values_list(*Compared._fields)]


def of(child, user):
    """What this person may read of where the child lives and lived, the latest first."""
    shown = Whereabouts.objects.visible_to(user).filter(child=child)
    return shown.select_related("recorded_by").prefetch_related("named")


def add(child, *, by, named=(), **said):
    """Write down where a child lives from a day on, and who may read it. `said` are the row's own fields."""
    _check_may(by, child)
    row = Whereabouts(**said)
    with transaction.atomic():
        child = Child.objects.select_for_update(of=("self",)).get(pk=child.pk)
        if same := _same(child, row, by):
            return same
        _write(row, child, by, named)
        audit.changed(by, "whereabouts.added", ("whereabouts", row.pk), witness.child(child))
    return row


def end(row, *, by, on):
    """The child lives there no longer, from this day."""
    with transaction.atomic():
        row = _locked(row, by)
        if row.until_on == on:
            return
        if row.until_on:
            raise Stale(
                f"This already ended on {weekday_date(row.until_on)}. If that day is wrong, correct it instead."
            )
        if on < row.from_on:
            raise Refusal(
                f"The child has been there since {weekday_date(row.from_on)}; it cannot have ended before that.",
                field="on",
            )
        row.until_on = on
        row.save(update_fields=["until_on"])
        audit.changed(by, "whereabouts.ended", ("whereabouts", row.pk), witness.child(row.child))


def correct(row, *, by, reason, named=(), **said):
    """Put a row right with a further one. The wrong one is kept, and shown to nobody any more."""
    if not reason.strip():
        raise Refusal("Say why this is being corrected: it is kept with the mistake.", field="reason")
    with transaction.atomic():
        right = Whereabouts(**said, reason=reason.strip(), corrects=_locked(row, by))
        _write(right, row.child, by, named)
        audit.changed(
            by, "whereabouts.corrected", ("whereabouts", right.pk), ("whereabouts", row.pk),
            witness.child(row.child), why=reason.strip(),
        )  # fmt: skip
    return right


def _write(row, child, by, named):
    row.authority_id, row.child = child.authority_id, child
    row.address, row.postcode = row.address.strip(), " ".join(row.postcode.upper().split())
    row.recorded_by, row.recorded_at = by, timezone.now()
    _check(row, child, named)
    row.save(force_insert=True)
    if (
        row.audience == Audience.NAMED
    ):  # whoever writes it down is on the list: they know it, and may correct it
        row.named.set({*named, by})


def _check(row, child, named):
    if not row.address:
        raise Refusal("Enter the address.", field="address")
    if row.until_on and row.until_on < row.from_on:
        raise Refusal("The last day must be the first day or after it.", field="until_on")
    if row.from_on < child.born:
        raise Refusal(
            f"{child.name} was born on {weekday_date(child.born)}: check the first day.", field="from_on"
        )
    if row.audience == Audience.NAMED and not named:
        raise Refusal("Name at least one person who may read it, besides yourself.", field="named")


def _same(child, row, by):
    """What a button pressed twice wrote the first time."""
    return Whereabouts.objects.standing().filter(
        child=child, kind=row.kind, address=row.address.strip(), audience=row.audience, from_on=row.from_on,
        recorded_by=by,
    ).first()  # fmt: skip


def _locked(row, by):
    """The row, for somebody who may read it and may write where the child lives."""
    _check_may(by, row.child)
    found = Whereabouts.objects.select_for_update(of=("self",)).filter(pk=row.pk).first()
    if not Whereabouts.objects.visible_to(by).filter(pk=row.pk).exists():
        raise Stale("Somebody has corrected this in the meantime. Look at the child’s page before you go on.")
    return found


def _check_may(by, child):
    if not access.may_record_whereabouts(by, child):
        raise NotYours("Where a child lives is written down by the people of the child’s own authority.")
