"""A trail to look at, its anchors in a place of its own."""

from dataclasses import dataclass, field

import pytest
from django.db import transaction

from accounts import audit
from accounts.audit.models import AuditEntry
from accounts.models import User
from accounts.origin import Origin


@pytest.fixture(autouse=True)
def _own_anchors(settings, tmp_path):
    settings.AUDIT_ANCHORS = tmp_path / "anchors"


@pytest.fixture
def iris(cast):
    person = User.objects.select_related("organisation").get(pk=cast.iris.pk)
    person.origin = Origin("198.51.100.7", "0123456789abcdef")
    return person


@dataclass
class Trail:
    """Twelve entries sealed four by four, and two that wait."""

    other: User
    ids: list = field(default_factory=list)
    waiting: list = field(default_factory=list)


@pytest.fixture
def trail(cast, iris, django_capture_on_commit_callbacks):
    def write(number):
        with django_capture_on_commit_callbacks(execute=True), transaction.atomic():
            audit.changed(iris, "thing.done", ("child", f"KEY{number}"), why="because it was asked")
        return AuditEntry.objects.latest("pk").pk

    trail = Trail(cast.mona)
    for number in range(12):
        trail.ids.append(write(number))
        if number % 4 == 3:
            audit.seal()
    trail.waiting = [write(12), write(13)]
    return trail
