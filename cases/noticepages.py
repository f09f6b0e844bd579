"""Where a notice leads that is about no case, and what a higher room says in its notices."""

from importlib import import_module

from django.conf import settings
from django.urls import reverse

from cases.models import Notice


def own_page(notice):
    """The page of it; a notice of another room says whose, and the settings which. Empty where a case's page serves."""
    if notice.kind == Notice.Kind.EMERGENCY:
        return reverse("emergency")
    if page := settings.NOTICE_PAGES.get(notice.kind):
        return reverse(page, args=[notice.about.split(":")[0]])
    return ""


def room(kind):
    """The module of a higher room that knows what its notices say: `lines(person, notices)` and `told(notice)`."""
    name = settings.NOTICE_ROOMS.get(kind)
    return import_module(name) if name else None


def lines(person, notices):
    """Words and address of those notices that another room writes, by number."""
    of_rooms = {}
    for notice in notices:
        if writer := room(notice.kind):
            of_rooms.setdefault(writer, []).append(notice)
    return {
        pk: line for writer, theirs in of_rooms.items() for pk, line in writer.lines(person, theirs).items()
    }
