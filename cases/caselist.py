"""The list of cases a person may open, a page at a time by key."""

from dataclasses import dataclass

from django.db.models import Count, Prefetch, Q
from django.urls import reverse
from django.utils.http import urlencode

from cases.models import Case, CaseChild, Deadline
from cases.models.stage import STAGES

SIZE = 25
CHOICES = STAGES[1:]
# A row's number has fewer digits than this; what is longer was never in a link of ours.
LONGEST_NUMBER = 19


@dataclass(frozen=True)
class Page:
    cases: list
    next_url: str
    stage: str
    words: str
    stages: list


def clean_words(typed):
    """What is searched for, without what no name has; a database refuses a NUL."""
    return typed.replace("\0", "").strip()[:80]


def stage_in(sent):
    """The stage that was chosen from the list; anything else is every stage, and is put into no address."""
    stage = sent.get("stage", "")
    return stage if stage in dict(CHOICES) else ""


def page(user, query, *, words, today):
    """Newest first, filtered by stage or by a child's name or the court's number; `before` is the last key seen."""
    stage = stage_in(query)
    found = _found(user, stage, words)
    before = query.get("before", "")
    if before.isdecimal() and len(before) < LONGEST_NUMBER:
        found = found.filter(pk__lt=int(before))
    cases = list(_described(found)[: SIZE + 1])
    shown, more = cases[:SIZE], len(cases) > SIZE
    _count_overdue(shown, user, today)
    return Page(shown, _next(shown[-1], stage, words) if more else "", stage, words, CHOICES)


def _found(user, stage, words):
    found = Case.objects.visible_to(user).order_by("-pk")
    if stage:
        found = found.filter(stage=stage)
    if words:
        children = CaseChild.objects.filter(child__name__icontains=words).values("case")
        found = found.filter(Q(pk__in=children) | Q(key__iexact=words) | Q(court_number__icontains=words))
    return found


def _described(found):
    members = Prefetch("members", CaseChild.objects.filter(left_on=None).select_related("child"))
    return found.select_related("authority", "cafcass_office").prefetch_related(members)


def _count_overdue(cases, user, today):
    """What is overdue in each case: its own, and the reviews of the children in it, as its page of deadlines has them."""
    holding = {}
    for case in cases:
        case.overdue = 0
        for member in case.members.all():
            holding.setdefault(member.child_id, []).append(case)
    late = Deadline.objects.visible_to(user).overdue(today).order_by()
    late = late.filter(Q(case__in=cases) | Q(case=None, child__in=holding))
    by_key = {case.pk: [case] for case in cases}
    for case, child, number in late.values_list("case", "child").annotate(number=Count("pk")):
        for one in by_key[case] if case else holding[child]:
            one.overdue += number


def _next(last, stage, words):
    query = {"stage": stage, "before": last.pk} | ({"search": 1} if words else {})
    return f"{reverse('cases')}?{urlencode(query)}"
