"""The words in use: an organisation's own latest version, or the national ones."""

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from accounts import audit
from cases.refusal import NotYours, Stale
from letters import access, witness, wording
from letters.models import WordingVersion


def wording_of(organisation, kind):
    """The words a letter of this organisation is written in, and what they are called."""
    own = WordingVersion.objects.filter(organisation=organisation, kind=kind).first()
    if own and own.text:
        return own.text, f"{organisation.name}, version {own.number}"
    return wording.national(kind), wording.national_name(kind)


def replace_wording(organisation, kind, text, *, by, seen_number):
    """Agree new words for a letter; an empty text goes back to the national ones. Sent letters keep theirs."""
    if not access.may_replace_wording(by) or by.organisation_id != organisation.pk:
        raise NotYours("An organisation’s own managers agree its wording.")
    if text.strip():
        wording.check(kind, text)
    with transaction.atomic():
        organisation = type(organisation).objects.select_for_update().get(pk=organisation.pk)
        latest = WordingVersion.objects.filter(organisation=organisation, kind=kind).aggregate(
            n=Max("number")
        )["n"]
        if (latest or 0) != seen_number:
            raise Stale(
                "Somebody agreed another version while you were writing. Look at it, then save yours again."
            )
        agreed = WordingVersion.objects.create(
            organisation=organisation,
            kind=kind,
            number=(latest or 0) + 1,
            text=text.strip(),
            created_at=timezone.now(),
            created_by=by,
        )
        audit.changed(by, "wording.agreed", *witness.wording(agreed))
        return agreed
