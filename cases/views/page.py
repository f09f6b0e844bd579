"""What every page of a case begins with: the case one may see, played, and its head."""

from dataclasses import dataclass
from functools import cached_property

from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone

from accounts import audit
from cases import projection, witness
from cases.identity import identity_of, tabs_of
from cases.models import Case

# The keys of the cases somebody has opened lately, in the session, the latest first.
RECENT, MOST_RECENT = "recent_cases", 10


@dataclass(frozen=True)
class CasePage:
    """The case is played, and its head read, only where something of them is shown."""

    case: Case
    tabs: list

    @property
    def url(self):
        return reverse("case", args=[self.case.key])

    @cached_property
    def outcome(self):
        return projection.play_case(self.case)

    @cached_property
    def identity(self):
        return identity_of(self.case, self.outcome, today=timezone.localdate())

    def context(self, **more):
        return {"case": self.case, "identity": self.identity, "tabs": self.tabs, **more}

    def shown(self, request, template, *, also=(), **more):
        """The page itself; the audit trail keeps who was shown it, and what else stood there (`also`)."""
        audit.read(request, *witness.whole(self.case), *also)
        return render(request, template, self.context(**more))


def child_shown(request, template, child, *, also=(), **more):
    """A page about one child; the audit trail keeps who was shown it."""
    audit.read(request, witness.child(child), *also)
    return render(request, template, {"child": child, **more})


def case_page(request, key, current=""):
    """The case of a page; one that is not this person's answers as if it were not there."""
    case = get_object_or_404(
        Case.objects.visible_to(request.user).select_related("authority", "cafcass_office"), key=key
    )
    _remember(request.session, case.key)
    return CasePage(case, tabs_of(case, current))


def _remember(session, key):
    """Only another case than the last is worth writing the session for."""
    recent = session.get(RECENT, [])
    if recent[:1] != [key]:
        session[RECENT] = [key, *(each for each in recent if each != key)][:MOST_RECENT]
