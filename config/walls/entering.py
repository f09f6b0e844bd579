"""Each request in one transaction, within the reach of the person who asks."""

from contextlib import contextmanager

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone


@contextmanager
def entered(person):
    """One transaction in which the database shows what this person may reach; nobody reaches nothing."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT protocol_enter(%s, %s)", [person.pk if person else 0, timezone.now()])
        yield


def within_walls(get_response):
    """Middleware, idle where no wall stands. A page that failed leaves nothing behind."""

    def serve(request):
        if not settings.DATABASE_WALLS:
            return get_response(request)
        person = request.user if request.user.is_authenticated else None
        with entered(person):
            response = get_response(request)
            if response.status_code >= 500:
                transaction.set_rollback(True)
        return response

    return serve
