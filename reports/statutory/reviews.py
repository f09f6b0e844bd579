"""The reviews of a year, and what of them the import of a return would find fault with."""

from dataclasses import dataclass
from datetime import date

from cases.imports import codes
from cases.imports.findings import KINDS
from cases.imports.plan import participation_of
from cases.imports.unsaid import is_from_a_return
from cases.imports.values import in_words
from cases.models import Child, Event, PeriodOfCare
from protocol.happenings import Happening

NO_NUMBER = "no_number"
# As an import names them, and one that no file can show: a child without a number is in no return.
CHECKED = {
    "440": KINDS["440"],
    "441": KINDS["441"],
    "unknown_code": "No participation code, or one the return does not know",
    "outside_care": "A review outside any period of care",
    NO_NUMBER: "The child has no number in the return: the review is left out of the file",
}


@dataclass(frozen=True)
class Review:
    child: Child
    on: date
    participation: str


@dataclass(frozen=True)
class Doubt:
    kind: str
    review: Review
    sentence: str


def held(user, year):
    """Each review once, by child and day. Where two tell of one day, what a person recorded counts."""
    children = Child.objects.visible_to(user).filter(authority=user.organisation_id)
    events = (
        Event.objects.standing()
        .filter(
            happening=Happening.REVIEW_HELD, case=None, child__in=children, on__range=(year.start, year.end)
        )
        .select_related("child")
        .order_by("child__return_id", "child", "on", "pk")
    )
    found = {}
    for event in events:
        told = (is_from_a_return(event), event)
        place = (event.child_id, event.on)
        if place not in found or (found[place][0] and not told[0]):
            found[place] = told
    return [Review(event.child, event.on, participation_of(event)) for _, event in found.values()]


def doubts(reviews):
    """What to put right before the file goes, in the order of the reviews."""
    spans = _spans({review.child.pk for review in reviews})
    return [Doubt(kind, review, words) for review in reviews for kind, words in _doubts_of(review, spans)]


def _doubts_of(review, spans):
    if not review.child.return_id:
        yield NO_NUMBER, "Give the child the number it has in the return, on its record."
        return
    age, on = review.child.age_on(review.on), in_words(review.on)
    if review.participation not in codes.PARTICIPATION:
        yield "unknown_code", "Record how the child took part."
    elif review.participation == codes.UNDER_FOUR and age >= 4:
        yield "440", f"{review.participation} on {on}, when the child was {age}."
    elif review.participation != codes.UNDER_FOUR and age < 4:
        yield "441", f"{review.participation} on {on}, when the child was {max(age, 0)}."
    if not any(
        began <= review.on and (ended is None or review.on <= ended)
        for began, ended in spans.get(review.child.pk, ())
    ):
        yield "outside_care", f"The child was not looked after on {on}, by what is recorded here."


def _spans(children):
    spans = {}
    for child, began, ended in PeriodOfCare.objects.filter(child__in=children).values_list(
        "child", "began_on", "ended_on"
    ):
        spans.setdefault(child, []).append((began, ended))
    return spans
