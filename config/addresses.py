"""Addresses nobody was ever given: PostgreSQL keeps no NUL, so no key and no search of ours holds one."""

from urllib.parse import unquote

from django.http import Http404, HttpResponseNotAllowed

NUL = "\0"
METHODS = ("GET", "HEAD", "POST")


def without_nul(get_response):
    """A probe with a NUL in it is answered like any other address that is not there."""

    def answer(request):
        if NUL in request.path_info or NUL in unquote(request.META.get("QUERY_STRING", "")):
            raise Http404
        return get_response(request)

    return answer


def known_methods(get_response):
    """Pages are read and forms are sent: nothing here takes another method, whoever asks and whatever is there."""

    def answer(request):
        if request.method not in METHODS:
            return HttpResponseNotAllowed(METHODS)
        return get_response(request)

    return answer
