"""Cases one has opened lately, kept in the session: keys, never a name."""

from cases.models import Case
from cases.views.page import RECENT


def cases(user, session):
    """The latest first, of those one may still open."""
    keys = session.get(RECENT, [])
    found = {
        case.key: case
        for case in Case.objects.visible_to(user)
        .filter(key__in=keys)
        .select_related("authority", "cafcass_office")
        .prefetch_related("members__child")
    }
    return [found[key] for key in keys if key in found]
