"""One's own files: waiting for one, and fetching it."""

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from accounts import audit
from cases import exports
from reports.files.theirs import is_still_theirs
from reports.models import AnswerFile


@never_cache
@require_safe
def answer_file(request, key):
    """Whether it is there yet. It says nothing of anybody: what the file holds is kept when it is fetched."""
    file = _own(request, key)
    context = {"file": file, "is_theirs": is_still_theirs(file)}
    return render(request, "reports/files/file.html", context)


@never_cache
@require_POST
def answer_file_fetch(request, key):
    """The file leaves the service, with everything it is about in one entry of the audit trail."""
    file = _own(request, key)
    if not file.is_made:
        raise Http404
    if not is_still_theirs(file):
        return redirect("answer_file", file.key)
    audit.exported(request, ("file", file.key), *map(tuple, file.records), why=file.purpose)
    exports.tell_if_large(request.user, file.rows, file.key)
    return exports.handed_out(file.name, file.content_type, bytes(file.content))


def _own(request, key):
    return get_object_or_404(
        AnswerFile.objects.visible_to(request.user).select_related("asked_by__organisation"), key=key
    )
