"""Whether a file is still for whoever asked: since it was made a case may have been restricted, or a record disposed of."""

from cases.models import Case, Child

OPENED = {"case": Case, "child": Child}


def opened_by(user, records):
    """Of the cases and children a file is about, those whoever asked may open, by kind and key."""
    return sorted((kind, key) for kind in OPENED for key in _open_to(user, kind, _keys(records, kind)))


def is_still_theirs(file):
    """Everything they could open when it was made, they can open now."""
    return all(
        len(_open_to(file.asked_by, kind, keys)) == len(keys)
        for kind in OPENED
        if (keys := _keys(file.opened, kind))
    )


def _keys(records, kind):
    return {str(key) for of_kind, key in records if of_kind == kind}


def _open_to(user, kind, keys):
    found = OPENED[kind].objects.visible_to(user).filter(key__in=keys)
    return set(found.order_by().values_list("key", flat=True))
