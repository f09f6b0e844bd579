"""The verbs of a saved view: keep one, forget one."""

from django.db import transaction
from django.http import QueryDict

from accounts import audit
from cases.refusal import Refusal
from reports.measures.slices import Slice
from reports.models import Following, SavedView

MOST = 30


def keep(name, asked, *, by, is_shared=False):
    """Save a narrowed list under a name of one's own; saving it again under that name changes it."""
    name = " ".join(name.split())
    if not name:
        raise Refusal("Give the view a name.", field="name")
    values = Slice.read(QueryDict(asked)).values
    if not values:
        raise Refusal("This list is not narrowed by anything. Open one from a board, then save it.")
    mine = SavedView.objects.filter(person=by)
    if mine.exclude(name=name).count() >= MOST:
        raise Refusal(f"You have {MOST} views already. Forget one first.")
    with transaction.atomic(), audit.act(by, "view.saved") as act:
        view, _ = SavedView.objects.update_or_create(
            person=by,
            name=name,
            defaults={
                "organisation": by.organisation,
                "asked": Slice(values).query(),
                "is_shared": is_shared,
            },
        )
        act.touched(("view", view.pk))
    return view


def forget(view, *, by):
    """One's own alone, and with it whoever follows it; forgetting it twice forgets it once."""
    with transaction.atomic(), audit.act(by, "view.forgotten") as act:
        list(SavedView.objects.select_for_update().filter(pk=view.pk, person=by))
        list(Following.objects.select_for_update(of=("self",)).filter(view=view.pk, view__person=by))
        if SavedView.objects.filter(pk=view.pk, person=by).delete()[0]:
            act.touched(("view", view.pk))


def of(user):
    """One's own and the team's, each with the list it opens; one that no longer means anything is left out."""
    found = []
    for view in SavedView.objects.visible_to(user).select_related("person"):
        try:
            found.append((view, Slice.read(QueryDict(view.asked)).url()))
        except ValueError:
            continue
    return found
