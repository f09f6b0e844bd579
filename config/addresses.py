"""Addresses nobody was ever given: PostgreSQL keeps no NUL, so no key and no search of ours holds one."""

from urllib.parse import unquote

from django.http import Http404

NUL = "\0"


def without_nul(get_response):
    """A probe with a NUL in it is answered like any other address that is not there."""

    def answer(request):
        if NUL in request.path_info or NUL in unquote(request.META.get("QUERY_STRING", "")):
            raise Http404
        return get_response(request)

    return answer
