"""From where a person comes: the address of the request and its id, which the audit trail keeps."""

from dataclasses import dataclass
from ipaddress import ip_address, ip_network

from django.conf import settings
from django.utils.functional import SimpleLazyObject


@dataclass(frozen=True)
class Origin:
    """`address` is None where there is none, as for the clock."""

    address: str | None = None
    request_id: str = ""


def came_from(get_response):
    """Whoever acts in this request carries its origin along, so that a verb needs nobody but `by`."""

    def answer(request):
        request.origin = Origin(address_of(request), getattr(request, "id", ""))
        person = request.user
        request.user = SimpleLazyObject(lambda: _marked(person, request.origin))
        return get_response(request)

    return answer


def _marked(person, origin):
    person.origin = origin
    return person


def address_of(request):
    """The address nearest to us that is not one of our own proxies; what anybody else forwards is not believed."""
    trusted = [ip_network(network) for network in settings.TRUSTED_PROXIES]
    known = None
    for hop in _hops(request):
        try:
            known = ip_address(hop)
        except ValueError:
            break
        if not any(known in network for network in trusted):
            break
    return str(known) if known else None


def _hops(request):
    """From the socket outwards: our proxy, what it saw, what that claims to have seen."""
    forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
    return [request.META.get("REMOTE_ADDR", ""), *(hop.strip() for hop in reversed(forwarded))]
