"""What every page shows of the service itself: its name, where one can go, whether the clock runs."""

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from accounts.roles import PersonRole
from cases import clock
from cases.models import Heartbeat

NAVIGATION = (
    ("My work", "my_work"),
    ("Cases", "cases"),
    ("Children", "children"),
    ("The Protocol", "protocol"),
    ("Local agreements", "agreements"),
)
ADMINISTRATION = (("People", "people_admin"), ("Organisation", "organisation"), ("The Protocol", "protocol"))


def service(request):
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated or getattr(request, "enrolling", None):
        return {"service": {"name": settings.SERVICE_NAME}}
    return {
        "service": {
            "name": settings.SERVICE_NAME,
            "navigation": _navigation(request, user),
            "heartbeat": _heartbeat(),
        }
    }


def _navigation(request, user):
    pages = ADMINISTRATION if user.role == PersonRole.ADMINISTRATOR else NAVIGATION
    pages += tuple((text, name) for text, name, roles in settings.PAGES_ELSEWHERE if roles & _parts(user))
    return [
        {"text": text, "url": reverse(name), "current": _is_current(request.path, reverse(name))}
        for text, name in pages
    ]


def _parts(user):
    """One's role, alone and with the kind of organisation one holds it in."""
    return {str(user.role), f"{user.role} of {user.organisation.kind}"}


def _is_current(path, url):
    return path == url if url == "/" else path.startswith(url)


def _heartbeat():
    """Silence must not look like compliance: when the clock is late, every page says so."""
    beat = Heartbeat.objects.filter(name="clock").first()
    state = clock.state_of(beat)
    said = {"is_late": state != clock.RUNS, "is_stopped": state == clock.STOPPED}
    if beat is None:
        return said | {"words": "Deadlines have not been checked yet."}
    checked = date_format(timezone.localtime(beat.beat_at), "l j F Y, H:i")
    if said["is_late"]:
        words = f"Deadlines were last checked on {checked}. Nobody is reminded until that runs again: "
        return said | {"words": words + "tell whoever runs this service."}
    return said | {"words": f"Deadlines last checked on {checked}."}
