"""The answer to a search, among what this person may see: children, cases and people, a few of each."""

from dataclasses import dataclass

from django.db.models import Q

from accounts.models import User
from cases.models import Appointment, Case, CaseChild, Child
from reports.finding import alike

MOST = 20


@dataclass(frozen=True)
class Found:
    children: list
    cases: list
    people: list
    is_cut: bool

    def __bool__(self):
        return bool(self.children or self.cases or self.people)


def search(user, asked):
    """Names written as they were typed come first."""
    alike.be_lenient()
    children = _children(user, asked)
    cases = _cases(user, asked) if asked.words else []
    people = _people(user, asked.words) if asked.words and not asked.born else []
    cut = max(len(children), len(cases), len(people)) > MOST
    return Found(children[:MOST], cases[:MOST], people[:MOST], cut)


def _children(user, asked):
    found = Child.objects.visible_to(user)
    if asked.born:
        found = found.filter(born=asked.born)
    if asked.words:
        by_key = Q(key__iexact=asked.words) | Q(return_id__iexact=asked.words)
        found = found.filter(alike.named("name", asked.words) | by_key)
    return _best_first(found.order_by("name", "pk"), asked.words, "name")


def _cases(user, asked):
    by_number = Q(key__iexact=asked.words) | Q(court_number__icontains=asked.words)
    named = CaseChild.objects.filter(alike.named("child__name", asked.words), left_on=None)
    if asked.born:
        named = named.filter(child__born=asked.born)
    found = Case.objects.visible_to(user).filter(by_number | Q(pk__in=named.order_by().values("case")))
    return list(
        found.order_by("-pk")
        .select_related("authority", "cafcass_office")
        .prefetch_related("members__child")[: MOST + 1]
    )


def _people(user, words):
    """Colleagues, and whoever holds a part on one's cases."""
    mine = Case.objects.visible_to(user).order_by().values("pk")
    known = Q(organisation=user.organisation_id) | Q(pk__in=_appointed(mine).values("person"))
    found = User.objects.filter(known, alike.named("name", words), is_active=True).select_related(
        "organisation"
    )
    return _best_first(found.order_by("name", "pk"), words, "name")


def _appointed(cases):
    of_the_case = Q(case__in=cases)
    of_a_child = Q(case=None, child__memberships__case__in=cases, child__memberships__left_on=None)
    return Appointment.objects.filter(of_the_case | of_a_child, until_on=None).order_by()


def _best_first(rows, words, field):
    read = list(rows[: 3 * MOST])
    return sorted(read, key=lambda row: words.casefold() not in getattr(row, field).casefold())[: MOST + 1]


def cases_of(user, person):
    """The cases on which this person holds a part, among one's own."""
    mine = Case.objects.visible_to(user).order_by().values("pk")
    held = Appointment.objects.filter(person=person, until_on=None).order_by()
    of_children = CaseChild.objects.filter(
        child__in=held.filter(case=None).values("child"), left_on=None, case__in=mine
    )
    return Case.objects.filter(
        Q(pk__in=held.filter(case__in=mine).values("case")) | Q(pk__in=of_children.order_by().values("case"))
    )


def person(user, pk):
    """Somebody one may look up, or None."""
    mine = Case.objects.visible_to(user).order_by().values("pk")
    known = Q(organisation=user.organisation_id) | Q(pk__in=_appointed(mine).values("person"))
    return User.objects.filter(known, pk=pk, is_active=True).select_related("organisation").first()
