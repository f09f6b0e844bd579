"""One's calendar address, and the calendar itself for whoever asks by it."""

from hashlib import sha256

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.http import Http404, HttpResponse, HttpResponseNotModified
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from accounts import audit
from reports import access
from reports.feed import address, calendar, happenings
from reports.models import Feed


@never_cache
def feed(request):
    """The address is shown once, on the page that answers the button."""
    if not access.may_have_a_feed(request.user):
        raise Http404
    made = ""
    if request.method == "POST":
        made = settings.SITE_ADDRESS + reverse("calendar", args=[address.make(by=request.user)])
    return render(request, "reports/feed/feed.html", {"feed": address.current(request.user), "made": made})


@require_POST
def feed_end(request):
    if not access.may_have_a_feed(request.user):
        raise Http404
    address.end(by=request.user)
    messages.success(request, "The address no longer answers. Take it out of your calendar.")
    return redirect("feed")


@login_not_required
@require_safe
def calendar_feed(request, token):
    """Nobody signs in to read a calendar: the address is the key, and an ended one is no address."""
    found = address.found(token)
    if found is None or not access.may_have_a_feed(found.person):
        raise Http404
    _enter(request, found.person)
    entries = happenings.entries(found.person, today=timezone.localdate())
    content = calendar.of(found, entries)
    Feed.objects.filter(pk=found.pk).update(read_at=timezone.now())
    etag = f'"{sha256(content).hexdigest()}"'
    if request.headers.get("If-None-Match") == etag:
        return HttpResponseNotModified(headers={"ETag": etag})
    audit.read(request, ("feed", found.pk), *(record for entry in entries for record in entry.records))
    headers = {
        "ETag": etag,
        "Cache-Control": "private, no-cache",
        "Content-Disposition": "inline; filename=protocol.ics",
    }
    return HttpResponse(content, content_type="text/calendar; charset=utf-8", headers=headers)


def _enter(request, person):
    """As the person whose address it is: within their reach, and in their name in the audit trail."""
    person.origin = request.origin
    request.user = person
    if settings.DATABASE_WALLS:
        with connection.cursor() as cursor:
            cursor.execute("SELECT protocol_enter(%s, %s)", [person.pk, timezone.now()])
