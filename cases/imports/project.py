"""The chronologies of many children projected at once: the functions of `cases.projection`, written in bulk."""

from cases import breaches, projection
from cases.facts import care_of_each
from cases.models import Case, Deadline, Miss
from cases.periods import store_periods


def project_children(children, *, today, because):
    """Bring what follows from the children's facts up to date; return how many misses were written down.

    As `projection.project_child` does for one, but nobody is e-mailed about what was missed long ago: an import
    tells of the past. `because` gives, for a child's pk, the event that may annul a miss.
    """
    ids = {child.pk for child in children}
    mine = Miss.objects.filter(child__in=ids, case=None)
    missed = mine.count()
    desired = []
    care_of_all = care_of_each(children)
    for child, care in care_of_all.items():
        desired += projection.rows_of_child(child, care, projection.play_child(child, care))
    store_periods(care_of_all)
    projection.write(Deadline.objects.filter(child__in=ids, case=None), desired)
    breaches.hold({"child_id__in": ids, "case_id": None}, today=today, because=because.get)
    return mine.count() - missed


def project_cases_of(children, *, today, because):
    """The cases in which these children's care shows."""
    cases = Case.objects.filter(members__child__in=children).distinct().prefetch_related("members")
    for case in cases:
        event = next(because[m.child_id] for m in case.members.all() if m.child_id in because)
        projection.project_case(case, today=today, because=event)
