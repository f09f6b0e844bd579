"""One way by which people are nudged about a referral, whoever acts on it."""

from django.utils import timezone

from cases.models import Notice


def nudge(people, referral, about):
    """One e-mail each, for those who are reminded at all; the clock sends it."""
    Notice.objects.bulk_create(
        (
            Notice(
                kind=Notice.Kind.REFERRAL, recipient=person, case_id=referral.case_id,
                about=f"{referral.key}:{about}", created_at=timezone.now(),
            )
            for person in people
            if person.is_reminded
        ),
        ignore_conflicts=True,
    )  # fmt: skip
