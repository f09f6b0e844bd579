"""Where a notice leads that is about no case, or that a higher room wrote."""

from django.conf import settings
from django.urls import reverse

from cases.models import Notice


def own_page(notice):
    """The page of it; a notice of another room says whose, and the settings which. Empty where a case's page serves."""
    if notice.kind == Notice.Kind.EMERGENCY:
        return reverse("emergency")
    if page := settings.NOTICE_PAGES.get(notice.kind):
        return reverse(page, args=[notice.about.split(":")[0]])
    return ""
