"""Writes the published permissions as a page of the documentation."""

import re

from django.conf import settings
from django.core.management.base import BaseCommand
from django.urls import URLResolver, get_resolver

from accounts.urls import directory_urlpatterns
from config.permissions import in_writing

PLACE = settings.BASE_DIR / "docs" / "permissions.md"


class Command(BaseCommand):
    help = "Write docs/permissions.md from config/permissions."

    def handle(self, *args, **options):
        PLACE.write_text(written())
        self.stdout.write(f"Written: {PLACE.relative_to(settings.BASE_DIR)}")


def written():
    every = [*get_resolver().url_patterns, *directory_urlpatterns]
    return in_writing.page(dict(_addresses(every)))


def _addresses(patterns, before=""):
    for pattern in patterns:
        route = before + re.sub(r"^\^", "", str(pattern.pattern))
        if isinstance(pattern, URLResolver):
            yield from _addresses(pattern.url_patterns, route)
        else:
            yield pattern.name, route
