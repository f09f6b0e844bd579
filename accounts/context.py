"""What every page knows of the session it is read in."""

from datetime import datetime

from django.conf import settings
from django.utils import timezone

from accounts import kept_work, sessions


def stay(request):
    """When the session ends unless something happens, and what waits to be given back on this page."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated or not sessions.has_begun(request.session):
        return {}
    ends, may_stay = sessions.ends_at(request.session)
    return {
        "stay": {
            "ends_at": datetime.fromtimestamp(ends, tz=timezone.get_current_timezone()),
            "seconds": int(ends - timezone.now().timestamp()),
            "warn_seconds": settings.SESSION_WARNING_SECONDS,
            "may_stay": may_stay,
            "kept": _kept(request),
        }
    }


def _kept(request):
    if request.method != "GET" or not request.session.get("has_kept_work"):
        return None
    kept = kept_work.waiting_for(request.user, request.get_full_path())
    return {"work": kept, "typed": kept_work.typed(kept)} if kept else None
