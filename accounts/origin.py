"""From where a person comes: the address of the request and its id, which the audit trail keeps."""

from dataclasses import dataclass

from django.utils.functional import SimpleLazyObject

from accounts.addresses import client_address


@dataclass(frozen=True)
class Origin:
    """`address` is None where there is none, as for the clock."""

    address: str | None = None
    request_id: str = ""


def came_from(get_response):
    """Whoever acts in this request carries its origin along, so that a verb needs nobody but `by`."""

    def answer(request):
        request.origin = Origin(client_address(request) or None, getattr(request, "id", ""))
        person = request.user
        request.user = SimpleLazyObject(lambda: _marked(person, request.origin))
        return get_response(request)

    return answer


def _marked(person, origin):
    person.origin = origin
    return person
