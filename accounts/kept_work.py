"""What somebody typed and sent after their session had ended: kept for that person alone, and given back."""

import json
from datetime import timedelta
from urllib.parse import urlsplit

from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme

from accounts.models import KeptWork
from accounts.sealing import seal, unseal

FOR = timedelta(hours=24)
AT_MOST = 200_000
NEVER_KEPT = {"csrfmiddlewaretoken"}


def keep(request, person_id):
    """Keep the form that was refused. Files and secrets are not kept; nor is more than a long report."""
    typed = {
        name: values
        for name, values in request.POST.lists()
        if name not in NEVER_KEPT and "password" not in name and name not in ("code", "credential")
    }
    body = json.dumps(typed)
    if not typed or len(body) > AT_MOST:
        return None
    page, action = _page(request), request.get_full_path()
    kept, _ = KeptWork.objects.update_or_create(
        person_id=person_id,
        action=action[:500],
        defaults={"page": page[:500], "sealed": seal(body), "kept_at": timezone.now()},
    )
    return kept


def waiting_for(person, page):
    """What was kept of a page that its person now opens again."""
    return KeptWork.objects.filter(person=person, page=page, kept_at__gt=timezone.now() - FOR).first()


def pages_of(person):
    return KeptWork.objects.filter(person=person, kept_at__gt=timezone.now() - FOR).exists()


def typed(kept):
    """Name and values of each field, as they were sent."""
    try:
        return json.loads(unseal(kept.sealed))
    except LookupError:
        return {}


def sent_again(person, action):
    """It reached its form after all: nothing need be kept."""
    KeptWork.objects.filter(person=person, action=action).delete()


def forget_old():
    KeptWork.objects.filter(kept_at__lte=timezone.now() - FOR).delete()


def _page(request):
    """The page that holds the form: where the browser came from, when that is ours, or where it sent it."""
    referrer = request.headers.get("Referer", "")
    if referrer and url_has_allowed_host_and_scheme(referrer, {request.get_host()}):
        parts = urlsplit(referrer)
        return "/" + parts.path.lstrip("/") + (f"?{parts.query}" if parts.query else "")
    return request.get_full_path()
