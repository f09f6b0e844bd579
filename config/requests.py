"""A random id for each request: in the answer's header, in every line of the log, in the audit trail."""

import logging
import secrets
from contextvars import ContextVar

_current = ContextVar("request_id", default="-")


def with_id(get_response):
    """Nobody else's word is taken for it: an id that came with the request is not used."""

    def answer(request):
        request.id = secrets.token_hex(8)
        _current.set(request.id)  # and left standing: Django logs a failed request after all middleware
        response = get_response(request)
        response["X-Request-ID"] = request.id
        return response

    return answer


class RequestId(logging.Filter):
    """Puts the id of the request, if there is one, on what is logged during it."""

    def filter(self, line):
        line.request_id = _current.get()
        return True
