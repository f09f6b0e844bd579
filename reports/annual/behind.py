"""The lists behind the figures that no other page has."""

from dataclasses import dataclass

from django.db.models import Q
from django.urls import reverse

from accounts.roles import PersonRole
from cases.dates import weekday_date
from cases.models import Appointment, Child
from reports.annual import figures


@dataclass(frozen=True)
class Line:
    reference: str
    url: str
    text: str
    records: tuple


def lines(what, user, year):
    title, find = LISTS[what]
    return title, list(find(user, year))


def _disputes(user, year):
    for one in figures.disputes_of(user, year).select_related("case").prefetch_related("children"):
        url = reverse("dispute", args=[one.key])
        words = f"{one.get_kind_display()}, {one.get_theme_display()}, {one.get_state_display()}; {weekday_date(one.raised_on)}"
        yield Line(f"{one.case.key}, {one.ref}", url, words, (("dispute", one.key), *_about(one)))


def _referrals(user, year):
    for one in figures.referrals_of(user, year).select_related("case").prefetch_related("children"):
        url = reverse("referral", args=[one.case.key, one.key])
        words = f"{one.get_state_display()}; submitted {weekday_date(one.submitted_on)}"
        yield Line(f"{one.case.key}, {one.ref}", url, words, (("referral", one.key), *_about(one)))


def _staffing(user, year):
    """Who was whose IRO on the last day of the year."""
    mine = Child.objects.visible_to(user).order_by().values("pk")
    held = Appointment.objects.filter(
        Q(until_on=None) | Q(until_on__gt=year.end),
        role=PersonRole.IRO,
        child__in=mine,
        from_on__lte=year.end,
    )
    for one in held.select_related("person", "child").order_by("person__name", "child__pk"):
        url = reverse("child", args=[one.child.key])
        yield Line(
            one.child.key,
            url,
            f"{one.person.name}, since {weekday_date(one.from_on)}",
            (("child", one.child.key),),
        )


def _about(one):
    return (("case", one.case.key), *(("child", child.key) for child in one.children.all()))


LISTS = {
    "disputes": ("Disputes and alerts raised in the year", _disputes),
    "referrals": ("Referrals made in the year", _referrals),
    "staffing": ("Children and their IROs on the last day of the year", _staffing),
}
