"""What every page shows of the service itself: its name, where one can go, whether the clock runs."""

from django.conf import settings
from django.urls import reverse

from accounts.roles import PersonRole

NAVIGATION = (
    ("My work", "my_work"),
    ("Cases", "cases"),
    ("Children", "children"),
    ("The Protocol", "protocol"),
    ("Local agreements", "agreements"),
)


def service(request):
    return {"service": {"name": settings.SERVICE_NAME, "navigation": _navigation(request)}}


def _navigation(request):
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated or user.role == PersonRole.ADMINISTRATOR:
        return []
    return [
        {"text": text, "url": reverse(name), "current": request.path.startswith(reverse(name))}
        for text, name in NAVIGATION
    ]
