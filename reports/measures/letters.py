"""Handover letters an IRO found unhelpful, and sent back with a reason (GPP Completion; CMH-15)."""

from django.db.models import Count

from letters.actions import LOW
from letters.kinds import LetterKind
from letters.models import Letter
from reports.measures import periods


def scored(user, today):
    """Appendix 2 letters the office sent in the last twelve whole months that an IRO has scored."""
    year = periods.year(today)
    return Letter.objects.visible_to(user).filter(
        kind=LetterKind.APPENDIX_2,
        sender=user.organisation_id,
        usefulness__isnull=False,
        sent_on__gte=year.since,
        sent_on__lt=year.until,
    )


def unhelpful(user, today, signatory=None, authority=None):
    """Those scored low; of one guardian, or from cases of one authority."""
    found = scored(user, today).filter(usefulness__lte=LOW)
    if signatory:
        found = found.filter(signatory=signatory)
    return found.filter(authority=authority) if authority else found


def unhelpful_by(user, today, field):
    """How many, for each signatory or authority, in one query."""
    found = unhelpful(user, today).order_by().values(field).annotate(number=Count("pk", distinct=True))
    return dict(found.values_list(field, "number"))
