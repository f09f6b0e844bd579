"""Taking down a request, and saying that its reply has gone."""

from django.db import transaction
from django.utils import timezone

from accounts import audit
from cases.dates import weekday_date
from cases.refusal import Refusal
from reports.foi import answers
from reports.models import FoiReply, FoiRequest


def take_down(*, by, reference, received_on, question, from_on, until_on):
    """A request has come; its twenty working days run from the day it was received (FOIA s.10)."""
    with transaction.atomic():
        request, is_new = FoiRequest.objects.get_or_create(
            organisation=by.organisation, reference=reference, question=question,
            defaults={
                "received_on": received_on, "from_on": from_on, "until_on": until_on, "made_by": by,
                "made_at": timezone.now(),
            },
        )  # fmt: skip
        same = (request.received_on, request.from_on, request.until_on) == (received_on, from_on, until_on)
        if not is_new and not same:
            raise Refusal(
                f"{reference} is here already with this question, for other days. Open that one, or give this "
                "one a number of its own."
            )
        if is_new:
            audit.changed(by, "foi.taken_down", ("foi", request.key))
    return request


def reply(request, *, by, on, text):
    """The reply has gone; the figures in it are kept as they went. Pressed twice it is kept once."""
    with transaction.atomic():
        request = FoiRequest.objects.select_for_update(of=("self",)).get(pk=request.pk)
        if kept := FoiReply.objects.filter(request=request).first():
            if (kept.answered_on, kept.text) == (on, text):
                return kept
            raise Refusal(
                f"A reply went on {weekday_date(kept.answered_on)}. What went stays as it was: a further one is a "
                "new request, with a number of its own."
            )
        if on < request.received_on:
            raise Refusal(
                f"The request reached you on {weekday_date(request.received_on)}, and the reply cannot have gone "
                "before that (FOIA s.10). Check the day."
            )
        kept = FoiReply.objects.create(
            request=request, answered_on=on, text=text, answer=answers.answer(request, by).as_json(), by=by,
            at=timezone.now(),
        )  # fmt: skip
        audit.changed(by, "foi.replied", ("foi", request.key))
    return kept
