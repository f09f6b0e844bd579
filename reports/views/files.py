"""One's own files: waiting for one, and fetching it."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from accounts import audit
from reports.models import AnswerFile


@never_cache
@require_safe
def answer_file(request, key):
    """Whether it is there yet. It says nothing of anybody: what the file holds is kept when it is fetched."""
    return render(request, "reports/files/file.html", {"file": _own(request, key)})


@never_cache
@require_POST
def answer_file_fetch(request, key):
    """The file leaves the service, with everything it is about in one entry of the audit trail."""
    file = _own(request, key)
    if not file.is_made:
        raise Http404
    audit.exported(request, ("file", file.key), *map(tuple, file.records), why=file.purpose)
    return HttpResponse(
        bytes(file.content),
        content_type=file.content_type,
        headers={"Content-Disposition": f'attachment; filename="{file.name}"'},
    )


def _own(request, key):
    return get_object_or_404(
        AnswerFile.objects.visible_to(request.user).select_related("organisation"), key=key
    )
