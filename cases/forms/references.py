"""What a fact may refer to: the children, reviews, documents, disputes and referrals a case knows."""

from datetime import date

from django import forms
from django.core.exceptions import ValidationError

from cases.dates import weekday_date
from cases.models import Child
from protocol.happenings import Happening
from protocol.vocabulary import Subject

NEW = "new"
# A child who joins proceedings is most often newly born: the youngest are offered first.
MOST = 100
# What a deadline may be about: a name this long, with a hearing's type or a number added, still fits its row.
LONGEST = 70
# These begin something: what they refer to may not exist yet.
BEGINNINGS = {
    Subject.DOCUMENT: {Happening.DOCUMENT_RECEIVED},
    Subject.REVIEW: {Happening.REVIEW_ARRANGED, Happening.REVIEW_HELD},
    Subject.DISPUTE: {Happening.DISPUTE_RAISED},
    Subject.REFERRAL: {Happening.REFERRAL_SUBMITTED},
}
NONE_YET = {
    Subject.DOCUMENT: "No document has been received yet. Record its receipt first.",
    Subject.REVIEW: "No review has been arranged or held yet. Record that first.",
    Subject.DISPUTE: "No dispute has been raised yet. Record that first.",
    Subject.REFERRAL: "No referral has been submitted yet. Record that first.",
}


def present_children(case):
    members = case.members.filter(left_on=None).select_related("child")
    return [member.child for member in members]


def addable_children(case, user):
    """Children of the authority this person may see who are not in the case."""
    return list(
        Child.objects.visible_to(user)
        .filter(authority=case.authority)
        .exclude(memberships__case=case)
        .order_by("-born", "-pk")[:MOST]
    )


def field(field, form):
    """A choice among what the case knows; where the fact may begin something, also a new one."""
    subject = field.refers_to
    begins = form.specification.name in BEGINNINGS.get(subject, ())
    if subject is Subject.DOCUMENT and begins:
        return forms.CharField(label="Title of the document", max_length=LONGEST)
    known = KNOWN[subject](form)
    if begins:
        known.append((NEW, f"A new {subject.label}"))
    return forms.ChoiceField(
        label=field.label,
        required=field.required,
        choices=known if field.required else [("", "None"), *known],
        widget=forms.RadioSelect,
        initial=known[0][0] if field.required and len(known) == 1 else None,
        help_text="" if known else NONE_YET.get(subject, ""),
    )


def _documents(form):
    return [(ref, f"{ref} ({document.kind})") for ref, document in form.outcome.documents.items()]


def _reviews(form):
    held_allowed = form.specification.name not in BEGINNINGS[Subject.REVIEW]
    return [
        (ref, review_label(ref))
        for ref, review in form.outcome.reviews.items()
        if held_allowed or not review.held
    ]


def _disputes(form):
    return [(ref, ref) for ref in form.outcome.disputes]


def _referrals(form):
    return [(ref, ref) for ref in form.outcome.referrals]


KNOWN = {
    Subject.DOCUMENT: _documents,
    Subject.REVIEW: _reviews,
    Subject.DISPUTE: _disputes,
    Subject.REFERRAL: _referrals,
}


def review_label(ref):
    """A review is known by the day it was first arranged for."""
    try:
        return f"Review of {weekday_date(date.fromisoformat(ref[:10]))}"
    except ValueError:
        return ref


def chosen(field, form):
    """The reference as the chronology keeps it; something new gets the next free one."""
    value = form.cleaned_data.get(field.name)
    if field.refers_to is Subject.DOCUMENT and form.specification.name in BEGINNINGS[Subject.DOCUMENT]:
        return _free(value, form.outcome.documents)
    if value != NEW:
        return value
    if field.refers_to is Subject.REVIEW:
        day = form.cleaned_data.get("date") or form.cleaned_data["on"]
        return _free(day.isoformat(), form.outcome.reviews)
    taken = form.outcome.disputes if field.refers_to is Subject.DISPUTE else form.outcome.referrals
    return _free(field.refers_to.label.capitalize(), taken, always=True)


def _free(ref, taken, *, always=False):
    """The reference itself, or numbered when something already has it."""
    if ref not in taken and not always:
        return ref
    number = 1 if always else 2
    while f"{ref} {number}" in taken:
        number += 1
    return f"{ref} {number}"


class PapersField(forms.CharField):
    """Documents still to come, a line each: the paper, a comma, and the day it is promised."""

    def __init__(self, **kwargs):
        super().__init__(
            **kwargs, widget=forms.Textarea(attrs={"rows": 3}),
            help_text="One on each line: the document, then a comma, then the date as 2026-01-31.",
        )  # fmt: skip

    def clean(self, value):
        return [_paper(line) for line in super().clean(value).splitlines() if line.strip()]


def _paper(line):
    item, _, day = line.rpartition(",")
    if len(item.strip()) > LONGEST:
        raise ValidationError(
            f"“{item.strip()[:20]}…” is too long: name a document in {LONGEST} letters or fewer."
        )
    try:
        return {"item": item.strip(), "promised_on": date.fromisoformat(day.strip())}
    except ValueError:
        raise ValidationError(f"“{line}” needs a document, a comma and a date such as 2026-01-31.") from None
