"""A form that is sent to be looked at as somebody else would see it, and not to be saved."""

from cases import seen_by
from cases.refusal import Refusal


def is_saved(request, form):
    """Whether a form was sent to be saved, and holds."""
    return request.method == "POST" and not seen_by.chosen(request) and form.is_valid()


def looked(request, form, look):
    """What the page then shows: what they would see, if that was asked. A refusal stands on the form, as for saving."""
    part = seen_by.chosen(request) if request.method == "POST" else ""
    return shown(part, _looked(form, part, look) if part and form.is_valid() else None)


def shown(part, seen):
    return {"seen": seen, "see_as": seen_by.PARTS, "also": seen_by.witness(part) if seen else []}


def _looked(form, part, look):
    try:
        return look(part)
    except Refusal as refusal:
        form.refuse(refusal)
        return None
