"""Given: a certificate and a pack as they lie there once made, for the pages that show one."""

from datetime import date

from django.utils import timezone

from reports.records import certificates
from reports.records.belongings import Belongings
from reports.records.models import AccessPack, Disposal


def a_certificate(cast):
    """Of a record long gone; whose it was, nobody knows any more."""
    now = timezone.now()
    disposal = Disposal.objects.create(
        authority=cast.northmoor, reason="The time is over.", kept_until=date(2020, 1, 1), ground="Kept until then.",
        proposed_by=cast.mona, proposed_at=now, agreed_by=cast.hal, agreed_at=now, done_at=now,
    )  # fmt: skip
    certificates.issue(disposal, Belongings())
    return disposal


def a_pack(cast, child):
    return AccessPack.objects.create(
        authority=cast.northmoor, child=child, purpose="Request 2041", asked_by=cast.mona, asked_at=timezone.now(),
        pdf=b"%PDF-1.7 not drawn", sha256="0" * 64, made_at=timezone.now(),
    )  # fmt: skip
