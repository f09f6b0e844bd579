"""What passes through `visible_to`: cases, children, what is owed for them, and what is told of them."""

from django.apps import apps
from django.db import models
from django.db.models import Exists, OuterRef, Q

from accounts.roles import ANSWERS_FOR
from cases import overdue
from cases.access.reach import (
    cases_of,
    children_of,
    covers_of,
    own_or_covered,
    shut_children,
    shut_to,
    visible_cases,
)
from cases.access.roles import WHOLE_AUTHORITY


class CaseQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The cases this person may open; anyone else's answer as if they were not there."""
        cases = cases_of(user)
        return self.none() if cases is None else self.filter(pk__in=cases)


class ChildQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Children of visible cases, and the looked-after children a person holds or answers for."""
        children = children_of(user)
        return self.none() if children is None else self.filter(children)

    def without_an_open_case(self):
        """Children who could begin a case: none of theirs is still open."""
        return self.exclude(pk__in=self.model.cases.through.objects.in_open_cases().values("child"))


class DeadlineQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Deadlines of visible cases and children, and of one's own agency's local agreements."""
        if user.is_active and user.role in WHOLE_AUTHORITY:
            whole = self.filter(authority=user.organisation_id).exclude(case__in=shut_to(user))
            return whole.exclude(case=None, child__in=shut_children(user))
        cases, children = cases_of(user), children_of(user, "child")
        if cases is None:
            return self.none()
        return self.filter(
            Q(case__in=cases) | (Q(case=None) & children) | Q(agreement__cafcass_office=user.organisation_id)
        )

    def owed_by_person(self, user):
        """What this person is to do: theirs or of whom they cover for, or their service's and nobody's by name."""
        mine = own_or_covered(user, "owner", "case") | _reviews_covered(user)
        ours = Q(
            owner=None, owing=user.organisation_id, owed_by__in=[r.value for r in ANSWERS_FOR[user.role]]
        )
        return self.visible_to(user).filter(mine | ours)

    def of_case(self, case):
        """The case's deadlines, and the review clocks of the children in it."""
        children = case.members.filter(left_on=None).values("child")
        return self.filter(Q(case=case) | Q(case=None, child__in=children))

    def of_care(self, case):
        return self.filter(case=None, child__in=case.members.filter(left_on=None).values("child"))

    def still_open(self):
        return self.filter(state="open")

    def overdue(self, today):
        """The one meaning of overdue: open, and due before today (`cases.overdue`)."""
        return self.filter(overdue.where(today))


class NoticeQuerySet(models.QuerySet):
    def visible_to(self, user):
        """One's own, of what one may still open; of an emergency one is told though the case stays shut."""
        deadlines = apps.get_model("cases", "Deadline").objects.visible_to(user).order_by().values("pk")
        of_no_deadline = Q(case=None) | Q(case__in=visible_cases(user))
        seen = Q(deadline__in=deadlines) | (Q(deadline=None) & of_no_deadline) | Q(kind="emergency")
        return self.filter(seen, recipient=user)


def _reviews_covered(user):
    """What is owed for the children in the chosen cases of a cover, whose review clocks belong to no case."""
    chosen = covers_of(user).filter(
        is_for_everything=False,
        absent=OuterRef("owner"),
        cases__members__child=OuterRef("child"),
        cases__members__left_on=None,
    )
    return Q(Exists(chosen), case=None)
