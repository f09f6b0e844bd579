"""The verbs of following a saved view: choose a digest and an alert, stop; and what somebody follows."""

from django.db import transaction
from django.utils import timezone

from accounts import audit
from cases.refusal import NotYours
from reports.boards import access
from reports.finding import looking
from reports.models import Following, SavedView


def choose(view, *, by, digest, is_alerted):
    """What of a view one wants to be told. The same again changes nothing; nothing at all is to stop."""
    if not digest and not is_alerted:
        return stop(view, by=by)
    with transaction.atomic(), audit.act(by, "view.followed") as act:
        if not access.may_see_lists(by) or not _lock_the_view(view, by):
            raise NotYours("You follow your own saved views, and those your colleagues share with you.")
        asked = {"digest": digest, "is_alerted": is_alerted}
        _, is_new = Following.objects.get_or_create(
            view=view, person=by, defaults=asked | {"summed_up_on": timezone.localdate()}
        )
        held = _locked(view, by)
        if is_new or _differs(held, asked):
            _change(held, asked)
            act.touched(("view", view.pk))
    return held


def stop(view, *, by):
    """Nothing more is told of it. Stopped twice, it was stopped once."""
    with transaction.atomic(), audit.act(by, "view.unfollowed") as act:
        _lock_the_view(view, by)
        if held := _locked(view, by):
            held.delete()
            act.touched(("view", view.pk))


def of(person):
    """What somebody follows and may still open, by the name of the view."""
    if not access.may_see_lists(person):
        return Following.objects.none()
    return Following.objects.standing().filter(person=person).select_related("view__person")


def held(view, person):
    return of(person).filter(view=view).first()


def _lock_the_view(view, person):
    """Following, stopping and forgetting it come one after the other."""
    return SavedView.objects.visible_to(person).select_for_update().filter(pk=view.pk).first()


def _locked(view, person):
    """The clock locks the row too: whoever comes second waits."""
    return (
        Following.objects.select_for_update(of=("self",))
        .filter(view=view, person=person)
        .select_related("view", "person__organisation")
        .first()
    )


def _differs(held, asked):
    return any(getattr(held, name) != value for name, value in asked.items())


def _change(held, asked):
    """A digest begins the day after; an alert begins with what the view holds now, which is no news."""
    if held.digest != asked["digest"]:
        held.summed_up_on = timezone.localdate()
    if not asked["is_alerted"]:
        held.sightings.all().delete()
        held.answers = ""
    held.digest, held.is_alerted = asked["digest"], asked["is_alerted"]
    held.save()
    if held.is_alerted and not held.answers:
        looking.take_in([held], timezone.now())
