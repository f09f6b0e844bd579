"""A table of contents."""

from django.contrib.auth.decorators import login_not_required
from django.db import transaction
from django.http import HttpResponse
from django.urls import include, path
from django.views.decorators.http import require_safe


@login_not_required
@transaction.non_atomic_requests
@require_safe
def health(request):
    return HttpResponse("ok", content_type="text/plain")


urlpatterns = [
    path("health", health, name="health"),
    path("", include("accounts.urls")),
    path("", include("cases.urls")),
    path("", include("letters.urls")),
    path("", include("referrals.urls")),
    path("", include("reports.urls")),
]
